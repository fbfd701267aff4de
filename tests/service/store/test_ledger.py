"""The audit log is a chain: a line that was changed or dropped is found."""

import sqlite3

import pytest

from service.store import ledger


@pytest.fixture
def three_lines(context):
    with context.store.write() as connection:
        for number in range(3):
            ledger.write_line(connection, f"2026-11-2{number}", "open", "put-round", "spring", {"version": number + 1})
    return context


def broken(context):
    with context.store.read() as connection:
        return list(ledger.broken_lines(connection))


def tampered(context, statement):
    """Change the file behind the back of the service, triggers dropped first."""
    connection = sqlite3.connect(context.settings.database)
    connection.execute("DROP TRIGGER audit_refuse_update")
    connection.execute("DROP TRIGGER audit_refuse_delete")
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_untouched_chain_holds(three_lines):
    assert broken(three_lines) == []


@pytest.mark.parametrize("column", ["at", "actor", "action", "object", "facts", "previous", "hash"])
def test_a_changed_line_is_found(three_lines, column):
    tampered(three_lines, f"UPDATE audit SET {column} = 'x' WHERE number = 2")  # noqa: S608  names of ours
    assert 2 in broken(three_lines)


def test_a_dropped_line_is_found(three_lines):
    tampered(three_lines, "DELETE FROM audit WHERE number = 2")
    assert broken(three_lines) == [3]
