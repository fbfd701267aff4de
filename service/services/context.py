"""What every verb needs: the store, the clock and the settings, handed in once."""

from dataclasses import dataclass

from service.clock import Clock, stamp
from service.config import Settings
from service.store.database import Store


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of a verb.

    Parameters
    ----------
    store
        Where everything is kept.
    clock
        The only source of the present instant.
    settings
        As read at the start.
    """

    store: Store
    clock: Clock
    settings: Settings

    def now(self) -> str:
        """Return the present instant as it is stored."""
        return stamp(self.clock())
