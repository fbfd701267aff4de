"""Typed reasons: why a class opens, why a trainee has no seat; facts and one sentence that uses them."""

from cohort_opt.explanation.audience import class_for_company, unplaced_for_company
from cohort_opt.explanation.explain import explain_class, explain_classes, explain_unplaced
from cohort_opt.explanation.reasons import CLASS_REASONS, REASONS

__all__ = [
    "CLASS_REASONS",
    "REASONS",
    "class_for_company",
    "explain_class",
    "explain_classes",
    "explain_unplaced",
    "unplaced_for_company",
]
