"""Who asks: a role and the tenant behind it. Made by the wall (session, token, loopback), never from what a request claims."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the service."""

    OPEN = "open"
    """The visitor of a service without accounts, which listens on loopback only: may do what everybody may."""
    ANONYMOUS = "anonymous"
    """Nobody that is known: may read what is for everybody, and sign in."""
    COMPANY = "company"
    PLANNER = "planner"
    READER = "reader"
    """A municipality or broker: aggregates that name nobody, and nothing else."""
    OPERATOR = "operator"
    """Runs the service: accounts and audit, no figures of companies."""
    MACHINE = "machine"
    """The nightly command and the dispatcher."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody with a role.

    Parameters
    ----------
    role
        What they are.
    owner
        Key of what is theirs, such as `open` or `company:acme`.
    company
        Tenant of a company user; empty otherwise.
    account
        Id of the account; empty for those who have none.
    language
        `nl`, `en` or `de`; empty = as the browser asks.
    writes
        Whether changes are allowed; false for a token that only reads.
    scopes
        What a token is for, of `SCOPES`; empty = everything that the account may.
    """

    role: Role
    owner: str
    company: str = ""
    account: str = ""
    language: str = ""
    writes: bool = True
    scopes: tuple[str, ...] = ()

    @property
    def plans(self) -> bool:
        """Return whether the actor sees and runs whole rounds."""
        return self.role in (Role.OPEN, Role.PLANNER, Role.MACHINE)

    def speaks_for(self, company: str) -> bool:
        """Return whether the actor may read and write the company's own figures."""
        return self.plans or (bool(company) and self.company == company)


SCOPES = ("jobs", "rounds", "companies", "counts", "plans", "offers", "webhooks")
"""What a token can be made for: each a part of the interface for programs."""
OPEN = Actor(Role.OPEN, "open")
ANONYMOUS = Actor(Role.ANONYMOUS, "anonymous", writes=False)
MACHINE = Actor(Role.MACHINE, "machine")
