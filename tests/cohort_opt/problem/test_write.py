"""What is written is read back as the same instance, and the bytes depend on the instance alone."""

import hashlib
import time

import pytest
from hypothesis import given, settings

from cohort_opt.errors import InstanceError
from cohort_opt.problem.read import instance_from_dict, read_instance
from cohort_opt.problem.write import write_json, write_sheets, write_workbook
from tests.builders import everything_switched_on
from tests.cohort_opt.problem.documents import document, instances


@settings(max_examples=60)
@given(instance=instances())
def test_every_form_of_file_gives_the_instance_back(tmp_path_factory, instance):
    folder = tmp_path_factory.mktemp("round trip")
    write_json(instance, folder / "plan.json")
    write_workbook(instance, folder / "plan.xlsx")
    write_sheets(instance, folder / "sheets")
    for name in ("plan.json", "plan.xlsx", "sheets"):
        assert read_instance(folder / name) == instance


def test_the_same_instance_gives_the_same_bytes_at_any_time(tmp_path, monkeypatch):
    instance = everything_switched_on()
    write_workbook(instance, tmp_path / "first.xlsx")
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    write_workbook(instance, tmp_path / "second.xlsx")
    first, second = ((tmp_path / name).read_bytes() for name in ("first.xlsx", "second.xlsx"))
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


def test_an_instance_too_large_for_a_workbook_is_refused_with_the_way_out(tmp_path):
    source = document(pins=[], bans=[], distances=[])
    one = source["companies"][0]
    source["companies"] += [{**one, "id": f"c{i}"} for i in range(5_000)]
    with pytest.raises(InstanceError) as caught:
        write_workbook(instance_from_dict(source), tmp_path / "large.xlsx")
    (problem,) = caught.value.problems
    assert (problem.code, problem.pointer, problem.remedy) == ("too-many-items", "companies", "write JSON instead")
    assert not (tmp_path / "large.xlsx").exists()


def test_a_json_file_ends_with_a_line_feed_and_sorts_its_keys(tmp_path):
    write_json(everything_switched_on(), tmp_path / "plan.json")
    text = (tmp_path / "plan.json").read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert text.index('"bans"') < text.index('"calendar"') < text.index('"sites"')
