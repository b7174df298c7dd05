"""What hands have taken a house code for."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    items = sa.Column("taken_for", sa.JSON(), nullable=False, server_default="[]")
    op.add_column("aliases", items)


def downgrade() -> None:
    with op.batch_alter_table("aliases") as batch:
        batch.drop_column("taken_for")
