"""Approved counts as anchors in time (sync.md §7).

Invariant A: the entries of a counted key up to just after the count sum to what was counted,
whatever arrives later.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import field

from sqlalchemy import bindparam, func, insert, literal, select, tuple_
from sqlalchemy.orm import Session

from app.among import among_named, keys_text
from app.kernel.values import value
from app.ledger.counts import corrections
from app.ledger.models import Anchor, AnchoredUnit, Entry, PositionEntry
from app.ledger.postings import CountKey, EffKey, Holder, HolderKind, Posting, PostingKind, place
from app.rows.prepared import Prepared

ANCHORED_SINCE = Prepared(
    select(Anchor.holder)
    .where(
        among_named(Anchor.holder, "holders"),
        Anchor.item == "",
        Anchor.eff_at >= bindparam("earliest"),
    )
    .distinct()
)


@value
class Anchored:
    """What an approved sheet says of one holder. Goods not listed are counted as zero."""

    sheet: str
    holder: Holder
    key: EffKey
    counted: Mapping[tuple[str, str], int] = field(default_factory=dict)
    units: tuple[str, ...] = ()


def write(session: Session, site: str, anchored: Anchored) -> set[CountKey]:
    """Store the anchor; returns every key it speaks about, listed or not."""
    base = {
        "sheet": anchored.sheet,
        "holder": anchored.holder.id,
        "site": site,
        "holder_kind": anchored.holder.kind,
        "eff_at": anchored.key.eff_at,
        "device": anchored.key.device,
        "epoch": anchored.key.epoch,
        "seq": anchored.key.seq,
    }
    rows = [{**base, "item": "", "lot": "", "counted": 0}]
    rows += [
        {**base, "item": item, "lot": lot, "counted": quantity}
        for (item, lot), quantity in sorted(anchored.counted.items())
    ]
    session.execute(insert(Anchor), rows)
    if anchored.units:
        session.execute(
            insert(AnchoredUnit),
            [
                {"sheet": anchored.sheet, "holder": anchored.holder.id, "unit": unit}
                for unit in sorted(set(anchored.units))
            ],
        )
    known = session.execute(
        select(Entry.item, Entry.lot).where(Entry.holder == anchored.holder.id).distinct()
    )
    keys = {CountKey(anchored.holder.id, item, lot) for item, lot in known}
    return keys | {CountKey(anchored.holder.id, item, lot) for item, lot in anchored.counted}


def units_of(session: Session, anchored: Anchored) -> set[str]:
    """Name the units whose story the count changes: those seen, and those not seen."""
    seen_there = session.scalars(
        select(PositionEntry.unit).where(PositionEntry.target == anchored.holder.id).distinct()
    )
    return set(seen_there) | set(anchored.units)


def holders_anchored_after(session: Session, since: Mapping[str, EffKey]) -> set[str]:
    """Of these holders, name those with an approved count at or after the given moment."""
    if not since:
        return set()
    earliest = min(key.eff_at for key in since.values())
    rows = ANCHORED_SINCE.rows(session, holders=keys_text(since), earliest=earliest)
    return {holder for (holder,) in rows}


def demands(
    session: Session, key: CountKey, since: EffKey, variance: str, *, adjusting: bool
) -> Iterator[tuple[Posting, EffKey]]:
    """Yield what the anchors of a key demand, oldest first.

    The caller posts each before asking for the next: what one anchor takes or gives is book for
    the following one. Only the nearest changes the quantity; the others at most the split.
    """
    for anchor, counted in _anchors(session, key, since):
        at = EffKey(anchor.eff_at, anchor.device, anchor.epoch, anchor.seq, 1)
        book, posted = _sums(session, key, at)
        kind: PostingKind = (
            "adjust" if adjusting and not posted and at[:4] == since[:4] else "restate"
        )
        holder = Holder(_kind(anchor.holder_kind), key.holder)
        for status, quantity in corrections(book, posted, counted).items():
            yield (
                Posting(place(variance), holder, key.item, key.lot, quantity, status, kind),
                at,
            )


def _kind(text: str) -> HolderKind:
    return "lpn" if text == "lpn" else "place"


def _anchors(session: Session, key: CountKey, since: EffKey) -> list[tuple[Anchor, int]]:
    rows = session.scalars(
        select(Anchor).where(Anchor.holder == key.holder, Anchor.eff_at >= since.eff_at)
    )
    whole: dict[str, Anchor] = {}
    counted: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.item == "":
            whole[row.sheet] = row
        elif (row.item, row.lot) == (key.item, key.lot):
            counted[row.sheet] = row.counted
    ordered = sorted(whole.values(), key=lambda a: EffKey(a.eff_at, a.device, a.epoch, a.seq, 0))
    return [
        (anchor, counted.get(anchor.sheet, 0))
        for anchor in ordered
        if EffKey(anchor.eff_at, anchor.device, anchor.epoch, anchor.seq, 1) >= since
    ]


def _sums(session: Session, key: CountKey, at: EffKey) -> tuple[dict[str, int], dict[str, int]]:
    """Sum per status what was booked before the count, and what the count itself posted."""
    columns = tuple_(Entry.eff_at, Entry.device, Entry.epoch, Entry.seq, Entry.part)
    mine = (Entry.holder == key.holder, Entry.item == key.item, Entry.lot == key.lot)
    before = session.execute(
        select(Entry.status, func.sum(Entry.quantity))
        .where(*mine, columns < tuple_(*_bound(at)))
        .group_by(Entry.status)
    )
    own = session.execute(
        select(Entry.status, func.sum(Entry.quantity))
        .where(*mine, columns == tuple_(*_bound(at)))
        .group_by(Entry.status)
    )
    return (
        {status: int(total) for status, total in before},
        {status: int(total) for status, total in own},
    )


def _bound(at: EffKey) -> tuple[object, ...]:
    return (
        literal(at.eff_at, Entry.eff_at.type),
        literal(at.device, Entry.device.type),
        literal(at.epoch),
        literal(at.seq),
        literal(at.part),
    )


def book_before(session: Session, key: CountKey, at: EffKey) -> int:
    """Return B(k, x): what the book said at the moment of counting, as known now."""
    book, _ = _sums(session, key, at._replace(part=0))
    return sum(book.values())
