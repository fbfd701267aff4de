"""G5: the same request many times at once has one effect and one answer; another body or owner is told apart."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor

from service import create_app
from service.config import Settings
from service.store.database import initialise
from tests.builders import make_instance
from tests.faults import house
from tests.faults.goal import Found, Run

KEYS, TIMES = 100, 10


def duplicates(run: Run) -> Found:
    """Send each of many submits many times at once."""
    path = run.own("duplicates") / "service.sqlite3"
    initialise(path)
    settings = Settings(database=path, max_queued=100_000, rate_limit="100000/second")
    app = create_app(settings, clock=house.Clock(), work=False)
    found, busy = Found(), 0
    body = json.dumps({"instance": make_instance().model_dump(mode="json")})
    other = json.dumps({"instance": {**make_instance().model_dump(mode="json"), "name": "another"}})

    def send(key: str, text: str) -> tuple[int, bytes]:
        for _ in range(50):
            answer = app.test_client().post(
                "/api/v1/jobs", data=text, content_type="application/json", headers={"Idempotency-Key": key}
            )
            if answer.status_code != 503:
                break
        return answer.status_code, answer.data

    app.extensions["cohort_opt_jobs"].dispatch = lambda: 0  # only submits are tried here
    with ThreadPoolExecutor(TIMES) as pool:
        for number in range(KEYS * run.size):
            key = f"key-{run.seed}-{number}"
            answers = list(pool.map(send, [key] * TIMES, [body] * TIMES))
            found.done += TIMES
            busy += sum(status == 503 for status, _ in answers)
            if len(set(answers)) != 1 or answers[0][0] != 202:
                found.misses.append(f"{key}: {len(set(answers))} different answers, status {sorted({s for s, _ in answers})}")
            if (status := send(key, other)[0]) != 422:
                found.misses.append(f"{key}: another body under the same key was answered with {status}")
    app.extensions["cohort_opt_jobs"].close()
    app.extensions["cohort_opt"].store.close()
    connection = sqlite3.connect(path)
    kept = connection.execute("SELECT count(*) FROM jobs").fetchone()[0]
    connection.close()
    if kept != KEYS * run.size:
        found.misses.append(f"{KEYS * run.size} keys made {kept} jobs")
    found.measured = f"{KEYS * run.size} keys x {TIMES} at once: {kept} jobs, {busy} answers 503 after 50 tries"
    return found
