"""Whose rows a transaction may see: the second wall, which the database keeps by itself where it can.

The wall of the web binds a scope for each request; whoever has bound none sees no company's rows. PostgreSQL's row-level
security reads the scope from settings of the transaction; SQLite has no such thing and relies on the first wall.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Scope:
    """Who a transaction works for.

    Parameters
    ----------
    owner
        Key of what is theirs, such as `company:acme`.
    company
        Tenant; empty for those who have none.
    account
        Id of the account; empty for none.
    whole
        Whether every row may be seen and changed: planners and the machine.
    people
        Whether accounts and the audit log may be seen: operators too.
    """

    owner: str = ""
    company: str = ""
    account: str = ""
    whole: bool = False
    people: bool = False


NOBODY = Scope()
WHOLE = Scope(whole=True, people=True)
_bound: ContextVar[Scope] = ContextVar("scope", default=NOBODY)


def bind(scope: Scope) -> None:
    """Let the transactions of this thread work for somebody from now on."""
    _bound.set(scope)


def bound() -> Scope:
    """Return whom the transactions of this thread work for."""
    return _bound.get()


def apply(connection: Connection, scope: Scope) -> None:
    """Tell PostgreSQL the scope of the transaction that has begun."""
    values = {
        "owner": scope.owner,
        "company": scope.company,
        "account": scope.account,
        "whole": "on" if scope.whole else "off",
        "people": "on" if scope.people else "off",
    }
    calls = ", ".join(f"set_config('cohort_opt.{name}', :{name}, true)" for name in values)
    connection.execute(text(f"SELECT {calls}"), values)


@contextmanager
def everything(connection: Connection) -> Iterator[None]:
    """Let a few statements of a transaction see every row: the audit chain, the length of the queue.

    After an error the transaction is lost anyway, so that the scope is not put back.
    """
    if connection.dialect.name != "postgresql":
        yield
        return
    names = ("owner", "company", "account", "whole", "people")
    columns = ", ".join(f"current_setting('cohort_opt.{name}', true) AS {name}" for name in names)
    before = connection.execute(text(f"SELECT {columns}")).one()
    apply(connection, WHOLE)
    yield
    apply(connection, Scope(before.owner, before.company, before.account, before.whole == "on", before.people == "on"))
