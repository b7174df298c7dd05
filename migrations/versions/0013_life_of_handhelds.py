"""Why and when a journal of a handheld began, and how full its disk is."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("epochs", sa.Column("reason", sa.String(length=6), nullable=True))
    op.add_column("epochs", sa.Column("begun_at", sa.BigInteger(), nullable=True))
    op.add_column("devices", sa.Column("used", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("devices") as batch:
        batch.drop_column("used")
    with op.batch_alter_table("epochs") as batch:
        batch.drop_column("begun_at")
        batch.drop_column("reason")
