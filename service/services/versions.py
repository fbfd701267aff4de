"""Which version a change is meant for: nobody overwrites what they have not read."""

from __future__ import annotations

from dataclasses import dataclass

from service.problems import Refusal


@dataclass(frozen=True, slots=True)
class Match:
    """What a request says about the version that it changes.

    Parameters
    ----------
    said
        Whether it says anything.
    versions
        The versions that it may change; `None` = any.
    """

    said: bool
    versions: frozenset[int] | None = None

    def check(self, current: int) -> None:
        """Refuse a change that is meant for another version; version 0 = there is nothing yet.

        Raises
        ------
        Refusal
            `precondition-required` where something is there and nothing was said, `stale` for another version.
        """
        if not self.said:
            if current:
                raise Refusal("precondition-required", "Read the object first, and send its ETag as If-Match.")
        elif self.versions is not None and current not in self.versions:
            raise Refusal("stale", "The object has changed since it was read; read it again.")


UNSAID = Match(said=False)
ANY = Match(said=True)
