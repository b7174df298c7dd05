"""Corrections, requisitions, walks that change hands, and indexes for what is going on now."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INDEXES = (
    ("sales_orders", "ix_sales_orders_shipped", ["site", "shipped_at"]),
    ("count_sheets", "ix_count_sheets_state", ["site", "state"]),
    ("pick_tasks", "ix_pick_tasks_state", ["site", "state"]),
)


def upgrade() -> None:
    op.create_table(
        "adjustments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("place", sa.String(length=36), nullable=False),
        sa.Column("lpn", sa.String(length=36), nullable=True),
        sa.Column("item", sa.String(length=36), nullable=False),
        sa.Column("lot", sa.String(length=36), nullable=False),
        sa.Column("serial", sa.String(length=36), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=36), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("asked_by", sa.String(length=60), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(length=60), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("eff_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decision_note", sa.String(length=400), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustments")),
    )
    op.create_index("ix_adjustments_state", "adjustments", ["site", "state", "asked_at"])
    op.create_table(
        "requisitions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("for_whom", sa.String(length=120), nullable=False),
        sa.Column("wanted_by", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(length=60), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decision_note", sa.String(length=400), nullable=True),
        sa.Column("order", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requisitions")),
        sa.UniqueConstraint("site", "number", name=op.f("uq_requisitions_site_number")),
    )
    op.create_index("ix_requisitions_state", "requisitions", ["site", "state", "asked_at"])
    op.create_index("ix_requisitions_asked_by", "requisitions", ["site", "asked_by", "asked_at"])
    op.add_column("pick_tasks", sa.Column("taken_from", sa.String(length=36), nullable=True))
    for table, name, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for table, name, _ in INDEXES:
        op.drop_index(name, table)
    with op.batch_alter_table("pick_tasks") as batch:
        batch.drop_column("taken_from")
    op.drop_table("requisitions")
    op.drop_table("adjustments")
