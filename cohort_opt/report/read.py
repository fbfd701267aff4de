"""A stored proposal back from its file, as strictly as an instance is read."""

from pathlib import Path

from pydantic import ValidationError

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.read import limited, read_json
from cohort_opt.problem.shape import shape_problem
from cohort_opt.proposal import Proposal

MAX_PROPOSAL_BYTES = 500 * 1024 * 1024
"""A country of 100,000 trainees writes about a tenth of this."""


def read_proposal(path: str | Path) -> Proposal:
    """Return the proposal in a `proposal.json`, or in a folder that holds one.

    Raises
    ------
    InstanceError
        If there is no such file or it is not a proposal; carries every problem found.
    """
    path = Path(path)
    file = path / "proposal.json" if path.is_dir() else path
    if not file.is_file():
        raise InstanceError([InputProblem("no-such-file", "Proposal", str(file), "there is no such file",
                                          "name a proposal.json or the folder that holds it")])  # fmt: skip
    return proposal_from_json(file.read_bytes())


def proposal_from_json(data: bytes) -> Proposal:
    """Return the proposal that these bytes hold.

    Raises
    ------
    InstanceError
        If they are no JSON or not a proposal.
    """
    document = read_json(data, max_bytes=MAX_PROPOSAL_BYTES)
    try:
        return Proposal.model_validate(document)
    except ValidationError as error:
        raise InstanceError(limited([shape_problem(Proposal, detail, document) for detail in error.errors()])) from None
