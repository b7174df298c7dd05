"""The pen. Writes entries, keeps balances and positions true to them, restates after counts.

Only the pipeline calls this, once a chunk, so that everything is written in bulk.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.kernel.values import value
from app.ledger import anchors as anchoring
from app.ledger.models import Balance, Entry, PositionEntry
from app.ledger.positions import refold, standing_in
from app.ledger.postings import CountKey, EffKey, OpenBooks, Position, Posting, StockKey
from app.rows import bulk

LEDGER: Any = Entry.__table__
SIGHTINGS: Any = PositionEntry.__table__
STOCK: Any = Balance.__table__
ADD = "(holder, item, lot, status) DO UPDATE SET quantity = balances.quantity + excluded.quantity"


@value
class Booking:
    """What one operation brings to the ledger."""

    operation: str
    commit_seq: int
    key: EffKey
    recorded_at: datetime
    postings: tuple[Posting, ...] = ()
    positions: tuple[Position, ...] = ()
    position_key: EffKey | None = None
    anchors: tuple[anchoring.Anchored, ...] = ()


@dataclass
class Moved:
    """What a chunk touched, for those who derive something from it."""

    keys: set[CountKey] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


@dataclass
class Page:
    """The rows of a chunk before they are written."""

    site: str
    books: OpenBooks | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def post(self, booking: Booking, posting: Posting, key: EffKey) -> None:
        """Write both sides: what leaves is negative, what arrives positive."""
        n, source, target = self.numbers[booking.commit_seq], posting.source, posting.target
        books = self.books
        left = {
            "site": self.site,
            "commit_seq": booking.commit_seq,
            "n": n,
            "operation": booking.operation,
            "kind": posting.kind,
            "holder_kind": source.kind,
            "holder": source.id,
            "item": posting.item,
            "lot": posting.lot,
            "status": posting.status,
            "quantity": -posting.quantity,
            "eff_at": key.eff_at,
            "device": key.device,
            "epoch": key.epoch,
            "seq": key.seq,
            "part": key.part,
            "recorded_at": booking.recorded_at,
            "posting_date": books.first_day if books and key.eff_at < books.opens_at else None,
        }
        came = {"holder_kind": target.kind, "holder": target.id, "quantity": posting.quantity}
        self.rows += (left, {**left, **came, "n": n + 1})
        self.numbers[booking.commit_seq] = n + 2


def write(
    session: Session,
    site: str,
    variance: str,
    supplier: str,
    bookings: Sequence[Booking],
    refold_units: Iterable[str] = (),
    books: OpenBooks | None = None,
) -> Moved:
    """Write a chunk's bookings; returns what they touched."""
    page = Page(site, books)
    for booking in bookings:
        for posting in booking.postings:
            page.post(booking, posting, booking.key)
    _insert_entries(session, page.rows)
    moved = _moved(page.rows)
    moved.units |= _insert_positions(session, site, bookings) | set(refold_units)
    _anchor(session, site, variance, bookings, page, moved)
    carriers = moved.units | {row["holder"] for row in page.rows if row["holder_kind"] == "lpn"}
    moved.places |= standing_in(session, carriers)
    if moved.units:
        refold(session, site, variance, supplier, moved.units)
        moved.places |= standing_in(session, moved.units)
    return moved


def _insert_entries(session: Session, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    bulk.insert(session, LEDGER, rows)
    deltas: dict[StockKey, dict[str, Any]] = {}
    for row in rows:
        key = StockKey(row["holder"], row["item"], row["lot"], row["status"])
        if key in deltas:
            deltas[key]["quantity"] += row["quantity"]
        else:
            deltas[key] = row.copy()  # an entry says all that a balance says, and more
    # One order for everybody: no deadlocks.
    bulk.insert(session, STOCK, [deltas[key] for key in sorted(deltas)], ADD)


def _insert_positions(session: Session, site: str, bookings: Sequence[Booking]) -> set[str]:
    rows: list[dict[str, Any]] = []
    for booking in bookings:
        key = booking.position_key or booking.key
        for n, position in enumerate(booking.positions):
            rows.append(
                {
                    "site": site,
                    "commit_seq": booking.commit_seq,
                    "n": n,
                    "operation": booking.operation,
                    "unit": position.unit,
                    "kind": position.kind,
                    "item": position.item,
                    "what": position.what,
                    "target": position.target,
                    "source": position.source,
                    "eff_at": key.eff_at,
                    "device": key.device,
                    "epoch": key.epoch,
                    "seq": key.seq,
                    "part": key.part,
                }
            )
    if rows:
        bulk.insert(session, SIGHTINGS, rows)
    return {row["unit"] for row in rows}


def _anchor(
    session: Session,
    site: str,
    variance: str,
    bookings: Sequence[Booking],
    page: Page,
    moved: Moved,
) -> None:
    """Post what approved counts demand: for new anchors, and for facts that came late."""
    affected: dict[CountKey, tuple[EffKey, Booking]] = {}
    for booking in bookings:
        for anchored in booking.anchors:
            for key in anchoring.write(session, site, anchored):
                affected[key] = (anchored.key, booking)
            moved.units |= anchoring.units_of(session, anchored)
    if moved.keys:
        _affected_by_late_facts(session, bookings, affected)
    for key, (since, booking) in sorted(affected.items(), key=lambda pair: pair[0]):
        start = len(page.rows)
        adjusting = bool(booking.anchors)
        for posting, at in anchoring.demands(session, key, since, variance, adjusting=adjusting):
            page.post(booking, posting, at)
            fresh = page.rows[start:]
            _insert_entries(session, fresh)
            touched = _moved(fresh)
            moved.keys |= touched.keys
            moved.places |= touched.places
            start = len(page.rows)


def _affected_by_late_facts(
    session: Session,
    bookings: Sequence[Booking],
    affected: dict[CountKey, tuple[EffKey, Booking]],
) -> None:
    since: dict[str, EffKey] = {}
    for booking in bookings:
        for posting in booking.postings:
            for holder in (posting.source.id, posting.target.id):
                if holder not in since or booking.key < since[holder]:
                    since[holder] = booking.key
    anchored = anchoring.holders_anchored_after(session, since)
    for key, cause in _earliest(bookings, anchored).items():
        affected.setdefault(key, cause)


def _earliest(
    bookings: Sequence[Booking], holders: set[str]
) -> dict[CountKey, tuple[EffKey, Booking]]:
    earliest: dict[CountKey, tuple[EffKey, Booking]] = {}
    for booking in bookings:
        for posting in booking.postings:
            for holder in {posting.source.id, posting.target.id} & holders:
                key = CountKey(holder, posting.item, posting.lot)
                if key not in earliest or booking.key < earliest[key][0]:
                    earliest[key] = (booking.key, booking)
    return earliest


def _moved(rows: list[dict[str, Any]]) -> Moved:
    moved = Moved()
    for row in rows:
        moved.keys.add(CountKey(row["holder"], row["item"], row["lot"]))
        if row["holder_kind"] == "place":
            moved.places.add(row["holder"])
    return moved
