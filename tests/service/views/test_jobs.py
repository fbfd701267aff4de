"""The life of a job over HTTP, from the submit to its end, whatever the solver does."""

import json
import threading
import time

import pytest

from tests.service.fakes import DyingSolver, FakeSolver, LazyExecutor, PatientSolver, RefusingSolver

JSON = {"Content-Type": "application/json"}


def post(client, instance, key="key-1", **headers):
    data = json.dumps({"instance": instance})
    return client.post("/api/v1/jobs", data=data, headers={**JSON, "Idempotency-Key": key, **headers})


def test_a_submit_answers_202_with_the_address_of_a_queued_job(make_app, instance):
    client = make_app(executor=LazyExecutor()).test_client()
    answer = post(client, instance)
    assert answer.status_code == 202
    assert answer.json["state"] == "queued"
    assert answer.headers["Location"] == f"/api/v1/jobs/{answer.json['id']}"
    assert answer.headers["Retry-After"] == client.get(answer.headers["Location"]).headers["Retry-After"] == "1"


def test_ids_are_random_and_long(make_app, instance):
    client = make_app(executor=LazyExecutor()).test_client()
    ids = {post(client, instance, key=f"key-{n}").json["id"] for n in range(3)}
    assert len(ids) == 3
    assert all(len(name) == 32 for name in ids)


def test_a_done_job_has_the_figures_of_its_plan(client, submit, instance):
    job_id = submit(instance).json["id"]
    state = client.get(f"/api/v1/jobs/{job_id}").json
    # fixed 950,000 + 9 seats of 18,500 = 1,116,500 cents; the fake proves it itself: gap 0
    assert (state["state"], state["status"], state["objective_cents"], state["bound_cents"], state["gap"]) == (
        "done", "optimal", 1_116_500, 1_116_500, 0.0)  # fmt: skip
    assert state["seats"] == 9
    assert state["finished_at"] is not None


def test_the_light_state_does_not_carry_the_plan(client, submit, instance):
    assert "classes" not in client.get(submit(instance).headers["Location"]).json


def test_the_proposal_comes_byte_for_byte_as_it_was_stored(client, submit, instance):
    location = submit(instance).headers["Location"]
    first, second = client.get(f"{location}/proposal"), client.get(f"{location}/proposal")
    assert first.data == second.data
    assert first.json["instance_fingerprint"] == client.get(location).json["instance_fingerprint"]


def test_a_job_that_still_waits_has_no_proposal(make_app, instance):
    client = make_app(executor=LazyExecutor()).test_client()
    answer = client.get(f"{post(client, instance).headers['Location']}/proposal")
    assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (409, "no-proposal", "1")


def test_a_waiting_submit_answers_with_the_end(submit, instance):
    answer = submit(instance, Prefer="wait=5")
    assert (answer.status_code, answer.json["state"]) == (200, "done")
    assert answer.headers["Preference-Applied"] == "wait=5"


def test_a_bare_instance_is_a_job_with_default_parameters(make_app, instance):
    solver = FakeSolver()
    client = make_app(solver).test_client()
    client.post("/api/v1/jobs", data=json.dumps(instance), headers={**JSON, "Idempotency-Key": "a"})
    assert solver.asked[0][1].seed == 1


def test_parameters_reach_the_solver(make_app, instance):
    solver = FakeSolver()
    client = make_app(solver).test_client()
    body = {"instance": instance, "params": {"seed": 7, "time_limit_seconds": 5}}
    client.post("/api/v1/jobs", json=body, headers={"Idempotency-Key": "a"})
    assert (solver.asked[0][1].seed, solver.asked[0][1].time_limit_seconds) == (7, 5)


def test_row_order_does_not_change_the_frozen_instance(client, submit, instance):
    shuffled = {**instance, "demands": instance["demands"][::-1], "companies": instance["companies"][::-1]}
    first, second = submit(instance, key="a").json, submit(shuffled, key="b").json
    assert first["instance_fingerprint"] == second["instance_fingerprint"]


def test_cancelling_twice_answers_the_same(make_app, instance):
    executor = LazyExecutor()
    client = make_app(executor=executor).test_client()
    location = post(client, instance).headers["Location"]
    first, second = client.delete(location), client.delete(location)
    assert (first.status_code, first.json["state"]) == (200, "cancelled")
    assert (second.status_code, second.data) == (200, first.data)


def test_a_job_cancelled_before_its_turn_is_never_solved(make_app, instance):
    executor, solver = LazyExecutor(), FakeSolver()
    client = make_app(solver, executor).test_client()
    location = post(client, instance).headers["Location"]
    client.delete(location)
    executor.run()
    assert solver.asked == []
    assert client.get(location).json["state"] == "cancelled"


def test_a_running_job_that_is_cancelled_stops(make_app, instance):
    executor, solver = LazyExecutor(), PatientSolver()
    client = make_app(solver, executor).test_client()
    location = post(client, instance).headers["Location"]
    worker = threading.Thread(target=executor.run)
    worker.start()
    assert solver.started.wait(5)
    assert client.delete(location).json["state"] == "cancelled"
    worker.join(5)
    assert solver.ended.is_set()
    assert not worker.is_alive()
    assert client.get(location).json["state"] == "cancelled"


def test_a_finished_job_cannot_be_cancelled(client, submit, instance):
    location = submit(instance).headers["Location"]
    answer = client.delete(location)
    assert (answer.status_code, answer.json["code"]) == (409, "not-running")
    assert client.get(location).json["state"] == "done"


def test_a_solver_that_says_why_it_failed_fails_the_job_at_once(make_app, instance):
    client = make_app(RefusingSolver()).test_client()
    state = client.get(post(client, instance).headers["Location"]).json
    assert (state["state"], state["attempt"], state["failure"]["code"]) == ("failed", 1, "out-of-memory")


def test_a_solver_that_died_once_gets_another_attempt(make_app, instance):
    client = make_app(DyingSolver(1)).test_client()
    state = client.get(post(client, instance).headers["Location"]).json
    assert (state["state"], state["attempt"]) == ("done", 2)


def test_a_job_that_kills_its_solver_three_times_is_put_aside(make_app, instance):
    client = make_app(DyingSolver(99)).test_client()
    state = client.get(post(client, instance).headers["Location"]).json
    assert (state["state"], state["attempt"], state["failure"]["code"]) == ("failed", 3, "quarantined")


@pytest.mark.parametrize("changes", [{"verified": False}, {"instance_fingerprint": "0" * 64}], ids=["unverified", "foreign"])
def test_a_plan_that_the_judge_has_not_passed_is_never_stored(make_app, instance, changes):
    client = make_app(FakeSolver(**changes)).test_client()
    location = post(client, instance).headers["Location"]
    assert client.get(location).json["failure"]["code"] == "not-verified"
    assert client.get(f"{location}/proposal").status_code == 409


def test_the_same_key_and_body_is_one_job(client, submit, instance):
    first, second = submit(instance), submit(instance)
    assert (first.status_code, first.data, first.headers["Location"]) == (
        second.status_code, second.data, second.headers["Location"])  # fmt: skip
    assert second.headers["Idempotency-Replayed"] == "true"


def test_the_same_key_with_another_body_is_refused(submit, instance):
    submit(instance)
    answer = submit({**instance, "name": "another"})
    assert (answer.status_code, answer.json["code"]) == (422, "key-reused")


def test_a_retry_while_the_first_request_still_waits_is_told_to_come_back(make_app, instance):
    executor = LazyExecutor()
    app = make_app(executor=executor)
    worker = threading.Thread(target=post, args=(app.test_client(), instance), kwargs={"Prefer": "wait=1"})
    worker.start()
    while not executor.waiting:
        time.sleep(0.01)
    retry = post(app.test_client(), instance, Prefer="wait=1")
    worker.join(10)
    assert (retry.json["code"], retry.headers["Retry-After"]) == ("in-progress", "1")


def test_a_refused_submit_leaves_its_key_unused(submit, instance):
    assert submit({**instance, "demands": "x"}).status_code == 422
    assert submit(instance).status_code == 202


def test_a_full_queue_is_busy(make_app, instance):
    client = make_app(executor=LazyExecutor(), max_queued=1).test_client()
    post(client, instance)
    answer = post(client, instance, key="key-2")
    assert (answer.status_code, answer.json["code"]) == (503, "busy")
    assert "Retry-After" in answer.headers


def test_validate_counts_and_stores_nothing(client, instance, context):
    answer = client.post("/api/v1/validate", json=instance)
    # 5 + 4 trainees on two lines
    assert (answer.status_code, answer.json["trainees"], answer.json["demands"]) == (200, 9, 2)
    with context.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM snapshots").scalar_one() == 0


def test_validate_refuses_as_a_submit_does(client, submit, instance):
    bad = {**instance, "demands": [{**instance["demands"][0], "course": "knitting"}]}
    asked, sent = client.post("/api/v1/validate", json=bad).json, submit(bad).json
    assert (asked["code"], asked["errors"]) == (sent["code"], sent["errors"])


@pytest.mark.parametrize("size", ["A", "B"])
def test_demo_data_is_an_instance_that_validates(client, size):
    first = client.get(f"/api/v1/demo-data/{size}")
    assert first.data == client.get(f"/api/v1/demo-data/{size}").data
    assert client.post("/api/v1/validate", data=first.data, headers=JSON).status_code == 200
