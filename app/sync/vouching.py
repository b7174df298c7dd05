"""Work without a proven person is confirmed by that person's next sign-in (sync.md §10)."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.correcting.operations.confirm_actor import UNVERIFIED
from app.db import Instant, snapshot
from app.documents.models import CountSheet
from app.kernel.clock import micros
from app.people.models import Grant, LoginSession
from app.pipeline.models import OpenException, StoredOperation
from app.pipeline.office import Author, Request, submit
from app.pipeline.operation import Playbook

MOST = 50  # doubts of one look; the rest has its turn at the next


def confirm_who_signed_in(playbook: Playbook, author: Author) -> list[tuple[str, str | None]]:
    """Confirm what was done before somebody signed in; returns settled sheets among it."""
    with snapshot() as session:
        due = list(_due(session, str(author.site)))
    confirmed = []
    for row, through in due:
        asked = {"exception": row.id, "through": micros(through)}
        request = Request("system.confirm_actor", asked, cause=row.operation)
        if submit(playbook, author, request).outcome == "applied":
            confirmed.append(row)
    with snapshot() as session:
        return [sheet for row in confirmed for sheet in _settled(session, row)]


def _due(session: Session, site: str) -> Iterator[tuple[OpenException, datetime]]:
    doubts = session.scalars(
        select(OpenException)
        .where(
            OpenException.site == site,
            OpenException.state == "open",
            OpenException.code == UNVERIFIED,
        )
        .order_by(OpenException.id)
        .limit(MOST)
    ).all()
    for row in doubts:
        signed_in, last = _signed_in(session, _actor(row)), _last(session, row)
        if signed_in is not None and last is not None and last <= signed_in:
            yield row, signed_in


def _actor(row: OpenException) -> str:
    return row.subject.partition("|")[0]


def _signed_in(session: Session, person: str) -> datetime | None:
    """Say when somebody last proved who they are: on a handheld, or at a desk."""
    moments = [
        session.scalar(select(func.max(when, type_=Instant)).where(whose == person))
        for whose, when in (
            (Grant.person, Grant.issued_at),
            (LoginSession.person, LoginSession.created_at),
        )
    ]
    return max((moment for moment in moments if moment), default=None)


def _last(session: Session, row: OpenException) -> datetime | None:
    """Say when they last worked without a proof."""
    rows = session.execute(
        select(StoredOperation.eff_at, StoredOperation.codes).where(
            StoredOperation.stream == row.site,
            StoredOperation.device == row.device,
            StoredOperation.actor == _actor(row),
            StoredOperation.commit_seq >= row.opened_seq,
            StoredOperation.outcome == "flagged",
        )
    )
    return max((at for at, codes in rows if UNVERIFIED in codes), default=None)


def _settled(session: Session, row: OpenException) -> list[tuple[str, str | None]]:
    """Name the counts that may have waited for nothing else, and what asked about them."""
    sheets = session.scalars(
        select(CountSheet.id)
        .where(
            CountSheet.site == row.site,
            CountSheet.state == "finished",
            CountSheet.counter == _actor(row),
            CountSheet.device == row.device,
            CountSheet.settled_through.is_not(None),
        )
        .order_by(CountSheet.id)
    )
    return [(sheet, row.operation) for sheet in sheets]
