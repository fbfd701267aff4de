"""What a property test says of one proposal: it verifies, its bound holds, its sums are sums."""

from cohort_opt.proposal import Proposal


def assert_sums_hold(proposal: Proposal, subject: str) -> None:
    """Objective terms, shares per class and seats per line add up."""
    assert proposal.classes is not None, subject
    terms = proposal.objective_terms.model_dump()
    assert sum(terms.values()) == proposal.objective_cents, subject
    assert proposal.bound_cents is None or proposal.bound_cents <= proposal.objective_cents, subject
    for entry in proposal.classes:
        shares = [share.share_cents for share in proposal.cost_shares if share.class_id == entry.id]
        assert sum(shares) == entry.cost_cents, f"{subject} {entry.id}"
        assert sum(member.count for member in entry.members) == entry.size, f"{subject} {entry.id}"
    assert sum(e.cost_cents for e in proposal.classes) == terms["class_fixed"] + terms["seats"], subject
