"""Whom a bin may be offered to for counting: not who counted it last, not who knows the book."""

from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import datetime, timedelta

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.documents.models import CountSheet
from app.kernel.values import value
from app.stock.shown import shown_since

BY_ITSELF = "system"  # who approved what left nothing to judge
UNTOLD = timedelta(days=1)


@value
class Known:
    """What is known of a bin: its sheets that wait, its last count, and who was shown its book."""

    counters: Collection[str]  # whose counts of it are undecided, or were rejected since
    counted_at: datetime | None  # when it was last anchored by an approved count
    shown: Mapping[str, datetime] = field(default_factory=dict)


def may_count(person: str, known: Known) -> bool:
    """A recount is another person's; whoever was shown the book since the last count knows it."""
    if person in known.counters:
        return False
    shown = known.shown.get(person)
    return shown is None or (known.counted_at is not None and shown <= known.counted_at)


def not_for(known: Known) -> list[str]:
    """Name whom a bin is not offered to."""
    named = {*known.counters, *known.shown}
    return sorted(person for person in named if not may_count(person, known))


def known_of(
    session: Session,
    site: str,
    place: str,
    but: Collection[str] = (),
    asked_at: datetime | None = None,
) -> Known:
    """Look up what `may_count` asks for; `but` = sheets that are left out of it."""
    counters, counted_at = counted(session, site, place, but, asked_at)
    return Known(counters, counted_at, shown_since(session, site, place))


def counted(
    session: Session,
    site: str,
    place: str,
    but: Collection[str] = (),
    asked_at: datetime | None = None,
) -> tuple[frozenset[str], datetime | None]:
    """Say whose counts of a place do not stand (yet), and when it was last anchored.

    What the system approved by itself it approved at once and because the book agreed: to whom the
    place is offered must not tell that, so for a day such a count passes for undecided.
    """
    rows = session.execute(
        select(
            CountSheet.id,
            CountSheet.counter,
            CountSheet.state,
            CountSheet.eff_at,
            CountSheet.decided_by,
        )
        .where(CountSheet.site == site, CountSheet.place == place)
        .order_by(CountSheet.eff_at)
    ).all()
    sheets = [row for row in rows if row.id not in but]
    standing = {row.id: row.eff_at for row in sheets if _stands(row, asked_at)}
    counted_at = max(standing.values(), default=None)
    since = [
        row.counter
        for row in sheets
        if row.counter
        and row.id not in standing
        and (not counted_at or not row.eff_at or row.eff_at > counted_at)
    ]
    return frozenset(since), counted_at


def _stands(
    row: Row[str, str | None, str, datetime | None, str | None], asked_at: datetime | None
) -> bool:
    if row.state != "approved" or row.eff_at is None:
        return False
    fresh: bool = asked_at is not None and row.eff_at > asked_at - UNTOLD
    return not (fresh and row.decided_by == BY_ITSELF)
