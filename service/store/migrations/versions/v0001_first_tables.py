"""The first tables: jobs, rounds, publications, accounts and the two ledgers."""

import sqlalchemy as sa
from alembic import op

revision = "v0001"
down_revision = None

IMMUTABLE = ("snapshots", "proposals", "rounds", "demands", "nights", "publications", "offers", "replies", "audit")


def upgrade() -> None:
    """Make the tables; triggers refuse a change of what is versioned."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text(), nullable=False, comment="128 random bits"),
        sa.Column("mail", sa.Text(), nullable=False, comment="the only personal data; a tombstone after removal"),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=True, comment="tenant of a company account"),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.CheckConstraint("(role = 'company') = (company IS NOT NULL)", name=op.f("ck_accounts_company")),
        sa.CheckConstraint("language IN ('nl', 'en', 'de')", name=op.f("ck_accounts_language")),
        sa.CheckConstraint("role IN ('company', 'planner', 'reader', 'operator')", name=op.f("ck_accounts_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("mail", name=op.f("uq_accounts_mail")),
        sqlite_strict=True,
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False, comment="canonical JSON: versions and fingerprints, never content"),
        sa.Column("previous", sa.Text(), nullable=False, comment="hash of the line before"),
        sa.Column("hash", sa.Text(), nullable=False, comment="SHA-256 of this line and `previous`"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
        sqlite_strict=True,
    )
    op.create_table(
        "demands",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False, comment="list of demand lines, canonical JSON; [] = withdrawn"),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_demands_version")),
        sa.PrimaryKeyConstraint("round", "company", "version", name=op.f("pk_demands")),
        sqlite_strict=True,
    )
    op.create_table(
        "feeds",
        sa.Column("sha256", sa.Text(), nullable=False, comment="of the secret in the address"),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_feeds")),
        sqlite_strict=True,
    )
    op.create_table(
        "idempotency",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "answering_until",
            sa.Text(),
            nullable=True,
            comment="until then the first request may still be waiting for its answer",
        ),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "route", "key", name=op.f("pk_idempotency")),
        sqlite_strict=True,
    )
    op.create_table(
        "rounds",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False, comment="instance without demand lines, canonical JSON"),
        sa.Column("closes_at", sa.Text(), nullable=True, comment="no counts after this instant"),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_rounds_version")),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_rounds")),
        sqlite_strict=True,
    )
    op.create_table(
        "snapshots",
        sa.Column("fingerprint", sa.Text(), nullable=False, comment="SHA-256 of the body"),
        sa.Column("body", sa.Text(), nullable=False, comment="canonical instance; never changes"),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_snapshots")),
        sqlite_strict=True,
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text(), nullable=False, comment="128 random bits"),
        sa.Column("owner", sa.Text(), nullable=False, comment="who asked: `open`, or kind and id of an account"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False, comment="fencing token: only the attempt of this number may write"),
        sa.Column("deaths", sa.Integer(), nullable=False, comment="attempts that ended without a word"),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.Text(), nullable=True),
        sa.Column("phase", sa.Text(), server_default="", nullable=False),
        sa.Column("solve_status", sa.Text(), nullable=True),
        sa.Column("objective_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("bound_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("gap_ppm", sa.Integer(), nullable=True, comment="relative gap in millionths"),
        sa.Column("seats", sa.Integer(), nullable=True, comment="trainees with a seat in the best plan so far"),
        sa.Column("failure_code", sa.Text(), nullable=True),
        sa.Column("failure_detail", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('interactive', 'what_if', 'night')", name=op.f("ck_jobs_kind")),
        sa.CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_jobs_state")),
        sa.CheckConstraint("attempt >= 0", name=op.f("ck_jobs_attempt")),
        sa.ForeignKeyConstraint(["fingerprint"], ["snapshots.fingerprint"], name=op.f("fk_jobs_fingerprint")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sqlite_strict=True,
    )
    op.create_index("ix_jobs_state", "jobs", ["state", "priority", "created_at"], unique=False)
    op.create_table(
        "links",
        sa.Column("sha256", sa.Text(), nullable=False, comment="of the token in the mail; the token itself is nowhere"),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False, comment="`sign-in`, or what a mail lets its reader do"),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_links_account")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_links")),
        sqlite_strict=True,
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False, comment="what the mail is about; the same key is one mail"),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_outbox_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sqlite_strict=True,
    )
    op.create_table(
        "sessions",
        sa.Column("sha256", sa.Text(), nullable=False, comment="of the cookie"),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_sessions_account")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_sessions")),
        sqlite_strict=True,
    )
    op.create_table(
        "tokens",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False, comment="what lists and revocations name"),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("writes", sa.Integer(), nullable=False, comment="1 = may change things, 0 = reads only"),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("last_used_on", sa.Text(), nullable=True, comment="a date, so that reading does not write at every request"),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.CheckConstraint("writes IN (0, 1)", name=op.f("ck_tokens_writes")),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_tokens_account")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_tokens")),
        sa.UniqueConstraint("id", name=op.f("uq_tokens_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "nights",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False, comment="local date: the key that makes firing twice harmless"),
        sa.Column("try", sa.Integer(), nullable=False, comment="1, and one more for each asked-for repetition of a failed night"),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("round_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name=op.f("fk_nights_job")),
        sa.ForeignKeyConstraint(
            ["round", "round_version"], ["rounds.id", "rounds.version"], name=op.f("fk_nights_round_round_version")
        ),
        sa.PrimaryKeyConstraint("round", "date", "try", name=op.f("pk_nights")),
        sqlite_strict=True,
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False, comment="of the body"),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the bytes of proposal.json; never changes"),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["fingerprint"], ["snapshots.fingerprint"], name=op.f("fk_proposals_fingerprint")),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name=op.f("fk_proposals_job")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("job", name=op.f("uq_proposals_job")),
        sqlite_strict=True,
    )
    op.create_table(
        "publications",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="the highest of a round is what holds"),
        sa.Column("job", sa.Text(), nullable=True, comment="whose proposal is published; empty = withdrawn"),
        sa.Column("date", sa.Text(), nullable=True, comment="local date of its night"),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answer_until", sa.Text(), nullable=True, comment="no answers after this instant"),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name=op.f("fk_publications_job")),
        sa.PrimaryKeyConstraint("round", "version", name=op.f("pk_publications")),
        sqlite_strict=True,
    )
    op.create_table(
        "offers",
        sa.Column("id", sa.Text(), nullable=False, comment="128 random bits"),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the publication"),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("class_id", sa.Text(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False, comment="list of demand and count, canonical JSON"),
        sa.Column("terms", sa.Text(), nullable=False, comment="what the company is shown, canonical JSON"),
        sa.CheckConstraint("seats >= 1", name=op.f("ck_offers_seats")),
        sa.ForeignKeyConstraint(
            ["round", "version"], ["publications.round", "publications.version"], name=op.f("fk_offers_round_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("round", "version", "company", "class_id", name=op.f("uq_offers_round_version_company_class_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "replies",
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False, comment="canonical JSON"),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("answer IN ('accept', 'decline', 'conditional', 'ask')", name=op.f("ck_replies_answer")),
        sa.ForeignKeyConstraint(["offer"], ["offers.id"], name=op.f("fk_replies_offer")),
        sa.PrimaryKeyConstraint("offer", "version", name=op.f("pk_replies")),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        for table in IMMUTABLE:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
                )
