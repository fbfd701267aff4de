"""Propose the instance in a JSON file and write the bytes of the proposal to standard output; run in a process of its own."""

import json
import sys

from cohort_opt import SolveParams, instance_from_dict, propose

if __name__ == "__main__":
    path, limit = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        instance = instance_from_dict(json.load(file))
    sys.stdout.buffer.write(propose(instance, SolveParams(deterministic_limit=float(limit))).to_json().encode())
