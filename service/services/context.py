"""What every verb needs: the store, the clock and the settings, handed in once."""

from dataclasses import dataclass

from service.actors import Actor, Role
from service.clock import Clock, stamp
from service.config import Settings
from service.store import scope
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


def work_for(actor: Actor | None) -> None:
    """Let the transactions of this thread see what the actor may see: the second wall. `None` = nobody, until it is known who."""
    scope.bind(scope.NOBODY if actor is None else _scope(actor))


def _scope(actor: Actor) -> scope.Scope:
    """Return the scope of a role; it follows from the role alone, whatever the verbs think that the role may do."""
    if actor.role in (Role.OPEN, Role.PLANNER, Role.MACHINE):
        return scope.Scope(actor.owner, actor.company, actor.account, whole=True, people=True)
    return scope.Scope(actor.owner, actor.company, actor.account, people=actor.role is Role.OPERATOR)
