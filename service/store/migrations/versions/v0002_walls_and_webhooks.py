"""What-ifs, views of companies, drafts, webhooks, erasure; triggers and row-level security on PostgreSQL."""

import sqlalchemy as sa
from alembic import op

revision = "v0002"
down_revision = "v0001"

IMMUTABLE = (
    "snapshots",
    "proposals",
    "rounds",
    "demands",
    "nights",
    "publications",
    "offers",
    "replies",
    "audit",
    "company_views",
    "what_ifs",
)

WHOLE = "current_setting('cohort_opt.whole', true) = 'on'"
PEOPLE = "current_setting('cohort_opt.people', true) = 'on'"
COMPANY = "company = current_setting('cohort_opt.company', true)"
OWNER = "owner = current_setting('cohort_opt.owner', true)"
ACCOUNT = "account = current_setting('cohort_opt.account', true)"
OWN_JOB = "EXISTS (SELECT 1 FROM jobs WHERE jobs.id = {}.job)"

# Table -> (which rows may be read, which may be written). Subqueries are subject to the policies of their tables.
POLICIES = {
    "demands": (f"{WHOLE} OR {COMPANY}", f"{WHOLE} OR {COMPANY}"),
    "offers": (f"{WHOLE} OR {COMPANY}", WHOLE),
    "replies": ("EXISTS (SELECT 1 FROM offers WHERE offers.id = replies.offer)",) * 2,
    "company_views": (f"{WHOLE} OR {COMPANY}", WHOLE),
    "feeds": (f"{WHOLE} OR {COMPANY}", f"{WHOLE} OR {COMPANY}"),
    "jobs": (f"{WHOLE} OR {OWNER}", f"{WHOLE} OR {OWNER}"),
    "proposals": (OWN_JOB.format("proposals"), WHOLE),
    "what_ifs": (OWN_JOB.format("what_ifs"), WHOLE),
    "drafts": (OWN_JOB.format("drafts"), WHOLE),
    "snapshots": (f"{WHOLE} OR EXISTS (SELECT 1 FROM jobs WHERE jobs.fingerprint = snapshots.fingerprint)", "true"),
    "idempotency": (f"{WHOLE} OR {OWNER}", f"{WHOLE} OR {OWNER}"),
    "webhooks": (f"{WHOLE} OR {OWNER}", f"{WHOLE} OR {OWNER}"),
    "deliveries": ("EXISTS (SELECT 1 FROM webhooks WHERE webhooks.id = deliveries.webhook)", WHOLE),
    "accounts": (f"{WHOLE} OR {PEOPLE} OR id = current_setting('cohort_opt.account', true)",) * 2,
    "links": (f"{WHOLE} OR {PEOPLE} OR {ACCOUNT}",) * 2,
    "sessions": (f"{WHOLE} OR {PEOPLE} OR {ACCOUNT}",) * 2,
    "tokens": (f"{WHOLE} OR {PEOPLE} OR {ACCOUNT}",) * 2,
    "outbox": (f"{WHOLE} OR {ACCOUNT}",) * 2,
    "audit": (f"{WHOLE} OR {PEOPLE}", WHOLE),
    "rounds": ("true", WHOLE),
    "nights": ("true", WHOLE),
    "publications": ("true", WHOLE),
    "tombstones": ("true", WHOLE),
    "erasing": ("true", WHOLE),
}


def upgrade() -> None:
    """Make the tables and put up the second wall."""
    _add_tables()
    _put_triggers()
    if op.get_bind().dialect.name == "postgresql":
        for table, (readable, writable) in POLICIES.items():
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({readable})")
            op.execute(f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({writable})")
            op.execute(f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({writable}) WITH CHECK ({writable})")
            op.execute(f"CREATE POLICY {table}_drop ON {table} FOR DELETE USING ({writable})")


def _add_tables() -> None:
    if not sa.inspect(op.get_bind()).has_table("what_ifs"):  # a file from before there were revisions may have it
        op.create_table(
            "what_ifs",
            sa.Column("job", sa.Text(), nullable=False),
            sa.Column("round", sa.Text(), nullable=False),
            sa.Column("date", sa.Text(), nullable=False, comment="local date of the night that it changes"),
            sa.Column("scenario", sa.Text(), nullable=False, comment="name and changes, canonical JSON"),
            sa.Column("created_at", sa.Text(), nullable=False),
            sa.Column("created_by", sa.Text(), nullable=False),
            sa.ForeignKeyConstraint(["job"], ["jobs.id"], name=op.f("fk_what_ifs_job")),
            sa.PrimaryKeyConstraint("job", name=op.f("pk_what_ifs")),
            sqlite_strict=True,
        )
        op.create_index("ix_what_ifs_night", "what_ifs", ["round", "date"], unique=False)
    op.add_column("jobs", sa.Column("finish_asked_at", sa.Text(), nullable=True))
    op.create_table(
        "erasing",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.CheckConstraint("number = 1", name=op.f("ck_erasing_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_erasing")),
        sqlite_strict=True,
    )
    op.create_table(
        "tombstones",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('company', 'round', 'job')", name=op.f("ck_tombstones_kind")),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_tombstones")),
        sqlite_strict=True,
    )
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Text(), nullable=False, comment="128 random bits"),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False, comment="key of the signatures"),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
        sqlite_strict=True,
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Text(), nullable=False, comment="the same in every try, so that a second delivery is recognisable"),
        sa.Column("webhook", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("next_try_at", sa.Text(), nullable=True, comment="empty = delivered or given up"),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("delivered_at", sa.Text(), nullable=True),
        sa.Column("last_answer", sa.Text(), nullable=True, comment="status, or in a word what went wrong; never a body"),
        sa.ForeignKeyConstraint(["webhook"], ["webhooks.id"], name=op.f("fk_deliveries_webhook")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sqlite_strict=True,
    )
    op.create_index("ix_deliveries_next", "deliveries", ["next_try_at"], unique=False)
    op.create_table(
        "company_views",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("try", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False, comment="how the solve ended"),
        sa.Column(
            "body", sa.Text(), nullable=False, comment="what this company may see of the proposal, canonical JSON; never changes"
        ),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name=op.f("fk_company_views_job")),
        sa.PrimaryKeyConstraint("job", "company", name=op.f("pk_company_views")),
        sqlite_strict=True,
    )
    op.create_index("ix_company_views_round", "company_views", ["round", "company", "date", "try"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="best plan so far, passed by the judge; replaced by a better one"),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name=op.f("fk_drafts_job")),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_drafts")),
        sqlite_strict=True,
    )


def _put_triggers() -> None:
    """Refuse every change of a version, but that of a transaction which erases and says so in `erasing`."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF EXISTS (SELECT 1 FROM erasing) THEN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END IF; "
            "RAISE EXCEPTION '% is immutable', TG_TABLE_NAME; END $$"
        )
        for table in IMMUTABLE:
            op.execute(
                f"CREATE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
        return
    for table in IMMUTABLE:
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_refuse_{verb}")
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{verb} BEFORE {verb.upper()} ON {table} "
                f"WHEN NOT EXISTS (SELECT 1 FROM erasing) BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
            )
