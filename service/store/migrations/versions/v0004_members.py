"""Who takes part in a round, the days on which a company lets nobody go, scopes of tokens; the second wall around rounds too."""

import json

import sqlalchemy as sa
from alembic import op

revision = "v0004"
down_revision = "v0003"

WHOLE = "current_setting('cohort_opt.whole', true) = 'on'"
COMPANY = "company = current_setting('cohort_opt.company', true)"
TAKES_PART = "EXISTS (SELECT 1 FROM members WHERE members.round = {}.{})"
OWN = {"rounds": "id", "nights": "round", "publications": "round"}
"""Tables of rounds, which every tenant could read before."""


def upgrade() -> None:
    """Make the table, fill it, and put the wall up."""
    op.create_table(
        "members",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("kvk", sa.Text(), nullable=True, comment="number in the trade register, eight digits"),
        sa.Column("postcode", sa.Text(), nullable=True, comment="of the company, as 1234 AB"),
        sa.PrimaryKeyConstraint("round", "company", name=op.f("pk_members")),
        sqlite_strict=True,
    )
    op.create_index("ix_members_company", "members", ["company"], unique=False)
    op.create_index("ix_rounds_head", "rounds", ["id", "version", "name", "closes_at", "created_at", "created_by"], unique=False)
    op.create_table(
        "kept_sums",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False, comment="local date of a night whose plan was erased"),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("trainees", sa.Integer(), nullable=False),
        sa.Column("companies", sa.Integer(), nullable=False),
        sa.CheckConstraint("trainees >= 10 AND companies >= 3", name=op.f("ck_kept_sums_few")),
        sa.PrimaryKeyConstraint("round", "date", "course", name=op.f("pk_kept_sums")),
        sqlite_strict=True,
    )
    op.add_column(
        "demands",
        sa.Column(
            "closed",
            sa.Text(),
            nullable=True,
            comment="list of days on which the company lets nobody go, canonical JSON; empty = none",
        ),
    )
    op.add_column(
        "tokens", sa.Column("scope", sa.Text(), nullable=True, comment="what it is for; empty = all that its account may")
    )
    _fill()
    if op.get_bind().dialect.name == "postgresql":
        _put_wall()


def _fill() -> None:
    connection = op.get_bind()
    found = connection.execute(
        sa.text(
            "SELECT id, base FROM rounds WHERE version = (SELECT max(version) FROM rounds AS other WHERE other.id = rounds.id)"
        )
    ).all()
    for row in found:
        for company in json.loads(row.base).get("companies", ()):
            values = {"round": row.id, "company": company["id"]}
            connection.execute(sa.text("INSERT INTO members (round, company) VALUES (:round, :company)"), values)


def _put_wall() -> None:
    for table, readable in (("members", f"{WHOLE} OR {COMPANY}"), ("kept_sums", WHOLE)):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({readable})")
        op.execute(f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({WHOLE})")
        op.execute(f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({WHOLE}) WITH CHECK ({WHOLE})")
        op.execute(f"CREATE POLICY {table}_drop ON {table} FOR DELETE USING ({WHOLE})")
    for table, column in OWN.items():
        op.execute(f"DROP POLICY {table}_read ON {table}")
        op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({WHOLE} OR {TAKES_PART.format(table, column)})")
