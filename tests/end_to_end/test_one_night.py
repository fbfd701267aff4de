"""One company, one planner's change and one night, through the door of a real server on loopback."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from service.schemas import CompanyLine
from tests.builders import demand, make_instance

ANSWER_SECONDS = 30


@pytest.fixture
def service(tmp_path):
    """Start the server on a free port, give its address, and end it by its own pid."""
    environment = {**os.environ, "COHORT_OPT_SERVICE_DATABASE": str(tmp_path / "service.sqlite3")}
    environment.pop("FLASK_DEBUG", None)
    command = [sys.executable, "-m", "service.cli"]
    server = subprocess.Popen([*command, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().strip().rstrip("/")
        assert address.startswith("http://127.0.0.1:")

        def nightly(date):
            arguments = [*command, "propose-nightly", "--date", date]
            return subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=120, check=True).stdout

        yield address, nightly
    finally:
        os.kill(server.pid, signal.SIGINT)
        assert server.wait(ANSWER_SECONDS) == 0
        server.stdout.close()


def counts_of(instance, company):
    lines = [line for line in instance["demands"] if line["company"] == company]
    return {"lines": [{name: value for name, value in line.items() if name in CompanyLine.model_fields} for line in lines]}


def test_one_company_one_planner_and_one_night(service):
    address, nightly = service
    api = f"{address}/api/v1"
    instance = make_instance(demands=[demand("acme-drilling", count=5), demand("bolt-drilling", count=4)]).model_dump(mode="json")

    # The planner sets up a round, two companies send their counts.
    base = {**instance, "demands": []}
    assert requests.put(f"{api}/rounds/spring", json={"name": "Spring", "base": base}, timeout=9).status_code == 201
    for company in ("acme", "bolt"):
        sent = requests.put(f"{api}/rounds/spring/demands/{company}", json=counts_of(instance, company), timeout=9)
        assert sent.status_code == 201

    # The night: 5 + 4 = 9 fill one class of 8 to 12. Fired twice, it is one proposal.
    assert "done optimal" in nightly("2026-11-24")
    assert "stored already" in nightly("2026-11-24")
    own = requests.get(f"{api}/rounds/spring/proposals/latest/companies/acme", timeout=9).json()
    assert (own["seats"], own["asked"], own["verified"]) == (5, 5, True)
    assert own["classes"][0]["dates"] == ["2027-03-01", "2027-03-02", "2027-03-03", "2027-03-04", "2027-03-05"]

    # The planner's change: what if the class may open with 10 only? Then nobody has a seat.
    changed = {**instance, "courses": [{**instance["courses"][0], "min_seats": 10}]}
    headers = {"Idempotency-Key": "what-if-1", "Prefer": "wait=20"}
    job = requests.post(f"{api}/jobs", json={"instance": changed}, headers=headers, timeout=ANSWER_SECONDS)
    assert (job.status_code, job.json()["state"], job.json()["seats"]) == (200, "done", 0)

    # bolt withdraws; the next night has no class, and acme reads why.
    assert requests.delete(f"{api}/rounds/spring/demands/bolt", timeout=9).status_code == 200
    nightly("2026-11-25")
    own = requests.get(f"{api}/rounds/spring/proposals/2026-11-25/companies/acme", timeout=9).json()
    assert (own["seats"], own["unplaced"][0]["count"]) == (0, 5)
    assert own["unplaced"][0]["reasons"][0]["sentence"]
    assert "bolt" not in json.dumps(own).lower()

    # The first night's proposal is still there, byte for byte.
    nights = requests.get(f"{api}/rounds/spring/proposals", timeout=9).json()["nights"]
    assert [night["date"] for night in nights] == ["2026-11-25", "2026-11-24"]
    first = requests.get(f"{api}/jobs/{nights[1]['job']['id']}/proposal", timeout=9)
    assert first.json()["objective_cents"] == 1_142_500


def test_a_killed_server_loses_nothing_that_it_acknowledged(tmp_path):
    """A job was acknowledged, the server is killed at once; the next server finishes it."""
    environment = {**os.environ, "COHORT_OPT_SERVICE_DATABASE": str(tmp_path / "service.sqlite3"),
                   "COHORT_OPT_SERVICE_LEASE_SECONDS": "2"}  # fmt: skip
    environment.pop("FLASK_DEBUG", None)
    command = [sys.executable, "-m", "service.cli", "serve", "--port", "0"]

    def start():
        server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        return server, server.stdout.readline().strip().rstrip("/")

    first, address = start()
    try:
        headers = {"Idempotency-Key": "a"}
        body = {"instance": make_instance().model_dump(mode="json")}
        location = requests.post(f"{address}/api/v1/jobs", json=body, headers=headers, timeout=9).headers["Location"]
    finally:
        os.kill(first.pid, signal.SIGKILL)
        first.wait(ANSWER_SECONDS)
        first.stdout.close()
    second, address = start()
    try:
        deadline = time.monotonic() + ANSWER_SECONDS
        state = {}
        while state.get("state") != "done" and time.monotonic() < deadline:
            state = requests.get(f"{address}{location}", headers={"Prefer": "wait=5"}, timeout=ANSWER_SECONDS).json()
        assert (state["state"], state["status"]) == ("done", "optimal")
    finally:
        os.kill(second.pid, signal.SIGINT)
        assert second.wait(ANSWER_SECONDS) == 0
        second.stdout.close()


def test_the_client_of_twenty_lines_gets_its_proposal_and_a_retry_has_no_second_effect(service):
    address, _ = service
    path = Path(__file__).parents[2] / "examples" / "service_client.py"
    code = [line for line in path.read_text(encoding="utf-8").split('"""', 2)[2].splitlines() if line.strip()]
    assert len([line for line in code if not line.startswith(("import", ")"))]) <= 20
    outputs = [
        subprocess.run([sys.executable, str(path), address], capture_output=True, text=True, timeout=120, check=True).stdout
        for _ in range(2)
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].startswith("optimal: ")
    jobs = requests.get(f"{address}/api/v1/jobs", timeout=9).json()["jobs"]
    assert [job["kind"] for job in jobs].count("interactive") == 1


def test_a_link_in_a_mail_names_the_port_that_was_found(service, tmp_path):
    address, _ = service
    sent = requests.post(f"{address}/sign-in", data={"mail": "planner@demo.invalid"}, timeout=9)
    assert sent.status_code == 200
    mails = [path.read_text() for path in (tmp_path / "outbox").glob("*.eml")]
    assert any(f"{address}/sign-in/" in mail for mail in mails)
    assert all(":0/" not in mail for mail in mails)
