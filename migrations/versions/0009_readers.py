"""Fixed RFID readers: antennas, reads, visits."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _readers()
    _visits()
    _reads()


def downgrade() -> None:
    for table in (
        "reader_contacts",
        "tag_tracks",
        "tag_reads",
        "tag_visits",
        "read_points",
        "rfid_readers",
    ):
        op.drop_table(table)


def _readers() -> None:
    op.create_table(
        "rfid_readers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("token_sha", sa.String(length=64), nullable=False),
        sa.Column("registered_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rfid_readers"),
        sa.UniqueConstraint("token_sha", name="uq_rfid_readers_token_sha"),
    )
    op.create_index("ix_rfid_readers_site", "rfid_readers", ["site", "name"])
    op.create_table(
        "read_points",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("reader", sa.String(length=36), nullable=False),
        sa.Column("antenna", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=36), nullable=True),
        sa.Column("meaning", sa.String(length=8), nullable=False),
        sa.Column("side", sa.String(length=7), nullable=True),
        sa.Column("gate", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_read_points"),
    )
    op.create_index("ix_read_points_reader", "read_points", ["reader"])
    op.create_index("ix_read_points_gate", "read_points", ["gate"])
    op.create_table(
        "reader_contacts",
        sa.Column("reader", sa.String(length=36), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("accepted", sa.BigInteger(), nullable=False),
        sa.Column("duplicates", sa.BigInteger(), nullable=False),
        sa.Column("bad", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("reader", name="pk_reader_contacts"),
    )


def _visits() -> None:
    op.create_table(
        "tag_visits",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("reader", sa.String(length=36), nullable=False),
        sa.Column("gate", sa.String(length=36), nullable=False),
        sa.Column("place", sa.String(length=36), nullable=False),
        sa.Column("meaning", sa.String(length=8), nullable=False),
        sa.Column("tag", sa.String(length=128), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("reads", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=7), nullable=False),
        sa.Column("kind", sa.String(length=7), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=True),
        sa.Column("item", sa.String(length=36), nullable=True),
        sa.Column("code", sa.String(length=80), nullable=True),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("settled_by", sa.String(length=60), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_tag_visits"),
    )
    op.create_index("ix_tag_visits_state", "tag_visits", ["site", "state", "last_at"])
    op.create_index("ix_tag_visits_gate", "tag_visits", ["gate", "tag", "last_at"])
    op.create_index("ix_tag_visits_subject", "tag_visits", ["subject", "last_at"])


def _reads() -> None:
    op.create_table(
        "tag_reads",
        sa.Column("reader", sa.String(length=36), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("gate", sa.String(length=36), nullable=True),
        sa.Column("tag", sa.String(length=128), nullable=False),
        sa.Column("antenna", sa.Integer(), nullable=False),
        sa.Column("rssi", sa.Integer(), nullable=True),
        sa.Column("reads", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("reader", "stamp", "key", name="pk_tag_reads"),
    )
    op.create_index("ix_tag_reads_gate", "tag_reads", ["gate", "tag", "at"])
    op.create_index("ix_tag_reads_arrived_at", "tag_reads", ["arrived_at"])
    op.create_table(
        "tag_tracks",
        sa.Column("gate", sa.String(length=36), nullable=False),
        sa.Column("tag", sa.String(length=128), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("pending", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("told_from", sa.BigInteger(), nullable=True),
        sa.Column("told_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("gate", "tag", name="pk_tag_tracks"),
    )
    op.create_index("ix_tag_tracks_pending", "tag_tracks", ["pending", "arrived_at"])
