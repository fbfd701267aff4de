"""A client of the service in twenty lines: submit a problem, follow the job, read the proposal; a retry has no second effect.

python examples/service_client.py http://127.0.0.1:8080 [TOKEN]
"""

import sys
import time

import requests

address, headers = sys.argv[1].rstrip("/") + "/api/v1", {}
if len(sys.argv) > 2:
    headers["Authorization"] = f"Bearer {sys.argv[2]}"
instance = requests.get(f"{address}/demo-data/A", timeout=30).json()
answer = requests.post(
    f"{address}/jobs", json={"instance": instance}, headers={**headers, "Idempotency-Key": "example-1"}, timeout=30
)
answer.raise_for_status()
job = answer.json()
while job["state"] in ("queued", "running"):
    time.sleep(1)
    job = requests.get(f"{address}/jobs/{job['id']}", headers=headers, timeout=30).json()
if job["state"] != "done":
    sys.exit(f"the job {job['state']}: {job['failure']}")
proposal = requests.get(f"{address}/jobs/{job['id']}/proposal", headers=headers, timeout=30).json()
print(f"{job['status']}: {len(proposal['classes'])} classes, {job['seats']} seats, {job['objective_cents'] / 100:.2f} euro")
