"""The tables, once. Text, whole numbers and nothing else: STRICT tables of SQLite and PostgreSQL read them alike.

Instants are RFC 3339 texts in UTC (`clock.stamp`), money is integer cents, documents are canonical JSON.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

Cents = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("fingerprint", Text, primary_key=True, comment="SHA-256 of the body"),
    Column("body", Text, nullable=False, comment="canonical instance; never changes"),
    Column("created_at", Text, nullable=False),
    sqlite_strict=True,
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Text, primary_key=True, comment="128 random bits"),
    Column("owner", Text, nullable=False, comment="who asked: `open`, or kind and id of an account"),
    Column("kind", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("fingerprint", ForeignKey("snapshots.fingerprint"), nullable=False),
    Column("params", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempt", Integer, nullable=False, comment="fencing token: only the attempt of this number may write"),
    Column("deaths", Integer, nullable=False, comment="attempts that ended without a word"),
    Column("claimed_by", Text),
    Column("lease_until", Text),
    Column("created_at", Text, nullable=False),
    Column("started_at", Text),
    Column("finished_at", Text),
    Column("phase", Text, nullable=False, server_default=""),
    Column("solve_status", Text),
    Column("objective_cents", Cents),
    Column("bound_cents", Cents),
    Column("gap_ppm", Integer, comment="relative gap in millionths"),
    Column("seats", Integer, comment="trainees with a seat in the best plan so far"),
    Column("failure_code", Text),
    Column("failure_detail", Text),
    Column("finish_asked_at", Text),
    CheckConstraint("kind IN ('interactive', 'what_if', 'night')", name="kind"),
    CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"),
    CheckConstraint("attempt >= 0", name="attempt"),
    Index("ix_jobs_state", "state", "priority", "created_at"),
    sqlite_strict=True,
)

proposals = Table(
    "proposals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("job", ForeignKey("jobs.id"), nullable=False),
    Column("sha256", Text, nullable=False, comment="of the body"),
    Column("fingerprint", ForeignKey("snapshots.fingerprint"), nullable=False),
    Column("body", Text, nullable=False, comment="the bytes of proposal.json; never changes"),
    Column("created_at", Text, nullable=False),
    UniqueConstraint("job"),
    sqlite_strict=True,
)

rounds = Table(
    "rounds",
    metadata,
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("base", Text, nullable=False, comment="instance without demand lines, canonical JSON"),
    Column("closes_at", Text, comment="no counts after this instant"),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    PrimaryKeyConstraint("id", "version"),
    CheckConstraint("version >= 1", name="version"),
    Index("ix_rounds_head", "id", "version", "name", "closes_at", "created_at", "created_by"),
    sqlite_strict=True,
)
"""Its index holds everything but the base, which may be megabytes long: a look at the rest must not walk through it."""

members = Table(
    "members",
    metadata,
    Column("round", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("kvk", Text, comment="number in the trade register, eight digits"),
    Column("postcode", Text, comment="of the company, as 1234 AB"),
    PrimaryKeyConstraint("round", "company"),
    Index("ix_members_company", "company"),
    sqlite_strict=True,
)
"""Who takes part in the latest version of a round: what the second wall asks, and what only the academy knows of a company."""

demands = Table(
    "demands",
    metadata,
    Column("round", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("lines", Text, nullable=False, comment="list of demand lines, canonical JSON; [] = withdrawn"),
    Column("closed", Text, comment="list of days on which the company lets nobody go, canonical JSON; empty = none"),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    PrimaryKeyConstraint("round", "company", "version"),
    CheckConstraint("version >= 1", name="version"),
    sqlite_strict=True,
)

nights = Table(
    "nights",
    metadata,
    Column("round", Text, nullable=False),
    Column("date", Text, nullable=False, comment="local date: the key that makes firing twice harmless"),
    Column("try", Integer, nullable=False, comment="1, and one more for each asked-for repetition of a failed night"),
    Column("job", ForeignKey("jobs.id"), nullable=False),
    Column("round_version", Integer, nullable=False),
    Column("created_at", Text, nullable=False),
    PrimaryKeyConstraint("round", "date", "try"),
    ForeignKeyConstraint(["round", "round_version"], ["rounds.id", "rounds.version"]),
    sqlite_strict=True,
)

what_ifs = Table(
    "what_ifs",
    metadata,
    Column("job", ForeignKey("jobs.id"), primary_key=True),
    Column("round", Text, nullable=False),
    Column("date", Text, nullable=False, comment="local date of the night that it changes"),
    Column("scenario", Text, nullable=False, comment="name and changes, canonical JSON"),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Index("ix_what_ifs_night", "round", "date"),
    sqlite_strict=True,
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("owner", Text, nullable=False),
    Column("route", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("body_sha256", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("location", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("answering_until", Text, comment="until then the first request may still be waiting for its answer"),
    Column("created_at", Text, nullable=False),
    PrimaryKeyConstraint("owner", "route", "key"),
    sqlite_strict=True,
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("facts", Text, nullable=False, comment="canonical JSON: versions and fingerprints, never content"),
    Column("previous", Text, nullable=False, comment="hash of the line before"),
    Column("hash", Text, nullable=False, comment="SHA-256 of this line and `previous`"),
    sqlite_strict=True,
)

publications = Table(
    "publications",
    metadata,
    Column("round", Text, nullable=False),
    Column("version", Integer, nullable=False, comment="the highest of a round is what holds"),
    Column("job", ForeignKey("jobs.id"), comment="whose proposal is published; empty = withdrawn"),
    Column("date", Text, comment="local date of its night"),
    Column("note", Text, nullable=False),
    Column("answer_until", Text, comment="no answers after this instant"),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    PrimaryKeyConstraint("round", "version"),
    sqlite_strict=True,
)

approvals = Table(
    "approvals",
    metadata,
    Column("round", Text, nullable=False),
    Column("job", ForeignKey("jobs.id"), nullable=False, comment="whose proposal is to be published"),
    Column("created_by", Text, nullable=False),
    Column("date", Text, nullable=False, comment="local date of its night"),
    Column("note", Text, nullable=False),
    Column("answer_until", Text, comment="as asked for"),
    Column("created_at", Text, nullable=False),
    PrimaryKeyConstraint("round", "job", "created_by"),
    sqlite_strict=True,
)
"""First approvals of a publication, where a second person has to approve too."""

offers = Table(
    "offers",
    metadata,
    Column("id", Text, primary_key=True, comment="128 random bits"),
    Column("round", Text, nullable=False),
    Column("version", Integer, nullable=False, comment="of the publication"),
    Column("company", Text, nullable=False),
    Column("class_id", Text, nullable=False),
    Column("run", Text, nullable=False),
    Column("start", Text, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("lines", Text, nullable=False, comment="list of demand and count, canonical JSON"),
    Column("terms", Text, nullable=False, comment="what the company is shown, canonical JSON"),
    ForeignKeyConstraint(["round", "version"], ["publications.round", "publications.version"]),
    UniqueConstraint("round", "version", "company", "class_id"),
    CheckConstraint("seats >= 1", name="seats"),
    sqlite_strict=True,
)

replies = Table(
    "replies",
    metadata,
    Column("offer", ForeignKey("offers.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("conditions", Text, nullable=False, comment="canonical JSON"),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    PrimaryKeyConstraint("offer", "version"),
    CheckConstraint("answer IN ('accept', 'decline', 'conditional', 'ask')", name="answer"),
    sqlite_strict=True,
)

feeds = Table(
    "feeds",
    metadata,
    Column("sha256", Text, primary_key=True, comment="of the secret in the address"),
    Column("company", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("revoked_at", Text),
    sqlite_strict=True,
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True, comment="128 random bits"),
    Column("mail", Text, nullable=False, comment="the only personal data; a tombstone after removal"),
    Column("role", Text, nullable=False),
    Column("company", Text, comment="tenant of a company account"),
    Column("language", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("removed_at", Text),
    UniqueConstraint("mail"),
    CheckConstraint("role IN ('company', 'planner', 'reader', 'operator')", name="role"),
    CheckConstraint("(role = 'company') = (company IS NOT NULL)", name="company"),
    CheckConstraint("language IN ('nl', 'en', 'de')", name="language"),
    sqlite_strict=True,
)

links = Table(
    "links",
    metadata,
    Column("sha256", Text, primary_key=True, comment="of the token in the mail; the token itself is nowhere"),
    Column("account", ForeignKey("accounts.id"), nullable=False),
    Column("purpose", Text, nullable=False, comment="`sign-in`, or what a mail lets its reader do"),
    Column("expires_at", Text, nullable=False),
    Column("used_at", Text),
    sqlite_strict=True,
)

sessions = Table(
    "sessions",
    metadata,
    Column("sha256", Text, primary_key=True, comment="of the cookie"),
    Column("account", ForeignKey("accounts.id"), nullable=False),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("ended_at", Text),
    sqlite_strict=True,
)

tokens = Table(
    "tokens",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("id", Text, nullable=False, comment="what lists and revocations name"),
    Column("account", ForeignKey("accounts.id"), nullable=False),
    Column("label", Text, nullable=False),
    Column("writes", Integer, nullable=False, comment="1 = may change things, 0 = reads only"),
    Column("scope", Text, comment="what it is for; empty = all that its account may"),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("last_used_on", Text, comment="a date, so that reading does not write at every request"),
    Column("revoked_at", Text),
    UniqueConstraint("id"),
    CheckConstraint("writes IN (0, 1)", name="writes"),
    sqlite_strict=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, comment="what the mail is about; the same key is one mail"),
    Column("account", ForeignKey("accounts.id"), nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("sent_at", Text),
    Column("tries", Integer, nullable=False),
    UniqueConstraint("key"),
    sqlite_strict=True,
)

company_views = Table(
    "company_views",
    metadata,
    Column("job", ForeignKey("jobs.id"), nullable=False),
    Column("company", Text, nullable=False),
    Column("round", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("try", Integer, nullable=False),
    Column("status", Text, nullable=False, comment="how the solve ended"),
    Column("body", Text, nullable=False, comment="what this company may see of the proposal, canonical JSON; never changes"),
    PrimaryKeyConstraint("job", "company"),
    Index("ix_company_views_round", "round", "company", "date", "try"),
    sqlite_strict=True,
)

drafts = Table(
    "drafts",
    metadata,
    Column("job", ForeignKey("jobs.id"), primary_key=True),
    Column("attempt", Integer, nullable=False),
    Column("body", Text, nullable=False, comment="best plan so far, passed by the judge; replaced by a better one"),
    Column("created_at", Text, nullable=False),
    sqlite_strict=True,
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", Text, primary_key=True, comment="128 random bits"),
    Column("owner", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("secret", Text, nullable=False, comment="key of the signatures"),
    Column("created_at", Text, nullable=False),
    Column("removed_at", Text),
    sqlite_strict=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Text, primary_key=True, comment="the same in every try, so that a second delivery is recognisable"),
    Column("webhook", ForeignKey("webhooks.id"), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("next_try_at", Text, comment="empty = delivered or given up"),
    Column("tries", Integer, nullable=False),
    Column("delivered_at", Text),
    Column("last_answer", Text, comment="status, or in a word what went wrong; never a body"),
    Index("ix_deliveries_next", "next_try_at"),
    sqlite_strict=True,
)

kept_sums = Table(
    "kept_sums",
    metadata,
    Column("round", Text, nullable=False),
    Column("date", Text, nullable=False, comment="local date of a night whose plan was erased"),
    Column("course", Text, nullable=False),
    Column("trainees", Integer, nullable=False),
    Column("companies", Integer, nullable=False),
    PrimaryKeyConstraint("round", "date", "course"),
    CheckConstraint("trainees >= 10 AND companies >= 3", name="few"),
    sqlite_strict=True,
)
"""What stays of a night when a company is erased: sums over the others, and none over too few."""

tombstones = Table(
    "tombstones",
    metadata,
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("erased_at", Text, nullable=False),
    PrimaryKeyConstraint("kind", "id"),
    CheckConstraint("kind IN ('company', 'round', 'job')", name="kind"),
    sqlite_strict=True,
)

erasing = Table(
    "erasing",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    CheckConstraint("number = 1", name="number"),
    sqlite_strict=True,
)
"""Holds its one row inside a transaction that erases, and none that anybody else can see."""

parts = Table(
    "parts",
    metadata,
    Column("key", Text, primary_key=True, comment="SHA-256 of the input, limits and version of a part"),
    Column("body", Text, nullable=False, comment="its answer under a seal; holds no name of anybody"),
    Column("size", Integer, nullable=False, comment="of the body"),
    Column("used_on", Text, nullable=False, comment="a date, so that reading does not write every time"),
    Column("created_at", Text, nullable=False),
    Index("ix_parts_used", "used_on", "created_at"),
    sqlite_strict=True,
)

IMMUTABLE = (
    snapshots,
    proposals,
    rounds,
    demands,
    nights,
    what_ifs,
    publications,
    approvals,
    offers,
    replies,
    audit,
    company_views,
)
"""Tables whose rows are only ever added; triggers refuse a change."""
