"""The split of a whole plan as people read it: alone against together for each company, and the certificate."""

from __future__ import annotations

from cohort_opt.analysis.plan_shares import SharedPlan
from cohort_opt.cost_sharing.plan_game import CONVENTIONS, Convention


def print_plan_shares(shared: SharedPlan, convention: Convention) -> None:
    """Print what each company bears, and what is proven of the split."""
    game, shares = shared.game, shared.shares
    print(f"{'company':40} {'alone EUR':>12} {'together EUR':>13} {'of it classes':>14} {'gain':>12}")
    rows = zip(game.companies, shares.alone_cents, shares.shares_cents, game.own_cents, strict=True)
    for company, alone, share, own in rows:
        figures = (alone, share, share - own, alone - share)
        cells = (f"{cents / 100:>{wide},.2f}" for cents, wide in zip(figures, (12, 13, 14, 12), strict=True))
        print(f"{company:40} {' '.join(cells)}")
    print(f"{'all':40} {sum(shares.alone_cents) / 100:>12,.2f} {game.total_cents / 100:>13,.2f}")
    if game.waiting_cents:
        print(f"Of the total {game.waiting_cents / 100:,.2f} EUR are the price of waiting, which nobody is paid.")
    print(f"\nLeast core of the {CONVENTIONS[convention]}")
    excess, least = shares.excess_cents / 100, shares.least_excess_cents / 100
    if excess <= 0:
        print(f"  Every group gains at least {-excess:,.2f} EUR by staying (proven); no split gives all more than {-least:,.2f}.")
    else:
        print(f"  No group gains more than {excess:,.2f} EUR by leaving (proven); every split leaves some group {least:,.2f}.")
    if shares.subsidy_cents is not None:
        low, high = (cents / 100 for cents in shares.subsidy_cents)
        print(
            f"  The core is empty: at least {low:,.2f} EUR of subsidy are needed to make it stable, {high:,.2f} EUR are enough."
        )
    print(f"  {shares.rounds} questions to the solver, {shares.rows} groups as rows")
    for verdict in shared.verdicts:
        label = "checked" if verdict.checked else "claimed"
        by = f" by {verdict.broken_by_cents / 100:,.2f} EUR" if verdict.broken_by_cents else ""
        who = f": {', '.join(verdict.witness)}" if verdict.witness else ""
        print(f"  {verdict.promise:28} {verdict.state.value}{by}{who} ({label})")
