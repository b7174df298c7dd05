"""Who was shown the book of which place: whoever knows it does not count there."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base, Instant, snapshot, writing

EVERYWHERE = "*"  # a file of all places
AGAIN = timedelta(minutes=1)  # a screen that refreshes itself is not written down each time


class BookShown(Base):
    """When somebody was last shown what should lie in a place."""

    __tablename__ = "book_shown"

    person: Mapped[str] = mapped_column(String(36), primary_key=True)
    place: Mapped[str] = mapped_column(String(36), primary_key=True)
    site: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime] = mapped_column(Instant)


def note_shown(site: str, person: str, places: Collection[str], at: datetime) -> set[str]:
    """Write down that somebody reads these quantities, before the answer leaves; return which."""
    with snapshot() as session:
        rows = session.execute(
            select(BookShown.place).where(BookShown.person == person, BookShown.at > at - AGAIN)
        )
        known = {place for (place,) in rows}
    fresh = set(places) - known
    if fresh:
        with writing(site) as session:
            for place in sorted(fresh):
                session.merge(BookShown(person=person, place=place, site=site, at=at))
    return fresh


def shown_since(session: Session, site: str, place: str) -> dict[str, datetime]:
    """Say who was shown the book of a place, and when last."""
    rows = session.execute(
        select(BookShown.person, BookShown.at)
        .where(BookShown.site == site, BookShown.place.in_((place, EVERYWHERE)))
        .order_by(BookShown.at)
    )
    return {row.person: row.at for row in rows}
