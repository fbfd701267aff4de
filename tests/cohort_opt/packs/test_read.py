import json

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.packs.read import load_packs, pack_from_dict, read_facts, read_pack, validate_packs
from tests.builders import two_companies_one_class


def problems_of(call, *args):
    with pytest.raises(InstanceError) as caught:
        call(*args)
    return [(problem.code, problem.pointer) for problem in caught.value.problems]


def test_a_pack_is_read_from_its_file(document):
    assert read_pack(json.dumps(document())).id == "rotterdam-1"


def test_all_mistakes_of_a_pack_are_told_at_once(document, scheme):
    broken = document(
        status="law",
        schemes=[scheme(conditions=[{"kind": "min_class_size", "seats": "8"}, {"kind": "run_python"}], colour="red")],
    )
    assert problems_of(pack_from_dict, broken) == [
        ("unknown-value", "/status"),
        ("wrong-type", "/schemes/0/conditions/0/seats"),
        ("unknown-value", "/schemes/0/conditions/1/kind"),
        ("unknown-field", "/schemes/0/colour"),
    ]


def test_a_mistake_is_named_with_the_scheme_it_stands_in(document, scheme):
    with pytest.raises(InstanceError, match=r"^Scheme\[grant\] at /schemes/0/conditions/0/seats"):
        pack_from_dict(document(schemes=[scheme(conditions=[{"kind": "min_class_size", "seats": 0}])]))


def test_code_in_a_pack_is_refused(document, scheme):
    broken = document(schemes=[scheme(conditions=[{"kind": "min_class_size", "seats": "__import__('os')"}])])
    assert problems_of(pack_from_dict, broken) == [("wrong-type", "/schemes/0/conditions/0/seats")]


def test_a_range_out_of_order_is_refused(document, scheme, money):
    broken = document(schemes=[scheme(amounts=[{"kind": "bonus", "cents": money(3, 2, 4)}])])
    assert problems_of(pack_from_dict, broken) == [("out-of-range", "/schemes/0/amounts/0/cents")]


@pytest.mark.parametrize(
    "age",
    [
        {"reference": "birth_date_cutoff", "at_least": 50},
        {"reference": "birth_date_cutoff", "at_least": 50, "born_before": "2001-01-01"},
        {"reference": "first_course_day"},
        {"reference": "first_course_day", "at_least": 50, "born_before": "2001-01-01"},
        {"reference": "first_benefit_day", "at_least": 50, "started_before": "2024-01-01"},
    ],
)
def test_an_age_rule_takes_the_fields_of_its_reference_date_only(document, scheme, age):
    broken = document(schemes=[scheme(conditions=[{"kind": "age", **age}])])
    assert problems_of(pack_from_dict, broken) == [("out-of-range", "/schemes/0/conditions/0")]


def test_an_age_rule_without_a_reference_date_cannot_be_written(document, scheme):
    broken = document(schemes=[scheme(conditions=[{"kind": "age", "at_least": 50}])])
    assert problems_of(pack_from_dict, broken) == [("missing-field", "/schemes/0/conditions/0/reference")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"valid_from": "2027-02-01", "valid_until": "2027-01-31"}, "start-after-end"),
        ({"gaps": []}, "missing-field"),
        ({"status": "confirmed"}, "missing-field"),
        ({"source": "ask jan@example.org"}, "personal-data-refused"),
        ({"groups": [{"id": "a", "rule": "all"}, {"id": "a", "rule": "first"}]}, "duplicate-id"),
    ],
)
def test_a_contradiction_inside_a_pack_is_refused(document, changes, code):
    assert [found for found, _ in problems_of(pack_from_dict, document(**changes))] == [code]


def test_a_scheme_names_only_pots_and_groups_of_its_pack(document, scheme):
    broken = document(schemes=[scheme(pot="gold", stack={"group": "fee", "order": 1})])
    assert problems_of(pack_from_dict, broken) == [
        ("unknown-reference", "/schemes/grant/pot"),
        ("unknown-reference", "/schemes/grant/stack/group"),
    ]


def test_a_condition_stands_once_in_a_scheme(document, scheme):
    twice = [{"kind": "unbroken_block"}, {"kind": "unbroken_block"}]
    assert problems_of(pack_from_dict, document(schemes=[scheme(conditions=twice)])) == [
        ("duplicate-line", "/schemes/grant/conditions")
    ]


def test_packs_of_a_folder_are_checked_against_each_other(tmp_path, document):
    (tmp_path / "a.json").write_text(json.dumps(document(groups=[{"id": "fee", "rule": "all"}])))
    (tmp_path / "b.json").write_text(json.dumps(document(groups=[{"id": "fee", "rule": "first"}])))
    assert [problem.code for problem in validate_packs([tmp_path])] == ["duplicate-id", "contradictory-packs"]


def test_the_problems_of_a_file_carry_its_name(tmp_path, document):
    (tmp_path / "a.json").write_text(json.dumps(document(status="law")))
    assert [problem.pointer for problem in validate_packs([tmp_path, tmp_path / "none.json"])] == ["a.json/status", ""]


def test_sound_packs_load_in_the_order_of_their_ids(tmp_path, document):
    (tmp_path / "a.json").write_text(json.dumps(document(id="zwolle")))
    (tmp_path / "b.json").write_text(json.dumps(document(id="delft")))
    assert [pack.id for pack in load_packs([tmp_path])] == ["delft", "zwolle"]
    assert validate_packs([tmp_path]) == ()


def facts_text(**fact):
    line = {"demand": "acme-drilling", "facts": [{"rule": "jobs-register", "reference_date": "2027-02-01", **fact}]}
    return json.dumps({"format": "cohort-opt-facts/1", "lines": [line]})


def test_the_answers_of_a_company_add_up_to_the_count_of_its_line():
    # acme-drilling asks for 5 seats: 2 + 1 + 2 answers them all, 2 + 1 + 1 does not.
    instance = two_companies_one_class()
    assert read_facts(facts_text(yes=2, no=1, ask=2), instance).line("acme-drilling").facts[0].total == 5
    assert problems_of(read_facts, facts_text(yes=2, no=1, ask=1), instance) == [
        ("facts-do-not-sum", "/lines/acme-drilling/facts/jobs-register")
    ]


def test_facts_hold_no_birth_date_and_no_row_of_a_person():
    for field in ("birth_date", "name", "trainees", "diagnosis"):
        text = json.dumps({"lines": [{"demand": "acme-drilling", field: "1960-01-01"}]})
        assert problems_of(read_facts, text, two_companies_one_class()) == [("unknown-field", f"/lines/0/{field}")]


def test_facts_about_an_unknown_line_or_course_are_refused():
    text = json.dumps({"lines": [{"demand": "dodo"}], "courses": [{"course": "flying"}]})
    assert problems_of(read_facts, text, two_companies_one_class()) == [
        ("unknown-reference", "/lines/dodo"),
        ("unknown-reference", "/courses/flying"),
    ]


def test_more_boarders_or_needs_than_trainees_are_refused():
    line = {"demand": "acme-drilling", "boarders": 6, "needs": [{"flag": "interpreter", "count": 6}]}
    assert problems_of(read_facts, json.dumps({"lines": [line]}), two_companies_one_class()) == [
        ("out-of-range", "/lines/acme-drilling/boarders"),
        ("out-of-range", "/lines/acme-drilling/needs/interpreter"),
    ]


def test_a_joint_answer_must_fit_the_single_ones():
    # Of 5 trainees 4 are in the register and 4 have an agreement: at least 3 have both, and at most 4.
    def facts(yes, no):
        rows = [("jobs-register", 4, 1), ("placement-agreement", 4, 1), ("jobs-register+placement-agreement", yes, no)]
        answers = [{"rule": rule, "reference_date": "2027-02-01", "yes": y, "no": n} for rule, y, n in rows]
        return json.dumps({"lines": [{"demand": "acme-drilling", "facts": answers}]})

    assert read_facts(facts(3, 2), two_companies_one_class())
    assert read_facts(facts(4, 1), two_companies_one_class())
    assert [code for code, _ in problems_of(read_facts, facts(2, 3), two_companies_one_class())] == ["contradictory-facts"]
    assert {code for code, _ in problems_of(read_facts, facts(5, 0), two_companies_one_class())} == {"contradictory-facts"}
