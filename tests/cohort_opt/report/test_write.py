import json
import sys

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.proposal import Proposal
from cohort_opt.report import render_report, write_report
from tests.cohort_opt.report.scenario import build_instance

NAMES = ["classes.csv", "classes.xlsx", "index.html", "members.csv", "proposal.json"]


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_all_files_are_written_and_named(instance, proposal, tmp_path):
    folder = tmp_path / "out" / "round"
    paths = write_report(instance, proposal, folder)
    written = contents(folder)
    assert sorted(str(path.relative_to(folder)) for path in paths) == sorted(written)
    assert [name for name in sorted(written) if "/" not in name] == NAMES
    assert len([name for name in written if name.startswith("calendar/")]) == 4


def test_the_proposal_reads_back_equal(instance, proposal, tmp_path):
    write_report(instance, proposal, tmp_path)
    text = (tmp_path / "proposal.json").read_text(encoding="utf-8")
    assert text == proposal.to_json()
    assert Proposal.model_validate(json.loads(text)) == proposal


def test_two_writes_give_equal_bytes(instance, proposal, tmp_path):
    write_report(instance, proposal, tmp_path / "a")
    shuffled = build_instance(companies=tuple(reversed(instance.companies)), demands=tuple(reversed(instance.demands)))
    write_report(shuffled, Proposal.model_validate_json(proposal.to_json()), tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_without_a_plan_there_are_no_class_lists(instance, infeasible, out_of_time):
    for answer in (infeasible, out_of_time):
        assert sorted(render_report(instance, answer)) == ["index.html", "proposal.json"]


def test_an_empty_round_has_empty_class_lists(empty):
    files = render_report(*empty)
    assert sorted(files) == NAMES
    assert files["classes.csv"].count(b"\r\n") == 1


def test_classes_of_an_earlier_report_do_not_stay_behind(instance, proposal, infeasible, tmp_path):
    write_report(instance, proposal, tmp_path)
    (tmp_path / "calendar" / "holiday.ics").write_text("BEGIN:VCALENDAR\r\nPRODID:-//somebody else//\r\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    write_report(instance, infeasible, tmp_path)
    assert sorted(contents(tmp_path)) == ["calendar/holiday.ics", "index.html", "notes.txt", "proposal.json"]


def test_a_proposal_for_another_instance_leaves_the_folder_untouched(proposal, tmp_path):
    with pytest.raises(InstanceError, match="another instance"):
        write_report(build_instance(name="another region"), proposal, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_hostile_names_do_not_leave_the_folder(hostile, tmp_path):
    paths = write_report(*hostile, tmp_path / "out")
    assert all(path.resolve().is_relative_to(tmp_path / "out") for path in paths)
    assert sorted(contents(tmp_path / "out")) == sorted(str(path.relative_to(tmp_path / "out")) for path in paths)


def test_a_base_install_is_told_which_extra_writes_class_lists(instance, proposal, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.delitem(sys.modules, "cohort_opt.report.workbook", raising=False)
    with pytest.raises(InstanceError, match=r"need the package openpyxl.*install cohort-opt\[files\]"):
        render_report(instance, proposal)
