"""The independent judge: knows the instance, the plan and the proposal only; never a model, a solver or an array."""

from cohort_opt.verification.report import Report, Verdict
from cohort_opt.verification.verify import verify
from cohort_opt.verification.verify_bytes import verify_bytes
from cohort_opt.verification.verify_proposal import verify_proposal
from cohort_opt.verification.violation import Violation

__all__ = ["Report", "Verdict", "Violation", "verify", "verify_bytes", "verify_proposal"]
