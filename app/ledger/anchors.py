"""Approved counts as anchors in time (sync.md §7).

Invariant A: the entries of a counted key up to just after the count sum to what was counted,
whatever arrives later.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from sqlalchemy import bindparam, func, insert, or_, select, tuple_
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

    What one anchor takes or gives is book for the following one. Only the nearest changes the
    quantity; the others at most the split. However many there are, the ledger is read once.
    A new anchor (`adjusting`) changes nothing any more once what it and those after it have
    posted cancels out: what follows was content with the book as it is.
    """
    anchors = _anchors(session, key, since)
    net: Counter[str] = Counter()
    for anchor, book, posted in _walked(session, key, [moment for moment, _, _ in anchors]):
        at, holder_kind, counted = anchors[anchor]
        kind: PostingKind = (
            "adjust" if adjusting and not posted and at[:4] == since[:4] else "restate"
        )
        holder = Holder(holder_kind, key.holder)
        for status, quantity in corrections(book, posted, counted).items():
            posted[status] = posted.get(status, 0) + quantity
            net[status] += quantity
            yield (
                Posting(place(variance), holder, key.item, key.lot, quantity, status, kind),
                at,
            )
        if adjusting and not any(net.values()):
            return


def _walked(
    session: Session, key: CountKey, moments: Sequence[EffKey]
) -> Iterator[tuple[int, dict[str, int], dict[str, int]]]:
    """Yield per anchor what was booked before it and what it posted itself.

    What is added to the latter meanwhile is book for the next.
    """
    if not moments:
        return
    book, posted = _sums(session, key, moments[0])
    yield 0, book, posted
    later = iter(_later(session, key, moments[0], moments[-1]) if len(moments) > 1 else ())
    entry = next(later, None)
    for n, at in enumerate(moments[1:], start=1):
        book = _added(book, posted)
        posted = {}
        while entry is not None and entry[0] <= at:
            moment, status, total = entry
            into = posted if moment == at else book
            into[status] = into.get(status, 0) + total
            entry = next(later, None)
        yield n, book, posted


def _added(book: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return {each: book.get(each, 0) + more.get(each, 0) for each in {**book, **more}}


def _later(
    session: Session, key: CountKey, at: EffKey, until: EffKey
) -> list[tuple[EffKey, str, int]]:
    """Return what was booked after a moment, summed up per moment and status, in order."""
    mine = {"holder": key.holder, "item": key.item, "lot": key.lot, **at._asdict()}
    rows = _AFTER.rows(session, **mine, until=until.eff_at)
    return [(EffKey(*moment), status, int(total)) for *moment, status, total in rows]


def _kind(text: str) -> HolderKind:
    return "lpn" if text == "lpn" else "place"


def _anchors(
    session: Session, key: CountKey, since: EffKey
) -> list[tuple[EffKey, HolderKind, int]]:
    """Return the anchors of a key from a moment on: when, of what, how much was counted."""
    rows = _ANCHORS.rows(session, holder=key.holder, item=key.item, since=since.eff_at)
    whole: dict[str, tuple[EffKey, HolderKind]] = {}
    counted: dict[str, int] = {}
    for sheet, item, lot, quantity, kind, *moment in rows:
        if item == "":
            whole[sheet] = (EffKey(*moment)._replace(part=1), _kind(kind))
        elif lot == key.lot:
            counted[sheet] = quantity
    return sorted(
        (at, kind, counted.get(sheet, 0)) for sheet, (at, kind) in whole.items() if at >= since
    )


def _sums(session: Session, key: CountKey, at: EffKey) -> tuple[dict[str, int], dict[str, int]]:
    """Sum per status what was booked before the count, and what the count itself posted."""
    mine = {"holder": key.holder, "item": key.item, "lot": key.lot, **at._asdict()}
    before, own = _BEFORE.rows(session, **mine), _OWN.rows(session, **mine)
    return (
        {status: int(total) for status, total in before},
        {status: int(total) for status, total in own},
    )


def book_before(session: Session, key: CountKey, at: EffKey) -> int:
    """Return B(k, x): what the book said at the moment of counting, as known now."""
    book, _ = _sums(session, key, at._replace(part=0))
    return sum(book.values())


_MOMENT = (Entry.eff_at, Entry.device, Entry.epoch, Entry.seq, Entry.part)
_AT = tuple_(*(bindparam(column.key, type_=column.type) for column in _MOMENT))
_MINE = (
    Entry.holder == bindparam("holder"),
    Entry.item == bindparam("item"),
    Entry.lot == bindparam("lot"),
)
_OF_KEY = select(Entry.status, func.sum(Entry.quantity)).where(*_MINE).group_by(Entry.status)
_BEFORE = Prepared(_OF_KEY.where(tuple_(*_MOMENT) < _AT))
_OWN = Prepared(_OF_KEY.where(tuple_(*_MOMENT) == _AT))
_AFTER = Prepared(
    select(*_MOMENT, Entry.status, func.sum(Entry.quantity))
    .where(
        *_MINE,
        tuple_(*_MOMENT) > _AT,
        Entry.eff_at <= bindparam("until", type_=Entry.eff_at.type),
    )
    .group_by(*_MOMENT, Entry.status)
    .order_by(*_MOMENT)
)
_ANCHORS = Prepared(
    select(
        Anchor.sheet, Anchor.item, Anchor.lot, Anchor.counted, Anchor.holder_kind,
        Anchor.eff_at, Anchor.device, Anchor.epoch, Anchor.seq,
    ).where(
        Anchor.holder == bindparam("holder"),
        or_(Anchor.item == bindparam("item"), Anchor.item == ""),
        Anchor.eff_at >= bindparam("since", type_=Anchor.eff_at.type),
    )
)  # fmt: skip
