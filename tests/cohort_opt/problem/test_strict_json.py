"""Strict JSON: what a parser would accept and people never mean is refused, with one code for each kind of mistake."""

import contextlib
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cohort_opt.errors import InstanceError
from cohort_opt.problem.strict_json import MAX_DEPTH, read_json


def refused(source, **limits):
    with pytest.raises(InstanceError) as caught:
        read_json(source, **limits)
    return caught.value.problems


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("1" * 5_000, "bad-json"),  # row 2
        ("[NaN]", "bad-json"),
        ("[Infinity]", "bad-json"),
        ("[-Infinity]", "bad-json"),
        ("[1e400]", "bad-json"),
        ("[-1e400]", "bad-json"),
        ("[" + "1" * 400 + ".5]", "bad-json"),
        (b'{"name": "caf\xe9"}', "bad-encoding"),  # row 38
        ('{"a": 1}'.encode("utf-16"), "bad-encoding"),
        ('{"a": 1}'.encode("utf-16-le"), "bad-encoding"),
        ('{"a": 1}'.encode("utf-32"), "bad-encoding"),
        (b'\xef\xbb\xbf{"a": 1}', "bad-encoding"),
        ('\ufeff{"a": 1}', "bad-encoding"),
        ("[" * 33 + "]" * 33, "too-deep"),  # row 40
        ("[" * 1_000 + "]" * 1_000, "too-deep"),
        ("[" * 100_000, "too-deep"),
        ('{"a":' * 100_000, "too-deep"),
        ('{"a": 1, "a": 2}', "duplicate-key"),  # row 41
        ("", "bad-json"),  # row 42
        ("   ", "bad-json"),
        ('{"a": 1', "bad-json"),
        ('{"a": 1} x', "bad-json"),
        ('{"a": 1}{"a": 2}', "bad-json"),
        ("[1,]", "bad-json"),
        ("{'a': 1}", "bad-json"),
        ('["a\x00b"]', "bad-json"),
        ('["\\x"]', "bad-json"),
        ("[01]", "bad-json"),
        ('["\\ud800"]', "bad-text"),  # row 33
        ('{"\\udfff": 1}', "bad-text"),
        ('["\ud800"]', "bad-text"),
    ],
)
def test_a_document_that_is_not_strict_json_is_refused_by_its_code(source, code):
    assert [problem.code for problem in refused(source)] == [code]


def test_a_document_above_the_size_limit_is_refused_before_it_is_read():
    assert read_json("[1]", max_bytes=3) == [1]
    (problem,) = refused("[12]", max_bytes=3)
    assert (problem.code, problem.value) == ("too-large", "4 bytes")


def test_the_deepest_nesting_is_32_levels_and_brackets_in_texts_do_not_count():
    assert read_json("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert read_json(json.dumps(["[" * 100 + '\\"{' * 100])) == ["[" * 100 + '\\"{' * 100]


def test_numbers_that_json_knows_are_read_as_they_stand():
    assert read_json("[3, 3.0, -0.5, 1e3, 12345678901234567890]") == [3, 3.0, -0.5, 1000.0, 12345678901234567890]
    assert read_json("1" * 1_000) == int("1" * 1_000)
    assert read_json('"' + "1" * 5_000 + '"') == "1" * 5_000  # a text of digits is no number


def test_a_key_given_twice_is_told_with_its_pointer():
    (problem,) = refused('{"demands": [{"id": "a"}, {"id": "b", "a/b": 1, "a/b": 2}]}')
    assert (problem.code, problem.value, problem.pointer) == ("duplicate-key", "a/b", "/demands/1/a~1b")


def test_a_key_given_twice_inside_a_value_that_is_itself_replaced_is_told_too():
    problems = refused('{"a": {"b": 1, "b": 2}, "a": 3}')
    assert [(problem.value, problem.pointer) for problem in problems] == [("b", ""), ("a", "/a")]


def test_half_a_surrogate_pair_is_told_with_its_pointer_and_a_whole_pair_is_text():
    assert read_json('["\\ud83d\\ude00"]') == ["😀"]
    (problem,) = refused('{"companies": [{"name": "x"}, {"name": "\\ud83d"}]}')
    assert problem.pointer == "/companies/1/name"


def test_a_text_that_never_ends_is_scanned_once():
    # Two million escaped quotes behind an open one: a scan that starts anew at each quote would hang here for hours.
    (problem,) = refused('"' + '\\"' * 2_000_000)
    assert problem.code == "bad-json"


@given(st.text(max_size=200) | st.binary(max_size=200))
@example("[" * 31 + '"')
@example('"\\')
@example(b"\x00\x00\x00")
def test_no_text_and_no_bytes_end_in_another_error(source):
    with contextlib.suppress(InstanceError):
        read_json(source)
        return
    for problem in refused(source):
        str(problem).encode()  # every message can be printed


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
        max_leaves=20,
    )
)
def test_what_json_writes_is_read_back(value):
    text = json.dumps(value, ensure_ascii=False)
    assert read_json(text) == value
    assert read_json(text.encode()) == value
    assert read_json(json.dumps(value)) == value
