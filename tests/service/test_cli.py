"""The command of the service: databases, rounds, nights, and the refusals."""

import json

import pytest
from click.testing import CliRunner

from service.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.delenv("FLASK_DEBUG", raising=False)
    monkeypatch.setenv("COHORT_OPT_SERVICE_DATABASE", str(tmp_path / "service.sqlite3"))
    return lambda *arguments: CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.fixture
def instance_file(tmp_path, base):
    path = tmp_path / "base.json"
    path.write_text(json.dumps(base))
    return str(path)


def test_making_the_database_twice_is_harmless(run):
    assert "made" in run("init-db").output
    assert "there already" in run("init-db").output


def test_the_night_is_proposed_once_per_date(run, instance_file):
    assert run("put-round", "spring", instance_file).exit_code == 0
    first = run("propose-nightly", "--date", "2026-11-24")
    second = run("propose-nightly", "--date", "2026-11-24")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "spring 2026-11-24: done empty" in first.output
    assert "stored already" in second.output


def test_a_round_that_is_not_there_is_refused(run):
    run("init-db")
    answer = run("propose-nightly", "--round", "absent", "--date", "2026-11-24")
    assert answer.exit_code == 3
    assert "no such object" in answer.stderr


def test_an_instance_that_is_wrong_is_refused_with_its_places(run, tmp_path, base):
    path = tmp_path / "bad.json"
    path.write_text(json.dumps({**base, "offerings": [{**base["offerings"][0], "room": "nowhere"}]}))
    answer = run("put-round", "spring", str(path))
    assert answer.exit_code == 3
    assert "/base/offerings/0/room" in answer.stderr


def test_a_public_address_is_refused(run):
    answer = run("serve", "--host", "0.0.0.0")  # noqa: S104  refused is what is tested
    assert answer.exit_code == 3
    assert "not loopback" in answer.stderr


def test_the_audit_chain_of_a_fresh_database_holds(run, instance_file):
    run("put-round", "spring", instance_file)
    assert run("check").exit_code == 0


def test_the_document_is_printed(run):
    assert json.loads(run("openapi").output)["openapi"] == "3.1.0"
