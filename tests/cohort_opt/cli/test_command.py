"""The command as a person meets it: verbs, files, exit codes, no stack trace, no partial output."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cohort_opt.cli.exits import BAD_INPUT, EXIT_CODES, INFEASIBLE, OK, REJECTED, USAGE
from cohort_opt.cli.main import main
from cohort_opt.problem.records import Pin
from cohort_opt.problem.write import write_workbook
from tests.benchmarks.country import country
from tests.builders import RUN, company, demand, gap_number, make_instance, two_companies_one_class


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def written(instance, path: Path) -> Path:
    path.write_text(instance.canonical_json(), encoding="utf-8")
    return path


@pytest.fixture
def instance_file(tmp_path):
    return written(two_companies_one_class(), tmp_path / "instance.json")


def test_propose_writes_every_file_and_says_what_it_found(instance_file, tmp_path):
    result = run("propose", instance_file, "--out", tmp_path / "out", "--quiet")
    assert result.exit_code == OK
    assert "9 of 9 trainees in 1 class" in result.output
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"calendar", "classes.csv", "classes.xlsx", "index.html", "measured.json", "members.csv", "proposal.json"}


def test_nothing_measured_enters_the_proposal(instance_file, tmp_path):
    for name in ("one", "two"):
        run("propose", instance_file, "--out", tmp_path / name, "--quiet")
    one, two = ((tmp_path / name / "proposal.json").read_bytes() for name in ("one", "two"))
    assert one == two
    document = json.loads(one)
    assert {"status", "objective_cents", "bound_cents", "gap", "verified", "seed", "versions", "instance_fingerprint", "classes",
            "unplaced", "cost_shares"} <= set(document)  # fmt: skip
    assert not {"seconds", "peak_memory_mb", "host"} & set(document)
    assert "peak_memory_mb" in json.loads((tmp_path / "one" / "measured.json").read_text())


def test_processes_and_kept_parts_change_no_byte_of_the_proposal(tmp_path):
    regions = tmp_path / "regions.json"
    regions.write_text(json.dumps(country(2, "A")))
    run("propose", regions, "--out", tmp_path / "alone", "--quiet")
    command = ("propose", regions, "--processes", 2, "--parts", tmp_path / "parts", "--quiet", "--out")
    for name in ("first", "second"):
        assert run(*command, tmp_path / name).exit_code == OK
    proposals = {(tmp_path / name / "proposal.json").read_bytes() for name in ("alone", "first", "second")}
    assert len(proposals) == 1
    assert len(list((tmp_path / "parts").iterdir())) == len(json.loads(proposals.pop())["parts"])


def test_a_second_proposal_replaces_its_own_files_and_leaves_others_alone(instance_file, tmp_path):
    out = tmp_path / "out"
    run("propose", instance_file, "--out", out, "--quiet")
    (out / "my notes.txt").write_text("keep")
    assert len(list((out / "calendar").glob("*.ics"))) == 1
    nobody = written(make_instance(demands=[]), tmp_path / "nobody.json")
    run("propose", nobody, "--out", out, "--quiet")
    assert (out / "my notes.txt").read_text() == "keep"
    assert not list(out.glob("calendar/*.ics"))


def test_a_workbook_and_a_json_file_of_one_instance_give_the_same_proposal(instance_file, tmp_path):
    write_workbook(two_companies_one_class(), tmp_path / "instance.xlsx")
    run("propose", instance_file, "--out", tmp_path / "a", "--quiet")
    run("propose", tmp_path / "instance.xlsx", "--out", tmp_path / "b", "--quiet")
    assert (tmp_path / "a" / "proposal.json").read_bytes() == (tmp_path / "b" / "proposal.json").read_bytes()


def test_verify_passes_what_was_written_and_rejects_what_was_edited(instance_file, tmp_path):
    run("propose", instance_file, "--out", tmp_path / "out", "--quiet")
    assert run("verify", instance_file, tmp_path / "out").exit_code == OK
    file = tmp_path / "out" / "proposal.json"
    document = json.loads(file.read_text())
    document["objective_cents"] -= 1
    file.write_text(json.dumps(document))
    result = run("verify", instance_file, file)
    assert result.exit_code == REJECTED
    assert "objective" in result.stderr


def test_bad_input_lists_every_problem_and_writes_nothing(tmp_path):
    document = json.loads(two_companies_one_class().canonical_json())
    document["demands"][0]["count"] = 2.5
    document["demands"][1]["company"] = "nobody"
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(document))
    result = run("propose", file, "--out", tmp_path / "out", "--quiet")
    assert result.exit_code == BAD_INPUT
    assert "not-an-integer" in result.stderr
    assert "/demands/0/count" in result.stderr
    assert "unknown-reference" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_missing_file_is_said_plainly(tmp_path):
    result = run("validate", tmp_path / "nowhere.json")
    assert result.exit_code == BAD_INPUT
    assert "nowhere.json" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_impossible_set_of_pins_names_the_clash_and_is_no_empty_plan(tmp_path):
    # Two lines of acme are pinned with 3 each into one class, but acme lets only 4 go on one day.
    clash = make_instance(
        companies=[company("acme", max_away_per_day=4), company("bolt")],
        demands=[demand("acme-drilling", count=5), demand("acme-more", count=3), demand("bolt-drilling", count=5)],
        pins=[Pin(demand="acme-drilling", run=RUN, count=3), Pin(demand="acme-more", run=RUN, count=3)],
    )  # fmt: skip
    result = run("propose", written(clash, tmp_path / "clash.json"), "--out", tmp_path / "out", "--quiet")
    assert result.exit_code == INFEASIBLE
    document = json.loads((tmp_path / "out" / "proposal.json").read_text())
    assert document["status"] == "infeasible"
    assert document["classes"] is None
    assert len(document["conflict"]["members"]) >= 2
    assert any("company_absence" in member for member in document["conflict"]["members"])


@pytest.mark.parametrize(
    ("option", "value"),
    [("--time-limit", "0"), ("--time-limit", "-1"), ("--time-limit", "nan"), ("--time-limit", "1e9"), ("--workers", "10000"),
     ("--seed", "-1"), ("--deterministic-limit", "0")],
)  # fmt: skip
def test_limits_out_of_range_are_refused_before_anything_is_read(instance_file, tmp_path, option, value):
    result = run("propose", instance_file, "--out", tmp_path / "out", option, value)
    assert result.exit_code == USAGE
    assert not (tmp_path / "out").exists()


def test_generate_gives_the_same_bytes_for_the_same_seed_and_a_valid_instance(tmp_path):
    for name in ("a", "b"):
        assert run("generate", "--size", "A", "--seed", 3, "--out", tmp_path / f"{name}.json").exit_code == OK
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert "46 trainees" in run("validate", tmp_path / "a.json").output


def test_generate_switches_rules_on_by_name_and_refuses_those_there_are_not(tmp_path):
    out = tmp_path / "b.json"
    told = run("generate", "--size", "A", "--rules", "apart, boarding", "--out", out)
    assert (told.exit_code, told.output) == (OK, f"{out}: size A, seed 1, 2 further rules\n")
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["apart"]
    assert any(site["beds"] for site in found["sites"])
    refused = run("generate", "--size", "A", "--rules", "luck", "--out", tmp_path / "c.json")
    assert refused.exit_code == USAGE
    assert "'luck' cannot be switched on" in refused.output


def test_template_can_be_read_back_at_once(tmp_path):
    assert run("template", tmp_path / "plan.xlsx").exit_code == OK
    assert run("validate", tmp_path / "plan.xlsx").exit_code == OK


def test_schema_is_json_schema_of_the_instance():
    document = json.loads(run("schema").output)
    assert document["$schema"].endswith("2020-12/schema")
    assert "demands" in document["properties"]


def test_help_names_every_exit_code():
    text = " ".join(run("--help").output.split())
    for code, meaning in EXIT_CODES.items():
        assert f"{code} {meaning}" in text


def test_a_change_prints_before_and_after(tmp_path):
    file = written(gap_number(), tmp_path / "instance.json")
    change = tmp_path / "change.json"
    change.write_text(json.dumps({"name": "a smaller minimum", "changes": [
        {"kind": "set_class_size", "course": "drilling", "min_seats": 7}]}))  # fmt: skip
    result = run("propose", file, "--out", tmp_path / "out", "--change", change, "--quiet")
    assert result.exit_code == OK
    row = next(line for line in result.output.splitlines() if line.startswith("trainees without a seat"))
    assert row.split()[-2:] == ["2", "0"]


def test_the_installed_command_runs_in_a_process_of_its_own(instance_file, tmp_path):
    command = [sys.executable, "-m", "cohort_opt.cli", "propose", str(instance_file), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == OK, done.stderr
    assert "best" in done.stderr


def test_validate_names_a_pin_on_a_run_that_cannot_be(tmp_path):
    # The run starts after the line's window: nothing to see between records, but no seat there can ever be.
    late = two_companies_one_class().model_dump(mode="json")
    late["demands"][0]["latest_start"] = "2027-03-05"
    late["offerings"][0]["first_start"] = late["offerings"][0]["last_start"] = "2027-03-08"
    late["pins"] = [{"demand": "acme-drilling", "run": RUN.replace("03-01", "03-08"), "count": 1}]
    path = tmp_path / "late.json"
    path.write_text(json.dumps(late))
    result = run("validate", path)
    assert result.exit_code == BAD_INPUT
    assert "start_window" in result.stderr
