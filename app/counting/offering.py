"""Whom a bin may be offered to for counting: not who counted it last, not who knows the book."""

from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.models import CountSheet
from app.kernel.values import value
from app.stock.shown import shown_since


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


def known_of(session: Session, site: str, place: str) -> Known:
    """Look up what `may_count` asks for."""
    sheets = session.execute(
        select(CountSheet.counter, CountSheet.state, CountSheet.eff_at)
        .where(CountSheet.site == site, CountSheet.place == place)
        .order_by(CountSheet.eff_at)
    ).all()
    approved = [eff_at for _, state, eff_at in sheets if state == "approved" and eff_at]
    counted_at = max(approved) if approved else None
    since = [
        counter
        for counter, state, eff_at in sheets
        if counter and state != "approved" and (not counted_at or not eff_at or eff_at > counted_at)
    ]
    return Known(frozenset(since), counted_at, shown_since(session, site, place))
