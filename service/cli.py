"""The command `cohort-opt-service`: parse, call, print."""

from __future__ import annotations

import datetime as dt
import json
import logging
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

import click

from service import create_app
from service.actors import MACHINE
from service.clock import system_clock
from service.config import Settings, SettingsError, read_settings
from service.jobs import ClusterHands, Hands, ThreadHands, child_solver, work_until_ended
from service.problems import Refusal
from service.schemas import NightState, Params, RoundRequest
from service.services import backups, erasure, health, nights, outbox, retention, rounds
from service.services import demo as demo_data
from service.services.context import Context, work_for
from service.store.database import initialise, open_store, shown

REFUSED = 3
FAILED = 5
STOPPED = 143
"""As a shell tells of a program that ended on SIGTERM."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Serve and run the nights of Cohort Opt. Settings come from COHORT_OPT_SERVICE_* variables."""


@main.command("init-db")
def init_db() -> None:
    """Make the database; a second time changes nothing."""
    settings = _settings()
    made = initialise(settings.database)
    print(f"{shown(settings.database)}: {'made' if made else 'is there already'}")


@main.command("serve")
@click.option("--host", help="Address to listen on; loopback only.")
@click.option("--port", type=click.IntRange(0, 65_535), help="0 = any free port.")
@click.option(
    "--demo/--no-demo", default=None, help="Demo data and demo sign-ins; on where access is open, unless it is refused."
)
def serve(host: str | None, port: int | None, demo: bool | None) -> None:
    """Serve on loopback until interrupted; the first line printed is the address."""
    import waitress  # type: ignore[import-untyped]  # it ships no types

    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    logging.getLogger("distributed").setLevel(logging.ERROR)

    changes: dict[str, Any] = {"host": host, "port": port}
    settings = _settings(**changes_given(changes))
    if demo or (demo is None and settings.access == "open"):
        settings = _settings(**changes_given(changes), demo=True)
    initialise(settings.database)
    door = _open_door(settings)
    settings = settings.model_copy(update={"port": door.getsockname()[1]})  # links in mails name the real one
    app = _or_exit(lambda: create_app(settings))
    if settings.demo:
        work_for(MACHINE)
        demo_data.set_up(app.extensions["cohort_opt"], child_solver(app.extensions["cohort_opt"]))
    server = waitress.create_server(
        app, sockets=[door], threads=settings.threads, ident=None,
        max_request_body_size=settings.max_body_bytes + 1_024, max_request_header_size=65_536, channel_timeout=60,
        connection_limit=1_000, **_in_front(settings),
    )  # fmt: skip
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    _stop_on_term()
    print(f"http://{shown}:{settings.port}/", flush=True)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        app.extensions["cohort_opt_jobs"].close()


@main.command("put-round")
@click.argument("round_id")
@click.argument("base", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", help="Display name; the name of the instance where left out.")
def put_round(round_id: str, base: Path, name: str | None) -> None:
    """Set up ROUND_ID from BASE, an instance in JSON; its demand lines and pins are left out."""
    document = json.loads(base.read_text(encoding="utf-8"))
    document.update(demands=[], pins=[])
    request = RoundRequest(name=name or document.get("name", round_id), base=document)
    state, is_new = _or_exit(lambda: rounds.put_round(_context(), MACHINE, round_id, request))
    print(f"{state.id}: version {state.version}{' (new)' if is_new else ''}")


@main.command("propose-nightly")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Local date of the night; today where left out.")
@click.option("--round", "round_id", help="One round; all rounds where left out.")
@click.option("--again", is_flag=True, help="Try a night that failed once more.")
@click.option("--deterministic-limit", type=click.FloatRange(0.001, 100_000), default=60.0, show_default=True)
@click.option("--time-limit", type=click.FloatRange(0.1, 86_400), default=300.0, show_default=True, help="Safety net in seconds.")
def propose_nightly(
    date: dt.datetime | None, round_id: str | None, again: bool, deterministic_limit: float, time_limit: float
) -> None:
    """Propose over the stored counts, once per round and date; calling it twice changes nothing."""
    context = _context()
    night = date.date().isoformat() if date else nights.today(context)
    params = Params(deterministic_limit=deterministic_limit, time_limit_seconds=time_limit)
    wanted = [round_id] if round_id else [state.id for state in rounds.list_rounds(context, MACHINE)]
    hands: Hands = ClusterHands(context.settings) if context.settings.scheduler else ThreadHands(context, child_solver(context))
    _stop_on_term()
    try:
        ended = [_propose(context, hands, name, night, params, again) for name in wanted]
    finally:
        hands.close()
    outbox.deliver_quietly(context)
    if any(state.job.state != "done" for state in ended):
        sys.exit(FAILED)


@main.command("backup")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def backup(target: Path) -> None:
    """Copy the database to TARGET while the service runs; the copy is checked before it gets its name."""
    settings = _settings()
    _or_exit(lambda: backups.back_up(settings.database, target, settings, system_clock))
    print(f"{target}: a whole copy of {shown(settings.database)}")


@main.command("restore")
@click.argument("source", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put a database that is there aside; the service must not be running.")
def restore(source: Path, replace: bool) -> None:
    """Put the copy SOURCE in the place of the database, after checking that it is whole."""
    settings = _settings()
    aside = _or_exit(lambda: backups.restore(source, settings.database, settings, system_clock, replace=replace))
    print(f"{shown(settings.database)}: restored" + (f"; the one before it is {aside}" if aside else ""))


@main.command("erase-round")
@click.argument("round_id")
def erase_round(round_id: str) -> None:
    """Erase ROUND_ID with its counts, plans, offers and answers; only its id stays, as a tombstone."""
    _or_exit(lambda: retention.erase_round(_context(), MACHINE, round_id))
    print(f"{round_id}: erased")


@main.command("erase-company")
@click.argument("company_id")
def erase_company(company_id: str) -> None:
    """Erase COMPANY_ID from all rounds, plans, mails and accounts; only its id stays, as a tombstone."""
    _or_exit(lambda: erasure.erase_company(_context(), MACHINE, company_id))
    print(f"{company_id}: erased")


@main.command("sweep")
def sweep() -> None:
    """Drop what is past its time: old answers, links, sessions, mails, and rounds that nobody touched for years."""
    counts = _or_exit(lambda: retention.sweep(_context(), MACHINE))
    print(", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing is past its time")


@main.command("openapi")
def openapi() -> None:
    """Print the OpenAPI document."""
    settings = _settings()
    initialise(settings.database)
    app = _or_exit(lambda: create_app(settings, work=False))
    print(json.dumps(app.test_client().get("/openapi.json").json, indent=2, ensure_ascii=False))


@main.command("check")
def check() -> None:
    """Check that what is stored is whole: file, references, audit log, and every row that may never change."""
    found = health.faults(_context())
    print("\n".join(found) or "whole: the file, its references, the audit log and every row that may never change")
    if found:
        sys.exit(FAILED)


def _propose(context: Context, hands: Hands, round_id: str, night: str, params: Params, again: bool) -> NightState:
    state, is_new = _or_exit(lambda: nights.propose_night(context, MACHINE, round_id, night, params, again=again))
    started = time.monotonic()
    work_until_ended(context, hands, state.job.id)
    state = nights.get_night(context, MACHINE, round_id, night)
    reason = f": {state.job.failure.detail}" if state.job.failure else ""
    value = "" if state.job.objective_cents is None else f", {state.job.objective_cents / 100:.2f} euro"
    how = f"in {time.monotonic() - started:.1f} s" if is_new else "stored already"
    print(f"{round_id} {night}: {state.job.state} {state.job.status or ''}{value} ({how}){reason}")
    return state


def _stop_on_term() -> None:
    """End in good order when a supervisor says so: what runs goes back to the queue."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(STOPPED))


def _in_front(settings: Settings) -> dict[str, Any]:
    """Return what the server has to know of the proxy in front of it: it is believed whose request it passes on, nothing else."""
    if not settings.proxy:
        return {}
    return {"trusted_proxy": settings.proxy, "trusted_proxy_count": 1, "trusted_proxy_headers": {"x-forwarded-for"}}


def _open_door(settings: Settings) -> socket.socket:
    """Return a socket at the address of the settings; port 0 has become a free one."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((settings.host.strip("[]"), settings.port))
    except OSError as error:
        door.close()
        print(f"{settings.host}:{settings.port}: {error.strerror}; choose another --port", file=sys.stderr)
        sys.exit(REFUSED)
    return door


def changes_given(changes: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given."""
    return {name: value for name, value in changes.items() if value is not None}


def _settings(**changes: Any) -> Settings:
    settings: Settings = _or_exit(lambda: read_settings(**changes))
    return settings


def _context() -> Context:
    work_for(MACHINE)
    settings = _settings()
    initialise(settings.database)
    return Context(open_store(settings.database), system_clock, settings)


def _or_exit(call: Any) -> Any:
    try:
        return call()
    except (SettingsError, Refusal) as error:
        print(error, file=sys.stderr)
        for flaw in getattr(error, "flaws", ()):
            print(f"  {flaw.pointer or '/'}: {flaw.detail} [{flaw.code}]", file=sys.stderr)
        sys.exit(REFUSED)


if __name__ == "__main__":
    main()
