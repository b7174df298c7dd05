"""What a single piece was last judged to be, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = ("eff_at", "device", "epoch", "seq")


def upgrade() -> None:
    status = sa.Column("status", sa.String(length=10), nullable=False, server_default="available")
    op.add_column("serials", status)
    op.add_column("serials", sa.Column("eff_at", sa.BigInteger(), nullable=True))
    op.add_column("serials", sa.Column("device", sa.String(length=60), nullable=True))
    op.add_column("serials", sa.Column("epoch", sa.Integer(), nullable=True))
    op.add_column("serials", sa.Column("seq", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("serials") as batch:
        for column in ("status", *MOMENT):
            batch.drop_column(column)
