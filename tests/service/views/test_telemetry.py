"""What an operator watches: figures and a line for each request, with nothing of what was sent in them."""

import json
import logging

import pytest

from service.actors import MACHINE
from service.services import accounts


def lines_of(caplog):
    return [json.loads(record.getMessage()) for record in caplog.records if record.name == "service.requests"]


def test_a_request_leaves_one_line_that_names_the_route_and_no_id(client, caplog, round_with_base, counts):
    caplog.set_level(logging.INFO, "service.requests")
    caplog.clear()
    answer = client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme", line="canary-line"))
    (line,) = lines_of(caplog)
    assert (line["route"], line["method"], line["status"], line["role"]) == ("rounds.put_counts", "PUT", 201, "open")
    assert line["request_id"] == answer.headers["X-Request-Id"]
    for secret in ("spring", "acme", "canary-line", "127.0.0.1"):
        assert secret not in caplog.text


def test_the_token_of_a_link_stands_in_no_line(client, caplog):
    caplog.set_level(logging.INFO)
    client.get("/sign-in/secret-token-of-a-link")
    client.get("/answer/secret-token-of-a-link")
    assert "secret-token" not in caplog.text


def test_the_figures_count_requests_and_jobs(client, submit, instance):
    submit({"instance": instance})
    figures = client.get("/metrics").get_data(as_text=True)
    assert 'cohort_requests_total{method="POST",route="jobs.submit_job",status="202"} 1.0' in figures
    assert 'cohort_jobs{state="done"} 1.0' in figures
    assert "cohort_mails_waiting 0.0" in figures


@pytest.mark.parametrize(
    ("role", "company", "status"), [("company", "acme", 403), ("planner", None, 403), ("operator", None, 200)]
)
def test_the_figures_are_for_operators(make_app, role, company, status):
    app = make_app(access="accounts")
    context = app.extensions["cohort_opt"]
    account = accounts.add_account(context, MACHINE, "a@x.invalid", role, company)
    with context.store.write() as connection:
        secret = accounts.start_session(context, connection, account)
    actor = accounts.actor_of_session(context, secret)
    token = accounts.make_token(context, actor, "watch", 30, writes=False)
    client = app.test_client()
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": f"Bearer {token}"}).status_code == status


def test_it_is_ready_while_the_disk_has_room_and_the_database_takes_writes(client, monkeypatch):
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr("service.services.watching.LEAST_FREE_BYTES", 10**18)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["code"]) == (503, "busy")
    assert client.get("/healthz").status_code == 200
