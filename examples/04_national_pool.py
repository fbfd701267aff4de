"""The Rotterdam academy alone, and as part of a national pool.

A short course fills in one region. A diploma class of a rare trade does not: three starters near Rotterdam are no class, with
nine more from the rest of the country they are one. The same pool closes the gap of the sawing course.
"""

from pathlib import Path

from cohort_opt import Instance, Proposal, propose, read_instance

HERE = Path(__file__).parent


def only_companies_of(instance: Instance, other: Instance) -> Instance:
    """Return the instance with the companies of another one alone."""
    near = {company.id for company in other.companies}
    document = instance.model_dump(mode="json")
    document["companies"] = [company for company in document["companies"] if company["id"] in near]
    document["demands"] = [demand for demand in document["demands"] if demand["company"] in near]
    return Instance.model_validate(document)


def seats_by_course(instance: Instance, proposal: Proposal) -> list[str]:
    """Return one line per course: asked, classes, waiting."""
    lines = []
    for course in instance.courses:
        asked = sum(demand.count for demand in instance.demands if demand.course == course.id)
        sizes = [entry.size for entry in proposal.classes or () if entry.course == course.id]
        shown = " + ".join(map(str, sizes)) or "no class"
        lines.append(f"  {course.name:<42} {asked:>2} asked   {shown:<9} {asked - sum(sizes):>2} wait")
    return lines


if __name__ == "__main__":
    pool = read_instance(HERE / "national_pool" / "instance.json")
    alone = only_companies_of(pool, read_instance(HERE / "rotterdam" / "instance.json"))
    for title, instance in (("Rotterdam alone", alone), ("The national pool", pool)):
        proposal = propose(instance)
        cost = (proposal.objective_cents or 0) // 100
        print(f"{title}: {cost:,} euros, {proposal.status}", *seats_by_course(instance, proposal), sep="\n")
