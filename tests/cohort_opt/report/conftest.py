"""The proposals that the tests of the report read; `scenario.py` builds them."""

import pytest

from cohort_opt.proposal import ConflictEntry, ObjectiveTerms, Proposal
from cohort_opt.report.view import view
from cohort_opt.solution import SolveStatus
from tests.cohort_opt.report.scenario import build_instance, build_proposal, without_plan


@pytest.fixture(scope="session")
def instance():
    """Return scenario A."""
    return build_instance()


@pytest.fixture(scope="session")
def proposal(instance):
    """Return a plan for scenario A: 44 of 46 in 4 classes."""
    return build_proposal(instance)


@pytest.fixture(scope="session")
def infeasible(instance):
    """Return the answer to two pins that clash."""
    conflict = ConflictEntry(members=("pins[ruff-sawing]", "class_size[sawing-island/2027-03-01/block8]"), checked=True)
    return without_plan(instance, SolveStatus.INFEASIBLE, conflict=conflict)


@pytest.fixture(scope="session")
def out_of_time(instance):
    """Return the answer of a search that was stopped before it had a plan."""
    return without_plan(instance, SolveStatus.NO_SOLUTION_IN_TIME, reproducible=False)


@pytest.fixture(scope="session")
def empty():
    """Return an instance in which nobody asks, and its answer: a plan without classes."""
    nobody = build_instance(demands=())
    plan = build_proposal(build_instance()).model_dump()
    terms = ObjectiveTerms(class_fixed=0, seats=0, travel=0, waiting=0, unplaced=0)
    none = {"objective_cents": 0, "bound_cents": 0, "gap": 0.0, "objective_terms": terms, "status": SolveStatus.EMPTY}
    lists = {"classes": (), "unplaced": (), "cost_shares": (), "pooling": ()}
    return nobody, Proposal(**{**plan, **none, **lists, "instance_fingerprint": nobody.fingerprint()})


@pytest.fixture(scope="session")
def plan(instance, proposal):
    """Return the view of scenario A and its plan."""
    return view(instance, proposal)


@pytest.fixture(scope="session")
def hostile():
    """Return an instance whose names attack the page, the sheets and the calendars, and a plan for it."""
    nasty = build_instance()
    names = ("<script>alert(1)</script>", "{{7*7}}", "=1+1", "+cmd|'/c calc'!A0", "@SUM(A1)", "-2+3", '"><img src=x onerror=y>')
    companies = [
        company.model_copy(update={"name": names[i % len(names)], "municipality": "</title><b>&amp;"})
        for i, company in enumerate(nasty.companies)
    ]
    courses = [course.model_copy(update={"name": "]]><svg onload=z>; course\\, n"}) for course in nasty.courses]
    sites = [site.model_copy(update={"name": "${x}%n '--"}) for site in nasty.sites]
    renamed = build_instance(companies=companies, courses=courses, sites=sites, name="<u>&{% raw %}")
    return renamed, build_proposal(renamed)
