"""First approvals of a publication, where a second person has to approve too."""

import sqlalchemy as sa
from alembic import op

revision = "v0005"
down_revision = "v0004"

WHOLE = "current_setting('cohort_opt.whole', true) = 'on'"


def upgrade() -> None:
    """Make the table; its rows are only ever added, and only planners see them."""
    op.create_table(
        "approvals",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False, comment="whose proposal is to be published"),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False, comment="local date of its night"),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answer_until", sa.Text(), nullable=True, comment="as asked for"),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name=op.f("fk_approvals_job")),
        sa.PrimaryKeyConstraint("round", "job", "created_by", name=op.f("pk_approvals")),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER approvals_refuse BEFORE UPDATE OR DELETE ON approvals FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute("ALTER TABLE approvals ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE approvals FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY approvals_read ON approvals FOR SELECT USING ({WHOLE})")
        op.execute(f"CREATE POLICY approvals_add ON approvals FOR INSERT WITH CHECK ({WHOLE})")
        op.execute(f"CREATE POLICY approvals_change ON approvals FOR UPDATE USING ({WHOLE}) WITH CHECK ({WHOLE})")
        op.execute(f"CREATE POLICY approvals_drop ON approvals FOR DELETE USING ({WHOLE})")
        return
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER approvals_refuse_{verb} BEFORE {verb.upper()} ON approvals "
            "WHEN NOT EXISTS (SELECT 1 FROM erasing) BEGIN SELECT RAISE(ABORT, 'approvals is immutable'); END"
        )
