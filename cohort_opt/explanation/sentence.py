"""Facts to sentence: the template names every fact, so that no figure is shown without its words and none is kept back."""

from __future__ import annotations

from string import Formatter

from cohort_opt.explanation.language import Language, money, phrase, template_in, written_day
from cohort_opt.proposal import Reason

WORDS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "block": "block",
    "day_release": "day release",
    "mixed": "mixed",
    "free": "free",
    "in_use": "in use",
    "travel_limit": "distance",
    "travel_time_limit": "journey time",
    "start_window": "start window",
    "weekdays": "weekday",
    "release_pattern": "pattern",
    "company_closed_days": "closed days of the company",
    "parts": "smallest part",
    "company_absence": "absence on a day",
    "company_absence_week": "absence in a week",
    "price_cap": "price limit",
    "class_size_wish": "wished class size",
    "calendar": "calendar",
    "room_capacity": "rooms",
    "instructor_capacity": "instructors",
    "instructor_hours": "instructor days",
    "boarding": "beds",
    "practice_share": "share of practice",
    "unbroken": "unbroken block",
    "exam_date": "exam date",
    "bans": "ban",
    "classes_of": "classes of",
    "municipal_budget": "the municipal budget",
    "uncovered_risk": "the risk that may stay uncovered",
    "host_places": "the host places",
    "mentors": "the mentors",
    "guidance": "the hours of guidance",
    "rotation": "the places of the rotation",
    "check_ins": "the check-in visits",
    "follow_on": "the follow-on places promised",
    "one_to_one": "the mentors for one to one",
    "continuity": "the mentors who stay",
    "no_such_run": "no such run",
    "class_size": "class size",
    "class_limits": "seats inside a class",
    "capacity": "rooms and instructors",
    "apart": "who is kept apart",
    "side_by_side": "who sits side by side",
    "module_order": "order of the modules",
    "budget": "budget",
    "price_spread": "price spread",
    "stand_alone_price": "price outside",
}
"""Word of the data -> the word of a sentence."""

WORD_FACTS = frozenset({"weekday", "pattern", "accepted", "state", "rules", "concern", "classes", "what"})
"""Facts whose value is made of `WORDS`, with commas and numbers between them."""


def say(rule: str, template: str, **facts: int | str) -> Reason:
    """Return a reason whose sentence is the English template with the facts filled in.

    Facts named `..._cents` are shown as euros, days as people write them, `WORD_FACTS` in words.

    Raises
    ------
    ValueError
        If the template does not use exactly the facts given.
    """
    used = places(template)
    if used != set(facts):
        raise ValueError(f"reason {rule}: the sentence uses {sorted(used)}, the facts are {sorted(facts)}")
    return Reason(rule=rule, facts=facts, sentence=_filled(template, facts, "en"))


def in_language(reason: Reason, language: Language) -> Reason:
    """Return a reason, also a stored one, with its sentence in a language; English where the catalogue does not know it."""
    template = None if language == "en" else template_in(reason.rule, frozenset(reason.facts), language)
    if template is None:
        return reason
    return Reason(rule=reason.rule, facts=reason.facts, sentence=_filled(template, reason.facts, language))


def places(template: str) -> set[str]:
    """Return the names of the facts that a template uses."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def _filled(template: str, facts: dict[str, int | str], language: Language) -> str:
    return template.format(**{name: shown(name, value, language) for name, value in facts.items()})


def shown(name: str, value: int | str, language: Language = "en") -> str:
    """Return a fact as a person reads it: cents as euros with two digits, days with their month, words of the data in words."""
    if name.endswith("_cents") and not isinstance(value, str):
        return money(value, language)
    if not isinstance(value, str):
        return str(value)
    if name in WORD_FACTS:
        return ", ".join(in_words(part, language) for part in value.split(", "))
    return written_day(value, language) or value


def in_words(part: str, language: Language) -> str:
    """Return words of the data (a rule, a pattern, `2 classes_of`) as a person reads them; what is no such word stays."""
    return " ".join(phrase(WORDS[word], language) if word in WORDS else word for word in part.split(" "))
