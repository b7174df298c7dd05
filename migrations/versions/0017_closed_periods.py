"""Books are closed through a day; what is known later is posted to the first open one."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("streams", sa.Column("opens_at", sa.BigInteger(), nullable=True))
    op.add_column("streams", sa.Column("first_day", sa.String(10), nullable=True))
    op.add_column("entries", sa.Column("posting_date", sa.String(10), nullable=True))


def downgrade() -> None:
    op.drop_column("entries", "posting_date")
    op.drop_column("streams", "first_day")
    op.drop_column("streams", "opens_at")
