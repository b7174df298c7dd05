"""How far the picture is complete: settled counts, excluded and parked handhelds."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UNSETTLED = sa.text("settled_through IS NULL AND eff_at IS NOT NULL")
COLUMNS = (
    ("count_sheets", ("u", "settled_through", "settled_seq", "contested", "recount")),
    ("epochs", ("opened_at", "parked_at", "unparked_seq")),
    ("streams", ("settled_at",)),
)


def upgrade() -> None:
    op.add_column("streams", sa.Column("settled_at", sa.BigInteger(), nullable=True))
    number = sa.BigInteger()
    op.add_column("epochs", sa.Column("opened_at", number, nullable=True))
    op.add_column("epochs", sa.Column("parked_at", number, nullable=True))
    op.add_column("epochs", sa.Column("unparked_seq", number, nullable=False, server_default="0"))
    op.add_column("count_sheets", sa.Column("u", number, nullable=False, server_default="0"))
    op.add_column("count_sheets", sa.Column("settled_through", number, nullable=True))
    op.add_column("count_sheets", sa.Column("settled_seq", number, nullable=True))
    contested = sa.Column("contested", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("count_sheets", contested)
    op.add_column("count_sheets", sa.Column("recount", sa.String(length=36), nullable=True))
    if op.get_bind().dialect.name == "postgresql":  # it is compared with those of the log
        device = sa.String(length=60, collation="C")
        op.alter_column("count_sheets", "device", type_=device, existing_nullable=True)
    op.create_index(
        "ix_count_sheets_unsettled",
        "count_sheets",
        ["site"],
        sqlite_where=UNSETTLED,
        postgresql_where=UNSETTLED,
    )
    op.create_table(
        "exclusions",
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=True),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_exclusions")),
    )


def downgrade() -> None:
    op.drop_table("exclusions")
    op.drop_index("ix_count_sheets_unsettled", table_name="count_sheets")
    for table, columns in COLUMNS:
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column)
