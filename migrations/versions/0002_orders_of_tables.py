"""Indexes for the orders in which the office reads its tables."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_sales_orders_number", "sales_orders", ["site", "number"]),
    ("ix_purchase_orders_number", "purchase_orders", ["site", "number"]),
    ("ix_asns_number", "asns", ["site", "number"]),
    ("ix_count_sheets_started", "count_sheets", ["site", "started_at"]),
    ("ix_identifiers_item", "identifiers", ["item"]),
    ("ix_handling_units_code", "handling_units", ["site", "code"]),
)


def upgrade() -> None:
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, _ in reversed(INDEXES):
        op.drop_index(name, table)
