"""Who holds which goods and why; what a surplus and a task done twice are known by."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

COUNTERS = (
    ("purchase_order_lines", "aside", sa.BigInteger()),
    ("putaway_plans", "efforts", sa.Integer()),
)


def upgrade() -> None:
    op.add_column("holds", sa.Column("covers", sa.JSON(), nullable=True))
    op.execute(sa.table("holds", sa.column("covers", sa.JSON())).update().values(covers=[]))
    with op.batch_alter_table("holds") as batch:
        batch.alter_column("covers", existing_type=sa.JSON(), nullable=False)
        batch.add_column(sa.Column("note", sa.String(400), nullable=True))
        batch.add_column(sa.Column("held_by", sa.String(60), nullable=True))
        batch.add_column(sa.Column("released_by", sa.String(60), nullable=True))
    op.create_index("ix_holds_site", "holds", ["site"])
    for table, name, kind in COUNTERS:
        op.add_column(table, sa.Column(name, kind, server_default="0", nullable=False))


def downgrade() -> None:
    for table, name, _ in COUNTERS:
        with op.batch_alter_table(table) as batch:
            batch.drop_column(name)
    op.drop_index("ix_holds_site", "holds")
    with op.batch_alter_table("holds") as batch:
        for name in ("released_by", "held_by", "note", "covers"):
            batch.drop_column(name)
