"""Public families: every row of an index solved, judged, and compared with the value that the literature knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from cohort_opt.bench.engines import Terms
from cohort_opt.bench.families import FamilyProblem, FamilyRow, read_problem
from cohort_opt.bench.measure import Measured, measure
from cohort_opt.bench.tables import markdown, relative_gap, write_csv

FAILURES = ("violated", "below a known optimum", "bound above a known plan", "no answer")
"""Verdicts that make the command fail."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One engine on one row of the index, in the figures of the source.

    Parameters
    ----------
    objective, bound
        In the sense of the row: a plan to be maximised lies below its bound. `None` where there is none.
    verdict
        One of `FAILURES`, `proven`, `within` (a sound plan, the gap still open), `no plan`.
    detail
        What the judge or the engine said.
    """

    row: FamilyRow
    num_groups: int
    num_classes: int
    terms: Terms
    run: Measured
    objective: Fraction | None
    bound: Fraction | None
    verdict: str
    detail: str

    @property
    def is_failure(self) -> bool:
        """Return whether something claims what cannot be."""
        return self.verdict in FAILURES

    @property
    def gap(self) -> float | None:
        """Return the gap between plan and bound."""
        return relative_gap(self.run.objective, self.run.bound)

    @property
    def to_value(self) -> float | None:
        """Return how much worse than the known value the plan is, as a share of that value; negative for better."""
        if self.objective is None:
            return None
        worse = self.row.value - self.objective if self.row.maximise else self.objective - self.row.value
        return float(worse / max(abs(self.row.value), Fraction(1)))

    def line(self) -> dict[str, object]:
        """Return the row of the CSV file."""
        return {
            "file": self.row.name,
            "family": self.row.family,
            "variant": self.row.variant_text,
            "groups": self.num_groups,
            "classes": self.num_classes,
            "engine": self.run.engine,
            "seed": self.terms.seed,
            "presolve": "on" if self.terms.presolve else "off",
            "limit_seconds": self.terms.seconds,
            "objective": _figure(self.objective),
            "bound": _figure(self.bound),
            "value": _figure(self.row.value),
            "status": "optimal" if self.row.is_optimal else "best-known",
            "gap_percent": _percent(self.gap),
            "to_value_percent": _percent(self.to_value),
            "verdict": self.verdict,
            "seconds": f"{self.run.seconds:.2f}",
            "peak_memory_mb": f"{self.run.peak_memory_mb:.0f}",
            "detail": self.detail,
        }


def solve_row(row: FamilyRow, given: FamilyProblem, engine: str, terms: Terms) -> Finding:
    """Return what an engine finds on a row."""
    run = measure(given.problem, engine, terms)
    sign = -1 if row.maximise else 1
    objective = None if run.objective is None else Fraction(sign * run.objective, given.factor)
    bound = None if run.bound is None else Fraction(sign * run.bound, given.factor)
    verdict, detail = verdict_of(row, run, objective, bound)
    problem = given.problem
    return Finding(row, problem.num_groups, int(problem.run_cap.sum()), terms, run, objective, bound, verdict, detail)


def verdict_of(row: FamilyRow, run: Measured, objective: Fraction | None, bound: Fraction | None) -> tuple[str, str]:
    """Return the verdict on a run and its reason.

    A plan may not be better than a proven optimum; a bound may not lie above any plan that is known, this run's own included.
    """
    if run.failure:
        return "no answer", run.failure
    if run.violations:
        return "violated", run.violations[0]
    slack = tolerance(row.value)
    sign = -1 if row.maximise else 1
    if objective is not None and row.is_optimal and sign * objective < sign * row.value - slack:
        return "below a known optimum", f"{_figure(objective)} against {_figure(row.value)}"
    if bound is not None and sign * bound > sign * row.value + slack:
        return "bound above a known plan", f"{_figure(bound)} against {_figure(row.value)}"
    if run.bound is not None and run.objective is not None and run.bound > run.objective:
        return "bound above a known plan", f"{_figure(bound)} against its own {_figure(objective)}"
    if objective is None:
        return "no plan", ""
    if run.is_proven:
        return "proven", ""
    return "within", "" if row.is_optimal or sign * objective >= sign * row.value - slack else "better than the best known"


def tolerance(value: Fraction) -> Fraction:
    """Return by how much a published value may be rounded."""
    return max(Fraction(2, 100), abs(value) / 10**7)


def run_families(
    rows: Iterable[FamilyRow], engines: Sequence[str], terms: Sequence[Terms], file: Path, tell: Callable[[str], None]
) -> list[Finding]:
    """Solve every row on every engine and terms; write `file` (CSV) and the same name with `.md` after each row.

    Parameters
    ----------
    tell
        Called with one line per run.
    """
    found: list[Finding] = []
    for row in rows:
        given = read_problem(row)
        for engine in engines:
            for each in terms:
                found.append(solve_row(row, given, engine, each))
                tell(said(found[-1]))
        write_csv(file, [finding.line() for finding in found])
        file.with_suffix(".md").write_text(report(found), encoding="utf-8")
    return found


def said(finding: Finding) -> str:
    """Return one run as a line."""
    objective, bound, value = (_figure(figure) or "-" for figure in (finding.objective, finding.bound, finding.row.value))
    gap = "-" if finding.gap is None else f"{finding.gap:.3%}"
    extra = f" seed {finding.terms.seed}{'' if finding.terms.presolve else ' presolve off'}"
    return (
        f"{finding.row.label:52} {finding.run.engine:12}{extra} {objective:>14} {bound:>14} {value:>14} {gap:>8}"
        f" {finding.run.seconds:6.1f} s  {finding.verdict}{': ' if finding.detail else ''}{finding.detail}"
    )


def report(findings: Sequence[Finding]) -> str:
    """Return the Markdown report: a summary per family and engine, then every run."""
    heads = ["file", "variant", "engine", "objective", "bound", "value", "gap", "verdict", "seconds", "peak MB"]
    rows = [
        [
            finding.row.name,
            finding.row.variant_text,
            finding.run.engine,
            _figure(finding.objective) or "-",
            _figure(finding.bound) or "-",
            _figure(finding.row.value),
            "-" if finding.gap is None else f"{finding.gap:.3%}",
            finding.verdict,
            f"{finding.run.seconds:.2f}",
            f"{finding.run.peak_memory_mb:.0f}",
        ]
        for finding in findings
    ]
    return summary(findings) + "\n" + markdown(heads, rows)


def summary(findings: Sequence[Finding]) -> str:
    """Return one line per family and engine: how many runs are proven, how many are no better than open, what failed."""
    lines = []
    for family in dict.fromkeys(finding.row.family for finding in findings):
        for engine in dict.fromkeys(finding.run.engine for finding in findings):
            group = [finding for finding in findings if (finding.row.family, finding.run.engine) == (family, engine)]
            gaps = [finding.gap for finding in group if finding.gap is not None]
            lines.append(
                [
                    family,
                    engine,
                    str(len(group)),
                    str(sum(finding.verdict == "proven" for finding in group)),
                    f"{max(gaps):.3%}" if gaps else "-",
                    f"{max(finding.run.seconds for finding in group):.1f}",
                    str(sum(finding.is_failure for finding in group)),
                ]
            )
    return markdown(["family", "engine", "runs", "proven", "widest gap", "longest, s", "failures"], lines)


def _figure(value: Fraction | None) -> str:
    """Return a figure of the source with at most four decimals, without trailing zeros."""
    if value is None:
        return ""
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.5f}"
