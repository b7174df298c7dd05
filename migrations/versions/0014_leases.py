"""Until when a walk is in somebody's hands."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TWELVE_HOURS = 12 * 3_600 * 1_000_000  # instants are microseconds


def upgrade() -> None:
    op.add_column("pick_tasks", sa.Column("expires_at", sa.BigInteger(), nullable=True))
    tasks = sa.table("pick_tasks", sa.column("expires_at"), sa.column("taken_at"))
    op.execute(tasks.update().values(expires_at=tasks.c.taken_at + TWELVE_HOURS))
    with op.batch_alter_table("pick_tasks") as batch:
        batch.alter_column("expires_at", existing_type=sa.BigInteger(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("pick_tasks") as batch:
        batch.drop_column("expires_at")
