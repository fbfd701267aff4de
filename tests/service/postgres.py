"""A PostgreSQL server of the tests' own, and a fresh database in it for a role that row-level security holds."""

import os
import pwd
import shutil
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from port_for import get_port
from pytest_postgresql.executors.proc import PostgreSQLExecutor

WAY_OUT = "PostgreSQL is not installed: sh tests/install-programs.sh, or apt-get install postgresql"
ROLE, SECRET = "keeper", "only-for-tests"


def programs():
    """Return the folder with initdb and pg_ctl; skip loudly where there is none, fail in continuous integration."""
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")), *filter(None, [shutil.which("pg_ctl")])]
    if not found:
        pytest.fail(WAY_OUT) if os.environ.get("CI") else pytest.skip(WAY_OUT)
    return Path(found[-1]).resolve().parent


@contextmanager
def running_server():
    """Start a server in a folder of its own and yield it; as root it runs as the user `postgres`, since it refuses root."""
    control = programs() / "pg_ctl"
    folder = Path(tempfile.mkdtemp(prefix="cohort-pg-"))
    program = control
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        program = folder / "pg_ctl"
        program.write_text(f'#!/bin/sh\nexec setpriv --reuid={user.pw_uid} --regid={user.pw_gid} --clear-groups {control} "$@"\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        for path in (folder, program):
            os.chown(path, user.pw_uid, user.pw_gid)
    server = PostgreSQLExecutor(
        executable=str(program), host="127.0.0.1", port=get_port(None), datadir=str(folder / "data"), unixsocketdir=str(folder),
        logfile=str(folder / "log"), startparams="-w", dbname="postgres", user="postgres",
        postgres_options="-c fsync=off -c full_page_writes=off",
    )  # fmt: skip
    try:
        with server:
            server.wait_for_postgres()
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def as_superuser(server, database="postgres"):
    """Return a connection of the server's own superuser."""
    return psycopg.connect(host=server.host, port=server.port, user="postgres", dbname=database, autocommit=True)


def fresh_database(server, name, template="template1"):
    """Make a database, empty or as a template, that an ordinary role owns and return its address."""
    with as_superuser(server) as connection:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone() is None:
            connection.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{SECRET}' NOSUPERUSER NOBYPASSRLS")
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} OWNER {ROLE} TEMPLATE {template}")
    return f"postgresql://{ROLE}:{SECRET}@{server.host}:{server.port}/{name}"
