"""Records of the spine."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


APPEND_ONLY = ("operations", "entries", "position_entries")


def protect() -> None:
    """Rows of the log and the ledger never change: the database itself refuses (S10)."""
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def upgrade() -> None:
    op.create_table(
        "aliases",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("target_kind", sa.String(length=10), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
    )
    with op.batch_alter_table("aliases", schema=None) as batch_op:
        batch_op.create_index("ix_aliases_code", ["site", "code"], unique=False)

    op.create_table(
        "anchored_units",
        sa.Column("sheet", sa.String(length=36), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=False),
        sa.Column("unit", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("sheet", "holder", "unit", name=op.f("pk_anchored_units")),
    )
    op.create_table(
        "anchors",
        sa.Column("sheet", sa.String(length=36), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=36), nullable=False),
        sa.Column("lot", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("holder_kind", sa.String(length=5), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("eff_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "device",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sheet", "holder", "item", "lot", name=op.f("pk_anchors")),
    )
    with op.batch_alter_table("anchors", schema=None) as batch_op:
        batch_op.create_index("ix_anchors_holder", ["holder", "eff_at"], unique=False)

    op.create_table(
        "announced_returns",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("customer", sa.String(length=36), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announced_returns")),
    )
    op.create_table(
        "asn_lines",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("asn", sa.String(length=36), nullable=False),
        sa.Column("po_line", sa.String(length=36), nullable=True),
        sa.Column("item", sa.String(length=36), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("lot", sa.String(length=36), nullable=True),
        sa.Column("lot_code", sa.String(length=80), nullable=True),
        sa.Column("expiry", sa.String(length=10), nullable=True),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("missing", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asn_lines")),
    )
    with op.batch_alter_table("asn_lines", schema=None) as batch_op:
        batch_op.create_index("ix_asn_lines_asn", ["asn"], unique=False)

    op.create_table(
        "asn_units",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("asn", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("po_lines", sa.JSON(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asn_units")),
    )
    with op.batch_alter_table("asn_units", schema=None) as batch_op:
        batch_op.create_index("ix_asn_units_asn", ["asn"], unique=False)

    op.create_table(
        "asns",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("supplier", sa.String(length=36), nullable=True),
        sa.Column("purchase_order", sa.String(length=36), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asns")),
    )
    op.create_table(
        "balances",
        sa.Column("holder", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=36), nullable=False),
        sa.Column("lot", sa.String(length=36), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("holder_kind", sa.String(length=5), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("holder", "item", "lot", "status", name=op.f("pk_balances")),
    )
    with op.batch_alter_table("balances", schema=None) as batch_op:
        batch_op.create_index(
            "ix_balances_below_zero",
            ["holder"],
            unique=False,
            sqlite_where=sa.text("quantity < 0"),
            postgresql_where=sa.text("quantity < 0"),
        )
        batch_op.create_index("ix_balances_item", ["item", "lot"], unique=False)

    op.create_table(
        "channel_rows",
        sa.Column("stream", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=60), nullable=False),
        sa.Column("entity", sa.String(length=30), nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("row", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "channel", "entity", "id", name=op.f("pk_channel_rows")),
    )
    with op.batch_alter_table("channel_rows", schema=None) as batch_op:
        batch_op.create_index("ix_channel_rows_seq", ["stream", "channel", "seq"], unique=False)

    op.create_table(
        "channel_sums",
        sa.Column("stream", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=60), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("xor", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("stream", "channel", name=op.f("pk_channel_sums")),
    )
    op.create_table(
        "count_lines",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("sheet", sa.String(length=36), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=True),
        sa.Column("lpn", sa.String(length=36), nullable=True),
        sa.Column("item", sa.String(length=36), nullable=True),
        sa.Column("lot", sa.String(length=36), nullable=False),
        sa.Column("serial", sa.String(length=36), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_lines")),
    )
    with op.batch_alter_table("count_lines", schema=None) as batch_op:
        batch_op.create_index("ix_count_lines_sheet", ["sheet"], unique=False)

    op.create_table(
        "count_sheets",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("place", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("counter", sa.String(length=36), nullable=True),
        sa.Column("empty", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("eff_at", sa.BigInteger(), nullable=True),
        sa.Column("device", sa.String(length=60), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_sheets")),
    )
    with op.batch_alter_table("count_sheets", schema=None) as batch_op:
        batch_op.create_index("ix_count_sheets_place", ["site", "place"], unique=False)

    op.create_table(
        "customers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint("code", name=op.f("uq_customers_code")),
    )
    op.create_table(
        "devices",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("credential_sha", sa.String(length=64), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("scope_version", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("last_seen", sa.BigInteger(), nullable=True),
        sa.Column("app", sa.String(length=40), nullable=True),
        sa.Column("pending", sa.Integer(), nullable=False),
        sa.Column("persisted", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("credential_sha", name=op.f("uq_devices_credential_sha")),
    )
    op.create_table(
        "enrolment_codes",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_by", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_codes")),
    )
    op.create_table(
        "entries",
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("commit_seq", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("holder_kind", sa.String(length=5), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=36), nullable=False),
        sa.Column("lot", sa.String(length=36), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("eff_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "device",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity <> 0", name=op.f("ck_entries_moves_something")),
        sa.PrimaryKeyConstraint("site", "commit_seq", "n", name=op.f("pk_entries")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index("ix_entries_key", ["holder", "item", "lot", "eff_at"], unique=False)
        batch_op.create_index("ix_entries_operation", ["operation"], unique=False)

    op.create_table(
        "epochs",
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_sha", sa.String(length=64), nullable=False),
        sa.Column("head_seq", sa.BigInteger(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("rotation", sa.String(length=36), nullable=True),
        sa.Column("complete_cut_at", sa.BigInteger(), nullable=True),
        sa.Column("last_eff_at", sa.BigInteger(), nullable=True),
        sa.Column("offset_ms", sa.BigInteger(), nullable=True),
        sa.Column("offset_change_ms", sa.BigInteger(), nullable=False),
        sa.Column("rtt_ms", sa.BigInteger(), nullable=False),
        sa.Column("last_contact", sa.BigInteger(), nullable=True),
        sa.Column("parked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("device", "epoch", name=op.f("pk_epochs")),
    )
    op.create_table(
        "exceptions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("family", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("severity", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("opened_seq", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("resolution", sa.String(length=20), nullable=True),
        sa.Column("resolved_by", sa.String(length=36), nullable=True),
        sa.Column("accepted", sa.JSON(), nullable=True),
        sa.Column("operation", sa.String(length=36), nullable=True),
        sa.Column("device", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exceptions")),
    )
    with op.batch_alter_table("exceptions", schema=None) as batch_op:
        batch_op.create_index("ix_exceptions_state", ["site", "state"], unique=False)
        batch_op.create_index("ix_exceptions_subject", ["subject"], unique=False)

    op.create_table(
        "grants",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    op.create_table(
        "handling_units",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("order", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handling_units")),
    )
    op.create_table(
        "holds",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("subject_kind", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    with op.batch_alter_table("holds", schema=None) as batch_op:
        batch_op.create_index("ix_holds_subject", ["subject"], unique=False)

    op.create_table(
        "horizons",
        sa.Column("stream", sa.String(length=36), nullable=False),
        sa.Column("purged_seq", sa.BigInteger(), nullable=False),
        sa.Column("purged_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_horizons")),
    )
    op.create_table(
        "identifiers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("item", sa.String(length=36), nullable=False),
        sa.Column("packaging", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identifiers")),
    )
    with op.batch_alter_table("identifiers", schema=None) as batch_op:
        batch_op.create_index("ix_identifiers_code", ["code"], unique=False)

    op.create_table(
        "items",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org", sa.String(length=36), nullable=False),
        sa.Column("sku", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("tracking", sa.String(length=6), nullable=False),
        sa.Column("rotation", sa.String(length=4), nullable=False),
        sa.Column("expiry_required", sa.Boolean(), nullable=False),
        sa.Column("min_life_days", sa.Integer(), nullable=False),
        sa.Column("weight_g", sa.Integer(), nullable=False),
        sa.Column("volume_ml", sa.Integer(), nullable=False),
        sa.Column("over_receipt_percent", sa.Integer(), nullable=False),
        sa.Column("packagings", sa.JSON(), nullable=False),
        sa.Column("stocked", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("sku", name=op.f("uq_items_sku")),
    )
    op.create_table(
        "locations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("zone", sa.String(length=36), nullable=True),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.Column("z", sa.Integer(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("only_empty", sa.Boolean(), nullable=False),
        sa.Column("no_mix_item", sa.Boolean(), nullable=False),
        sa.Column("no_mix_lot", sa.Boolean(), nullable=False),
        sa.Column("max_units", sa.Integer(), nullable=True),
        sa.Column("max_weight_g", sa.Integer(), nullable=True),
        sa.Column("max_volume_ml", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locations")),
        sa.UniqueConstraint("site", "code", name=op.f("uq_locations_site_code")),
    )
    with op.batch_alter_table("locations", schema=None) as batch_op:
        batch_op.create_index("ix_locations_kind", ["site", "kind"], unique=False)

    op.create_table(
        "lots",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=True),
        sa.Column("expiry", sa.String(length=10), nullable=True),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("eff_at", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(length=60), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lots")),
    )
    with op.batch_alter_table("lots", schema=None) as batch_op:
        batch_op.create_index("ix_lots_item", ["item"], unique=False)

    op.create_table(
        "operations",
        sa.Column("stream", sa.String(length=36), nullable=False),
        sa.Column("commit_seq", sa.BigInteger(), nullable=False),
        sa.Column("chunk", sa.BigInteger(), nullable=False),
        sa.Column("operation", sa.String(length=36), nullable=True),
        sa.Column("alias", sa.Boolean(), nullable=False),
        sa.Column(
            "device",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("kind_v", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=60), nullable=True),
        sa.Column("cause", sa.String(length=36), nullable=True),
        sa.Column("subject", sa.String(length=160), nullable=True),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("sha", sa.LargeBinary(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=9), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=True),
        sa.Column("eff_at", sa.BigInteger(), nullable=False),
        sa.Column("u", sa.BigInteger(), nullable=False),
        sa.Column("clamped", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("org_seq", sa.BigInteger(), nullable=False),
        sa.Column("rules_v", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "commit_seq", name=op.f("pk_operations")),
        sa.UniqueConstraint(
            "stream", "device", "epoch", "seq", name=op.f("uq_operations_stream_device_epoch_seq")
        ),
    )
    with op.batch_alter_table("operations", schema=None) as batch_op:
        batch_op.create_index("ix_operations_id", ["operation"], unique=False)
        batch_op.create_index("ix_operations_subject", ["subject"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org", sa.String(length=36), nullable=False),
        sa.Column("badge", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("badge", name=op.f("uq_people_badge")),
    )
    op.create_table(
        "pick_lines",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("order_line", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=36), nullable=False),
        sa.Column("lot", sa.String(length=36), nullable=False),
        sa.Column("place", sa.String(length=36), nullable=False),
        sa.Column("place_code", sa.String(length=60), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("picked", sa.BigInteger(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pick_lines")),
    )
    with op.batch_alter_table("pick_lines", schema=None) as batch_op:
        batch_op.create_index("ix_pick_lines_holder", ["site", "holder", "item"], unique=False)
        batch_op.create_index("ix_pick_lines_order_line", ["order_line"], unique=False)
        batch_op.create_index("ix_pick_lines_task", ["task"], unique=False)

    op.create_table(
        "pick_tasks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("order", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=True),
        sa.Column("lease", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pick_tasks")),
    )
    with op.batch_alter_table("pick_tasks", schema=None) as batch_op:
        batch_op.create_index("ix_pick_tasks_order", ["order"], unique=False)

    op.create_table(
        "position_entries",
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("commit_seq", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(length=36), nullable=False),
        sa.Column("unit", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("item", sa.String(length=36), nullable=True),
        sa.Column("what", sa.String(length=6), nullable=False),
        sa.Column("target", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=36), nullable=True),
        sa.Column("eff_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "device",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site", "commit_seq", "n", name=op.f("pk_position_entries")),
    )
    with op.batch_alter_table("position_entries", schema=None) as batch_op:
        batch_op.create_index("ix_position_entries_unit", ["unit"], unique=False)
        batch_op.create_index("ix_position_entries_target", ["target"], unique=False)

    op.create_table(
        "positions",
        sa.Column("unit", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("item", sa.String(length=36), nullable=True),
        sa.Column("place", sa.String(length=36), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("gaps", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit", name=op.f("pk_positions")),
    )
    with op.batch_alter_table("positions", schema=None) as batch_op:
        batch_op.create_index("ix_positions_place", ["place"], unique=False)

    op.create_table(
        "purchase_order_lines",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("order", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=36), nullable=False),
        sa.Column("packaging", sa.String(length=36), nullable=True),
        sa.Column("ordered", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("damaged", sa.BigInteger(), nullable=False),
        sa.Column("missing", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_order_lines")),
    )
    with op.batch_alter_table("purchase_order_lines", schema=None) as batch_op:
        batch_op.create_index("ix_purchase_order_lines_order", ["order"], unique=False)

    op.create_table(
        "purchase_orders",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("supplier", sa.String(length=36), nullable=True),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_orders")),
    )
    op.create_table(
        "putaway_plans",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("lpn", sa.String(length=36), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("item", sa.String(length=36), nullable=True),
        sa.Column("source", sa.String(length=36), nullable=True),
        sa.Column("place", sa.String(length=36), nullable=True),
        sa.Column("place_code", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("alternates", sa.JSON(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_putaway_plans")),
    )
    with op.batch_alter_table("putaway_plans", schema=None) as batch_op:
        batch_op.create_index("ix_putaway_plans_place", ["site", "place"], unique=False)

    op.create_table(
        "reasons",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reasons")),
    )
    op.create_table(
        "sales_order_lines",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("order", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=36), nullable=False),
        sa.Column("ordered", sa.BigInteger(), nullable=False),
        sa.Column("picked", sa.BigInteger(), nullable=False),
        sa.Column("short", sa.BigInteger(), nullable=False),
        sa.Column("refound", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_order_lines")),
    )
    with op.batch_alter_table("sales_order_lines", schema=None) as batch_op:
        batch_op.create_index("ix_sales_order_lines_order", ["order"], unique=False)

    op.create_table(
        "sales_orders",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("customer", sa.String(length=36), nullable=True),
        sa.Column("customer_name", sa.String(length=120), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("placed_at", sa.BigInteger(), nullable=True),
        sa.Column("shipments", sa.Integer(), nullable=False),
        sa.Column("stagings", sa.Integer(), nullable=False),
        sa.Column("back_order_of", sa.String(length=36), nullable=True),
        sa.Column("shipped_at", sa.BigInteger(), nullable=True),
        sa.Column("totes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_orders")),
    )
    with op.batch_alter_table("sales_orders", schema=None) as batch_op:
        batch_op.create_index("ix_sales_orders_status", ["site", "status"], unique=False)

    op.create_table(
        "secrets",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("pin_hash", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secrets")),
        sa.UniqueConstraint("username", name=op.f("uq_secrets_username")),
    )
    op.create_table(
        "serials",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_serials")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=True),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index("ix_sessions_person", ["person"], unique=False)

    op.create_table(
        "sites",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("code", name=op.f("uq_sites_code")),
    )
    op.create_table(
        "streams",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("incarnation", sa.String(length=36), nullable=False),
        sa.Column("commit_seq", sa.BigInteger(), nullable=False),
        sa.Column("masters_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_streams")),
    )
    op.create_table(
        "suppliers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppliers")),
        sa.UniqueConstraint("code", name=op.f("uq_suppliers_code")),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
    )
    op.create_table(
        "try_counters",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_try_counters")),
    )
    op.create_table(
        "voided",
        sa.Column("cause", sa.String(length=36), nullable=False),
        sa.Column("operation", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("cause", name=op.f("pk_voided")),
    )
    op.create_table(
        "zones",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zones")),
    )

    protect()


def downgrade() -> None:
    op.drop_table("zones")
    op.drop_table("voided")
    op.drop_table("try_counters")
    op.drop_table("tokens")
    op.drop_table("suppliers")
    op.drop_table("streams")
    op.drop_table("sites")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index("ix_sessions_person")

    op.drop_table("sessions")
    op.drop_table("serials")
    op.drop_table("secrets")
    with op.batch_alter_table("sales_orders", schema=None) as batch_op:
        batch_op.drop_index("ix_sales_orders_status")

    op.drop_table("sales_orders")
    with op.batch_alter_table("sales_order_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_sales_order_lines_order")

    op.drop_table("sales_order_lines")
    op.drop_table("reasons")
    with op.batch_alter_table("putaway_plans", schema=None) as batch_op:
        batch_op.drop_index("ix_putaway_plans_place")

    op.drop_table("putaway_plans")
    op.drop_table("purchase_orders")
    with op.batch_alter_table("purchase_order_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_purchase_order_lines_order")

    op.drop_table("purchase_order_lines")
    with op.batch_alter_table("positions", schema=None) as batch_op:
        batch_op.drop_index("ix_positions_place")

    op.drop_table("positions")
    with op.batch_alter_table("position_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_position_entries_unit")
        batch_op.drop_index("ix_position_entries_target")

    op.drop_table("position_entries")
    with op.batch_alter_table("pick_tasks", schema=None) as batch_op:
        batch_op.drop_index("ix_pick_tasks_order")

    op.drop_table("pick_tasks")
    with op.batch_alter_table("pick_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_pick_lines_task")
        batch_op.drop_index("ix_pick_lines_order_line")
        batch_op.drop_index("ix_pick_lines_holder")

    op.drop_table("pick_lines")
    op.drop_table("people")
    with op.batch_alter_table("operations", schema=None) as batch_op:
        batch_op.drop_index("ix_operations_subject")
        batch_op.drop_index("ix_operations_id")

    op.drop_table("operations")
    with op.batch_alter_table("lots", schema=None) as batch_op:
        batch_op.drop_index("ix_lots_item")

    op.drop_table("lots")
    with op.batch_alter_table("locations", schema=None) as batch_op:
        batch_op.drop_index("ix_locations_kind")

    op.drop_table("locations")
    op.drop_table("items")
    with op.batch_alter_table("identifiers", schema=None) as batch_op:
        batch_op.drop_index("ix_identifiers_code")

    op.drop_table("identifiers")
    with op.batch_alter_table("holds", schema=None) as batch_op:
        batch_op.drop_index("ix_holds_subject")

    op.drop_table("holds")
    op.drop_table("handling_units")
    op.drop_table("grants")
    with op.batch_alter_table("exceptions", schema=None) as batch_op:
        batch_op.drop_index("ix_exceptions_subject")
        batch_op.drop_index("ix_exceptions_state")

    op.drop_table("exceptions")
    op.drop_table("epochs")
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index("ix_entries_operation")
        batch_op.drop_index("ix_entries_key")

    op.drop_table("entries")
    op.drop_table("enrolment_codes")
    op.drop_table("devices")
    op.drop_table("customers")
    with op.batch_alter_table("count_sheets", schema=None) as batch_op:
        batch_op.drop_index("ix_count_sheets_place")

    op.drop_table("count_sheets")
    with op.batch_alter_table("count_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_count_lines_sheet")

    op.drop_table("count_lines")
    op.drop_table("channel_sums")
    with op.batch_alter_table("channel_rows", schema=None) as batch_op:
        batch_op.drop_index("ix_channel_rows_seq")

    op.drop_table("channel_rows")
    with op.batch_alter_table("balances", schema=None) as batch_op:
        batch_op.drop_index("ix_balances_item")
        batch_op.drop_index(
            "ix_balances_below_zero",
            sqlite_where=sa.text("quantity < 0"),
            postgresql_where=sa.text("quantity < 0"),
        )

    op.drop_table("balances")
    op.drop_table("asns")
    with op.batch_alter_table("asn_units", schema=None) as batch_op:
        batch_op.drop_index("ix_asn_units_asn")

    op.drop_table("asn_units")
    with op.batch_alter_table("asn_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_asn_lines_asn")

    op.drop_table("asn_lines")
    op.drop_table("announced_returns")
    with op.batch_alter_table("anchors", schema=None) as batch_op:
        batch_op.drop_index("ix_anchors_holder")

    op.drop_table("anchors")
    op.drop_table("anchored_units")
    with op.batch_alter_table("aliases", schema=None) as batch_op:
        batch_op.drop_index("ix_aliases_code")

    op.drop_table("horizons")
    op.drop_table("aliases")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
