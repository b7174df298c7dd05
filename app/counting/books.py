"""What a sheet says beside what the book said at that moment, as known now."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.models import CountLine, CountSheet
from app.kernel.values import value
from app.ledger.anchors import Anchored, book_before
from app.ledger.models import Entry
from app.ledger.positions import standing_before
from app.ledger.postings import CountKey


@value
class Compared:
    """One key of a count: what was seen of it, and what was booked just before."""

    key: CountKey
    anchored: Anchored
    counted: int
    book: int


def lines_in(session: Session, sheet: CountSheet) -> list[CountLine]:
    """Return what a sheet says, without what was called off."""
    return list(
        session.scalars(
            select(CountLine).where(CountLine.sheet == sheet.id, CountLine.voided.is_(False))
        )
    )


def compared(session: Session, anchors: tuple[Anchored, ...]) -> list[Compared]:
    """Compare every key that a sheet speaks about; nothing there and nothing booked is no line."""
    found = []
    for anchored in anchors:
        for key, counted in sorted(_keys(session, anchored).items()):
            book = book_before(session, key, anchored.key)
            if book or counted:
                found.append(Compared(key, anchored, counted, book))
    return found


@value
class Stray:
    """A unit that was seen and is not booked there, or is booked there and was not seen."""

    unit: str
    seen: bool


def strays(session: Session, anchors: tuple[Anchored, ...]) -> list[Stray]:
    """Compare the units that a sheet lists with those that stood there at that moment."""
    found = []
    for anchored in anchors:
        seen = set(anchored.units)
        booked = standing_before(session, anchored.holder.id, anchored.key)
        found += [Stray(unit, unit in seen) for unit in sorted(seen ^ booked)]
    return found


def _keys(session: Session, anchored: Anchored) -> dict[CountKey, int]:
    """Every key the sheet speaks about: what it lists, and zero for what it does not."""
    holder = anchored.holder.id
    keys: dict[CountKey, int] = defaultdict(int)
    known = session.execute(select(Entry.item, Entry.lot).where(Entry.holder == holder).distinct())
    for item, lot in known:
        keys[CountKey(holder, item, lot)] = 0
    for (item, lot), counted in anchored.counted.items():
        keys[CountKey(holder, item, lot)] = counted
    return keys
