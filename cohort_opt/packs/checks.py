"""What must hold inside one pack and inside the facts of one instance. Every check yields all that it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from cohort_opt.errors import InputProblem
from cohort_opt.packs.conditions import BenefitKept
from cohort_opt.packs.facts import EligibilityFacts, Fact, LineFacts
from cohort_opt.packs.pack import RulePack
from cohort_opt.packs.private_marks import private_marks
from cohort_opt.problem.instance import Instance


def check_pack(pack: RulePack) -> list[InputProblem]:
    """Return every contradiction inside a pack, in a fixed order; empty if there is none."""
    checks = (_dates, _says_why_empty, _confirmed_by_somebody, _ids_once, _references, _conditions_once, _private_data)
    return [problem for check in checks for problem in check(pack)]


def _problem(pack: RulePack, code: str, value: object, rule: str, remedy: str, pointer: str, part: str = "") -> InputProblem:
    return InputProblem(code, f"RulePack[{pack.id}]" + (f" {part}" if part else ""), str(value)[:80], rule, remedy, pointer)


def _dates(pack: RulePack) -> Iterator[InputProblem]:
    if pack.valid_from and pack.valid_until and pack.valid_from > pack.valid_until:
        yield _problem(pack, "start-after-end", f"{pack.valid_from} to {pack.valid_until}", "valid_from lies after valid_until",
                       "swap the two dates", "/valid_until")  # fmt: skip


def _says_why_empty(pack: RulePack) -> Iterator[InputProblem]:
    if not pack.schemes and not pack.gaps:
        yield _problem(pack, "missing-field", "", "a pack without schemes must say what is not known",
                       "add a scheme, or a line in gaps", "/gaps")  # fmt: skip


def _confirmed_by_somebody(pack: RulePack) -> Iterator[InputProblem]:
    if pack.status == "confirmed" and pack.reviewer == "nobody":
        yield _problem(pack, "missing-field", "nobody", "a confirmed pack names the role of its reviewer",
                       "name the reviewer's role, or set the status to draft", "/reviewer")  # fmt: skip


def _ids_once(pack: RulePack) -> Iterator[InputProblem]:
    for field in ("schemes", "groups", "pots", "budgets"):
        counts = Counter(row.id for row in getattr(pack, field))
        for name, number in sorted(counts.items()):
            if number > 1:
                yield _problem(pack, "duplicate-id", name, f"the id stands on {number} rows of {field}",
                               "give each row an id of its own", f"/{field}")  # fmt: skip


def _references(pack: RulePack) -> Iterator[InputProblem]:
    pots, groups = {pot.id for pot in pack.pots}, {group.id for group in pack.groups}
    for scheme in pack.schemes:
        if scheme.pot is not None and scheme.pot not in pots:
            yield _problem(pack, "unknown-reference", scheme.pot, "pots has no row with this id", "add the pot or correct the id",
                           f"/schemes/{scheme.id}/pot", f"Scheme[{scheme.id}]")  # fmt: skip
        if scheme.stack is not None and scheme.stack.group not in groups:
            pointer = f"/schemes/{scheme.id}/stack/group"
            yield _problem(pack, "unknown-reference", scheme.stack.group, "groups has no row with this id",
                           "add the group or correct the id", pointer, f"Scheme[{scheme.id}]")  # fmt: skip


def _conditions_once(pack: RulePack) -> Iterator[InputProblem]:
    for scheme in pack.schemes:
        for rule, number in sorted(Counter(condition.rule for condition in scheme.conditions).items()):
            if number > 1:
                yield _problem(pack, "duplicate-line", rule, f"the condition stands {number} times in the scheme", "keep one",
                               f"/schemes/{scheme.id}/conditions", f"Scheme[{scheme.id}]")  # fmt: skip
        if sum(isinstance(condition, BenefitKept) for condition in scheme.conditions) > 1:
            yield _problem(pack, "duplicate-line", "benefit_kept", "a scheme has at most one benefit_kept condition", "keep one",
                           f"/schemes/{scheme.id}/conditions", f"Scheme[{scheme.id}]")  # fmt: skip


def _texts(pack: RulePack) -> Iterator[tuple[str, str]]:
    yield "/name", pack.name
    yield "/source", pack.source
    yield "/jurisdiction/name", pack.jurisdiction.name
    yield from ((f"/gaps/{i}", text) for i, text in enumerate(pack.gaps))
    yield from ((f"/schemes/{scheme.id}/name", scheme.name) for scheme in pack.schemes)
    yield from ((f"/pots/{pot.id}/name", pot.name) for pot in pack.pots)


def _private_data(pack: RulePack) -> Iterator[InputProblem]:
    for pointer, text in _texts(pack):
        for mark in private_marks(text):
            yield _problem(pack, "personal-data-refused", "", f"the text seems to hold private data ({mark})",
                           "name an office or a document instead", pointer)  # fmt: skip


def check_between(packs: Iterable[RulePack]) -> list[InputProblem]:
    """Return every contradiction between packs: an id given twice, one stacking group or pot with two meanings."""
    packs = sorted(packs, key=lambda pack: pack.id)
    found = [
        InputProblem("duplicate-id", f"RulePack[{name}]", name, f"the id stands on {number} packs",
                     "give each version of a pack an id of its own")
        for name, number in sorted(Counter(pack.id for pack in packs).items())
        if number > 1
    ]  # fmt: skip
    meanings: dict[tuple[str, str], tuple[object, str]] = {}
    for pack in packs:
        for field, rows in (("groups", pack.groups), ("pots", pack.pots)):
            for row in rows:
                meaning, first = meanings.setdefault((field, row.id), (row, pack.id))
                if meaning != row:
                    found.append(_problem(pack, "contradictory-packs", row.id,
                                          f"RulePack[{first}] gives the same {field[:-1]} another meaning",
                                          "use another id, or say the same in both packs", f"/{field}/{row.id}"))  # fmt: skip
    return found


def check_facts(instance: Instance, facts: EligibilityFacts) -> list[InputProblem]:
    """Return every contradiction between facts and instance; empty if there is none."""
    return [*_known(instance, facts), *(problem for line in _known_lines(instance, facts) for problem in _line(*line))]


def _known(instance: Instance, facts: EligibilityFacts) -> Iterator[InputProblem]:
    rows = (
        ("lines", "LineFacts", [line.demand for line in facts.lines], {demand.id for demand in instance.demands}, "demand line"),
        ("courses", "CourseFacts", [row.course for row in facts.courses], {c.id for c in instance.courses}, "course"),
    )
    for field, noun, given, known, what in rows:
        for name, number in sorted(Counter(given).items()):
            if name not in known:
                yield InputProblem("unknown-reference", f"{noun}[{name}]", name, f"the instance has no such {what}",
                                   "correct the id or remove the facts", f"/{field}/{name}")  # fmt: skip
            if number > 1:
                yield InputProblem("duplicate-line", f"{noun}[{name}]", name, f"stands on {number} rows of {field}",
                                   "merge the rows", f"/{field}/{name}")  # fmt: skip


def _known_lines(instance: Instance, facts: EligibilityFacts) -> Iterator[tuple[LineFacts, int]]:
    counts = {demand.id: demand.count for demand in instance.demands}
    yield from ((line, counts[line.demand]) for line in facts.lines if line.demand in counts)


def _line(line: LineFacts, count: int) -> Iterator[InputProblem]:
    def problem(code: str, value: object, rule: str, remedy: str, field: str) -> InputProblem:
        return InputProblem(code, f"LineFacts[{line.demand}]", str(value)[:80], rule, remedy, f"/lines/{line.demand}/{field}")

    for fact in line.facts:
        if fact.total != count:
            yield problem("facts-do-not-sum", f"{fact.yes} + {fact.no} + {fact.ask} = {fact.total}",
                          f"the answers to {fact.rule} must add up to the line's count {count}",
                          "count each trainee once, unknown ones under ask", f"facts/{fact.rule}")  # fmt: skip
    for name, value in (("boarders", line.boarders), ("additional_places", line.additional_places)):
        if value > count:
            yield problem("out-of-range", value, f"{name} is above the line's count {count}", "lower it", name)
    for need in line.needs:
        if need.count > count:
            yield problem("out-of-range", need.count, f"more trainees need it than the line's count {count}", "lower it",
                          f"needs/{need.flag}")  # fmt: skip
    yield from (
        problem("contradictory-facts", f"{fact.yes} yes, {fact.no} no", rule, "correct the joint answer or the single ones",
                f"facts/{fact.rule}")
        for fact in line.facts
        for rule in _joint_clashes(line, fact, count)
    )  # fmt: skip


def _joint_clashes(line: LineFacts, joint: Fact, count: int) -> Iterator[str]:
    """Yield why an answer to several rules at once cannot be true beside the single answers."""
    parts = [fact for fact in line.facts if fact.rule in joint.rule.split("+") and fact.rule != joint.rule]
    if len(parts) < 2 or len(parts) < len(joint.rule.split("+")) or any(part.total != count for part in (*parts, joint)):
        return
    least, most_no = sum(part.yes for part in parts) - (len(parts) - 1) * count, max(part.no for part in parts)
    if joint.yes + joint.ask < least:
        yield f"at least {least} trainees meet all of {joint.rule}, by the single answers"
    if joint.yes > min(part.yes + part.ask for part in parts):
        yield f"at most {min(part.yes + part.ask for part in parts)} trainees meet all of {joint.rule}, by the single answers"
    if joint.no + joint.ask < most_no:
        yield f"at least {most_no} trainees fail {joint.rule}, by the single answers"
