"""Typed reasons: why a class opens, why a trainee has no seat; facts and one sentence that uses them."""

from cohort_opt.explanation.audience import class_for_company, unplaced_for_company
from cohort_opt.explanation.explain import explain_class, explain_classes, explain_unplaced
from cohort_opt.explanation.language import LANGUAGES
from cohort_opt.explanation.reasons import CLASS_REASONS, REASONS
from cohort_opt.explanation.sentence import in_language, in_words

__all__ = [
    "CLASS_REASONS",
    "LANGUAGES",
    "REASONS",
    "class_for_company",
    "explain_class",
    "explain_classes",
    "explain_unplaced",
    "in_language",
    "in_words",
    "unplaced_for_company",
]
