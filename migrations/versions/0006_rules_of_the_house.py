"""Counts that somebody shall make, what an item costs, and what a correction is worth."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "count_tasks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("place", sa.String(length=36), nullable=False),
        sa.Column("why", sa.String(length=7), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("asked_by", sa.String(length=60), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("sheet", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_count_tasks"),
    )
    op.create_index("ix_count_tasks_place", "count_tasks", ["place"])
    op.create_index("ix_count_tasks_state", "count_tasks", ["site", "state", "asked_at"])
    op.add_column("items", sa.Column("cost", sa.Numeric(14, 4), nullable=True))
    op.add_column("adjustments", sa.Column("value", sa.Numeric(24, 4), nullable=True))


def downgrade() -> None:
    for table, column in (("adjustments", "value"), ("items", "cost")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
    op.drop_table("count_tasks")
