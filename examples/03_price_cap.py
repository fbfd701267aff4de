"""'Only if the seat costs at most 1,200 euros': nine trainees are too few for that, ten are enough.

Without the one trainee of cedar, birch stays out (a seat among nine costs 1,240.56 euros), alder's five are no class, and
nobody is trained. With that one trainee a seat costs 1,135 euros, and all ten are.
"""

import json
from pathlib import Path

from cohort_opt import Proposal, instance_from_dict, propose

FILE = Path(__file__).parent / "price_cap" / "instance.json"


def planned(document: dict) -> Proposal:
    """Return the proposal for the document."""
    return propose(instance_from_dict(document))


def report(title: str, proposal: Proposal) -> str:
    """Return the classes, and the reasons of those who wait."""
    lines = [f"{title}: {sum(entry.size for entry in proposal.classes or ())} trained"]
    lines += [
        f"  class of {entry.size}, a seat costs {entry.seat_price_cents / 100:,.2f} euros" for entry in proposal.classes or ()
    ]
    for entry in proposal.unplaced or ():
        lines += [f"  {entry.company}: {entry.count} wait. {reason.sentence}" for reason in entry.reasons]
    return "\n".join(lines)


if __name__ == "__main__":
    full = json.loads(FILE.read_text(encoding="utf-8"))
    without_cedar = {**full, "demands": [line for line in full["demands"] if line["company"] != "cedar"]}
    print(report("without cedar", planned(without_cedar)))
    print(report("with cedar", planned(full)))
