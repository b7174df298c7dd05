"""Codes of goods among the aliases of a site, withdrawn or not; what stands on a label."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("aliases", sa.Column("packaging", sa.String(length=36), nullable=True))
    op.add_column(
        "aliases", sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    with op.batch_alter_table("aliases") as table:
        table.alter_column("active", server_default=None)
    op.add_column("suppliers", sa.Column("company_prefix", sa.String(length=12), nullable=True))
    op.add_column("suppliers", sa.Column("label_ais", sa.JSON(), nullable=True))
    op.add_column("items", sa.Column("label_ais", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("suppliers") as table:
        table.drop_column("label_ais")
        table.drop_column("company_prefix")
    with op.batch_alter_table("items") as table:
        table.drop_column("label_ais")
    with op.batch_alter_table("aliases") as table:
        table.drop_column("active")
        table.drop_column("packaging")
