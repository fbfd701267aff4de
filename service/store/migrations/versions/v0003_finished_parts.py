"""Finished parts of solves, by the hash of their input."""

import sqlalchemy as sa
from alembic import op

revision = "v0003"
down_revision = "v0002"

WHOLE = "current_setting('cohort_opt.whole', true) = 'on'"


def upgrade() -> None:
    """Make the table; on PostgreSQL nobody but the service itself may see it."""
    op.create_table(
        "parts",
        sa.Column("key", sa.Text(), nullable=False, comment="SHA-256 of the input, limits and version of a part"),
        sa.Column("body", sa.Text(), nullable=False, comment="its answer under a seal; holds no name of anybody"),
        sa.Column("size", sa.Integer(), nullable=False, comment="of the body"),
        sa.Column("used_on", sa.Text(), nullable=False, comment="a date, so that reading does not write every time"),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_parts")),
        sqlite_strict=True,
    )
    op.create_index("ix_parts_used", "parts", ["used_on", "created_at"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE parts ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE parts FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY parts_all ON parts FOR ALL USING ({WHOLE}) WITH CHECK ({WHOLE})")
