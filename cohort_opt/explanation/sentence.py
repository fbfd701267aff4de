"""Facts to sentence: the template names every fact, so that no figure is shown without its words and none is kept back."""

from string import Formatter

from cohort_opt.proposal import Reason


def say(rule: str, template: str, **facts: int | str) -> Reason:
    """Return a reason whose sentence is the template with the facts filled in; facts named `..._cents` are shown as euros.

    Raises
    ------
    ValueError
        If the template does not use exactly the facts given.
    """
    used = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    if used != set(facts):
        raise ValueError(f"reason {rule}: the sentence uses {sorted(used)}, the facts are {sorted(facts)}")
    return Reason(rule=rule, facts=facts, sentence=template.format(**{name: shown(name, facts[name]) for name in facts}))


def shown(name: str, value: int | str) -> str:
    """Return a fact as a person reads it: cents as euros with two digits, everything else as it is."""
    if not name.endswith("_cents") or isinstance(value, str):
        return str(value)
    sign, cents = ("-", -value) if value < 0 else ("", value)
    return f"EUR {sign}{cents // 100:,}.{cents % 100:02d}"
