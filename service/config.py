"""Settings: read once from the environment, checked before anything starts.

Every setting is an environment variable `COHORT_OPT_SERVICE_<NAME>`. A setting that would make the service unsafe stops the
start with a sentence that names the way out.
"""

from __future__ import annotations

import importlib.util
import ipaddress
import os
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs"})
"""SQLite's write-ahead log needs shared memory, which these do not give (sqlite.org, wal.html)."""


LEAST_SECRET = 16
"""Shorter client secrets can be guessed; the cookie of a sign-in is signed with it too."""


class SettingsError(Exception):
    """The settings do not allow a start; one line for each reason."""


def _address(value: object) -> object:
    """Return a PostgreSQL address as it is, everything else as a path."""
    return value if isinstance(value, str) and value.startswith(("postgresql://", "postgres://")) else Path(str(value))


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value


class Settings(BaseSettings):
    """What an operator may set.

    Attributes
    ----------
    access
        `open`: whoever reaches the service on loopback may do everything; `accounts`: only who has signed in.
    public_url
        Address under which people reach the service, for links in mails; needed for a host that is not loopback.
    outbox_folder, smtp_host, smtp_port, mail_from
        Where mails go: into files of the folder (where left out: `outbox` beside the database file, or in `var`), or to
        the mail server where `smtp_host` is set.
    oidc_issuer, oidc_client_id, oidc_client_secret
        Provider of sign-ins by OpenID Connect, `https://...`, and what it knows this service by; none where left out. It needs
        cohort-opt[sso]. Whoever it vouches for must have an account already.
    demo
        Whether anybody may sign in as one of the demo's people; on loopback only.
    rate_limit
        Requests of one address; the form of Flask-Limiter.
    database
        File of the SQLite database, whose folder is made by `init-db`, or the address of a PostgreSQL server,
        `postgresql://...`, with a role that owns its database and is neither superuser nor exempt from row-level security.
    host, port
        Where the service listens. Until accounts exist only loopback is allowed; port 0 = any free port.
    trusted_hosts
        Names under which the service may be addressed, comma-separated; any other `Host` is refused.
    proxy
        Address of the proxy in front, whose `X-Forwarded-For` names the visitor; where left out, whoever connects is the visitor,
        and all who come through one proxy share the limits of one address.
    max_body_bytes
        Longest request body.
    max_wait_seconds
        Longest wait that `Prefer: wait` is granted.
    solvers
        Solves at the same time, each in a child process of its own.
    scheduler, tls_ca, tls_cert, tls_key
        Address of a Dask scheduler, `tls://...`, with the files of its certificates, where one machine is not enough; left out:
        a cluster inside this process, which opens no port.
    max_queued, max_queued_by_company
        Most jobs that wait or run, of all and of one company.
    max_time_limit_seconds, solve_grace_seconds
        Longest wall-clock limit a job may ask for, and what a child gets on top of its limit before it is killed.
    solver_memory_mb
        Address space of a solver child.
    parts_mb
        Room in the database for finished parts of solves, which a repeated night and a what-if take instead of solving them; 0 =
        none are kept.
    part_processes
        How many independent parts of one solve are solved at the same time, each in a process of its own. With a `scheduler`
        its workers do that instead.
    max_variables
        Estimated size above which an instance is refused before a model is built.
    lease_seconds
        How long a running job may stay without a sign of life before another attempt is made.
    webhook_hosts, webhook_inside_hosts
        Hosts that webhooks may go to, comma-separated; none where left out. The first are outside: https only, port 443, and
        never a number of this machine or its network. The second are the operator's own, whatever they lead to.
    preview_nights
        Whether a company sees its own seats in the last good night before that is published. Off: what a company sees depends
        on nobody else until then (reliability.md, G21).
    second_approval
        Whether a night is published only when two planners have said so; with accounts only.
    retention_days
        How long a round stays after the last change in it; then `sweep` erases it.
    timezone
        Zone of the local night's date.
    threads
        Threads of the web server.
    """

    model_config = SettingsConfigDict(env_prefix="COHORT_OPT_SERVICE_", extra="forbid", frozen=True)

    access: Literal["open", "accounts"] = "open"
    public_url: str = ""
    outbox_folder: Path | None = None
    smtp_host: str = ""
    smtp_port: Annotated[int, Field(ge=1, le=65_535)] = 25
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: Annotated[str, Field(repr=False)] = ""
    mail_from: str = "cohort-opt@localhost"
    rate_limit: str = "300/second"
    database: Annotated[Path | str, BeforeValidator(_address)] = Path("var/service.sqlite3")
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8080
    trusted_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)] = ("127.0.0.1", "localhost", "[::1]")
    proxy: str = ""
    debug: bool = False
    demo: bool = False
    max_body_bytes: Annotated[int, Field(ge=1_024, le=256 * 1024 * 1024)] = 1024 * 1024
    max_wait_seconds: Annotated[int, Field(ge=0, le=60)] = 20
    solvers: Annotated[int, Field(ge=1, le=64)] = 1
    scheduler: str = ""
    tls_ca: Path | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None
    max_queued_by_company: Annotated[int, Field(ge=1, le=100_000)] = 5
    max_queued: Annotated[int, Field(ge=1, le=100_000)] = 200
    max_time_limit_seconds: Annotated[int, Field(ge=1, le=86_400)] = 3_600
    solve_grace_seconds: Annotated[int, Field(ge=1, le=600)] = 30
    solver_memory_mb: Annotated[int, Field(ge=512, le=1_048_576)] = 8_192
    parts_mb: Annotated[int, Field(ge=0, le=65_536)] = 256
    part_processes: Annotated[int, Field(ge=1, le=64)] = 1
    max_variables: Annotated[int, Field(ge=1_000)] = 1_000_000
    lease_seconds: Annotated[int, Field(ge=2, le=600)] = 30
    webhook_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)] = ()
    webhook_inside_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)] = ()
    preview_nights: bool = False
    second_approval: bool = False
    retention_days: Annotated[int, Field(ge=30, le=36_500)] = 730
    timezone: str = "Europe/Amsterdam"
    threads: Annotated[int, Field(ge=2, le=128)] = 8

    @property
    def outbox(self) -> Path:
        """Return the folder for mails where there is no mail server."""
        beside = self.database.parent if isinstance(self.database, Path) else Path("var")
        return self.outbox_folder or beside / "outbox"

    @property
    def address(self) -> str:
        """Return the address for links in mails, without a slash at its end."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """Return the zone of the local night."""
        return zoneinfo.ZoneInfo(self.timezone)


def read_settings(**changes: object) -> Settings:
    """Return the settings of the environment, `changes` on top.

    Raises
    ------
    SettingsError
        If a setting is unknown, out of range, or unsafe.
    """
    try:
        settings = Settings(**changes)  # type: ignore[arg-type]  # pydantic checks the values at this very line
    except ValidationError as error:
        lines = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False, include_url=False))
        raise SettingsError("\n".join(lines)) from None
    check_settings(settings)
    return settings


def check_settings(settings: Settings) -> None:
    """Refuse a start that would be unsafe.

    Raises
    ------
    SettingsError
        With every reason, one a line.
    """
    if reasons := list(_reasons(settings)):
        raise SettingsError("\n".join(reasons))


def _reasons(settings: Settings) -> Iterator[str]:
    if settings.debug or os.environ.get("FLASK_DEBUG", "0") not in ("", "0", "false"):
        yield "debug is on: a debugger runs code for whoever reaches the port; unset COHORT_OPT_SERVICE_DEBUG and FLASK_DEBUG"
    if not is_loopback(settings.host) and settings.access == "open":
        yield f"host {settings.host} is not loopback and access is open; use 127.0.0.1 or COHORT_OPT_SERVICE_ACCESS=accounts"
    if not is_loopback(settings.host) and not settings.public_url.startswith("https://"):
        yield f"host {settings.host} is not loopback: set COHORT_OPT_SERVICE_PUBLIC_URL to its https address"
    if settings.demo and not is_loopback(settings.host):
        yield "demo is on: anybody may sign in as a planner; unset COHORT_OPT_SERVICE_DEMO"
    yield from _oidc_reasons(settings)
    yield from _cluster_reasons(settings)
    if settings.proxy in ("*", "0.0.0.0", "::"):  # noqa: S104  refused is what it is
        yield f"proxy {settings.proxy} is everybody: anybody could say to be somebody else; use the address of your own proxy"
    if settings.second_approval and settings.access == "open":
        yield "second_approval needs two people: set COHORT_OPT_SERVICE_ACCESS=accounts"
    if settings.timezone not in zoneinfo.available_timezones():
        yield f"timezone {settings.timezone} is unknown; use a name such as Europe/Amsterdam"
    if isinstance(settings.database, Path) and (kind := file_system_of(settings.database)) in NETWORK_FILE_SYSTEMS:
        yield f"database {settings.database} is on a network file system ({kind}), where SQLite can corrupt; use a local disk"


def _oidc_reasons(settings: Settings) -> Iterator[str]:
    if not settings.oidc_issuer:
        return
    parts = urlsplit(settings.oidc_issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        yield f"oidc_issuer {settings.oidc_issuer} is not https: whoever is in between could sign in as anybody"
    if not settings.oidc_client_id or len(settings.oidc_client_secret) < LEAST_SECRET:
        yield f"oidc_issuer needs COHORT_OPT_SERVICE_OIDC_CLIENT_ID and _OIDC_CLIENT_SECRET (at least {LEAST_SECRET} characters)"
    if importlib.util.find_spec("authlib") is None:
        yield "oidc_issuer needs the extra for sign-ins; install cohort-opt[sso]"


def _cluster_reasons(settings: Settings) -> Iterator[str]:
    if not settings.scheduler:
        return
    scheme, _, place = settings.scheduler.partition("://")
    host = place.rpartition(":")[0]
    if scheme not in ("tcp", "tls") or not host:
        yield f"scheduler {settings.scheduler} is no address; use tls://host:8786"
    elif scheme == "tcp" and not is_loopback(host):
        yield f"scheduler {settings.scheduler} is open: whoever reaches its port runs code; use tls:// with certificates"
    elif scheme == "tls":
        for name in ("tls_ca", "tls_cert", "tls_key"):
            path = getattr(settings, name)
            if path is None or not path.is_file():
                yield f"scheduler {settings.scheduler} needs {name}, a file; set COHORT_OPT_SERVICE_{name.upper()}"


def is_loopback(host: str) -> bool:
    """Return whether the host name or address can be reached from this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def file_system_of(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Return the type of the file system that holds the path; empty where the system does not say."""
    if not mounts.exists():
        return ""
    wanted = path.absolute()
    found = ("", "")
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, point, kind, *_ = line.split(" ")
        place = Path(point.replace("\\040", " "))
        if (wanted == place or place in wanted.parents) and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1]
