"""How hard to search: limits, seed, workers. Nothing here changes what a good plan is."""

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """Reproducible (one worker, deterministic limit) or fast (all cores, wall clock)."""

    REPRODUCIBLE = "reproducible"
    FAST = "fast"


@dataclass(frozen=True, slots=True)
class SolveParams:
    """Limits and seed of one solve.

    Parameters
    ----------
    mode
        Reproducible is the default: the same input, seed and deterministic limit give the same bytes.
    seed
        0 to 2**31 - 1.
    deterministic_limit
        Work limit in deterministic seconds (about a second of one core), 0.001 to 100,000; used in reproducible mode.
    time_limit_seconds
        Wall clock, 0.1 to 86,400; a safety net in reproducible mode, the limit in fast mode.
    workers
        Threads in fast mode, 1 to 64; always 1 in reproducible mode.
    gap_target
        Stop when the relative gap is at most this; 0 = prove the optimum.
    presolve
        Off to cross-check a proof: presolve has claimed wrong optima (google/or-tools #5293); slower.

    Raises
    ------
    ValueError
        If a figure lies outside its range (the wall turns it into an `InputProblem`).
    """

    mode: Mode = Mode.REPRODUCIBLE
    seed: int = 1
    deterministic_limit: float = 60.0
    time_limit_seconds: float = 300.0
    workers: int = 2
    gap_target: float = 0.0
    presolve: bool = True

    def __post_init__(self) -> None:
        """Check every figure against its range."""
        ranges = {
            "seed": (self.seed, 0, 2**31 - 1),
            "deterministic_limit": (self.deterministic_limit, 0.001, 100_000),
            "time_limit_seconds": (self.time_limit_seconds, 0.1, 86_400),
            "workers": (self.workers, 1, 64),
            "gap_target": (self.gap_target, 0, 1),
        }
        for name, (value, least, most) in ranges.items():
            if not least <= value <= most:
                raise ValueError(f"{name} is {value}: it must lie between {least} and {most}")
