"""What the system does by itself because time has passed: settle, have counted again, approve.

It reads the clock here, once a look; the operations that follow say what they were told.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.counting.contesting import contested, is_contested
from app.counting.passing import passes
from app.counting.settling import DOUBT_ENDS, SHEET_ENDS, ZONE_OF_DOUBT, settling, unsettled
from app.db import snapshot
from app.documents.models import CountSheet
from app.kernel.clock import micros, now
from app.kernel.values import value
from app.locations.models import Location, Site
from app.pipeline.models import OpenException, StoredOperation
from app.pipeline.office import Author, Request, submit
from app.pipeline.operation import Playbook
from app.sync.holding import journals
from app.sync.vouching import confirm_who_signed_in
from app.sync.watermarks import Zone, watermark

MOST = 50  # sheets of one look; the rest has its turn at the next


@value
class Waiting:
    """Something that settles when everything up to `ends` is known; `sheet` if it is a count."""

    zone: Zone
    ends: int  # microseconds since 1970
    cause: str | None
    sheet: str | None = None


def settle_everywhere(playbook: Playbook) -> None:
    """Look at every site once."""
    with snapshot() as session:
        sites = session.execute(select(Site.id, Site.org).order_by(Site.id)).all()
    for site, org in sites:
        settle_site(playbook, org, site)


def settle_site(playbook: Playbook, org: str, site: str) -> None:
    """Have contested counts made again, settle what is complete, approve what that leaves."""
    author = Author(org=org, site=site, device="system")
    order_recounts(playbook, author)
    for each in settle_what_is_complete(playbook, author, now()):
        if each.sheet is not None:
            judge_alone(playbook, author, each.sheet, each.cause)
    for sheet, cause in confirm_who_signed_in(playbook, author):
        judge_alone(playbook, author, sheet, cause)


def order_recounts(playbook: Playbook, author: Author) -> None:
    """Have everything counted again in which somebody else had his hands."""
    with snapshot() as session:
        doubted = list(_contested(session, str(author.site)))
    for sheet, cause in doubted:
        submit(playbook, author, Request("system.order_recount", {"sheet": sheet}, cause=cause))


def settle_what_is_complete(
    playbook: Playbook, author: Author, moment: datetime
) -> Sequence[Waiting]:
    """Settle what the watermarks have passed, zone by zone; returns what that was."""
    with snapshot() as session:
        due = _due(session, str(author.site), moment)
    settled: list[Waiting] = []
    for request, passed in due:
        if submit(playbook, author, request).outcome == "applied":
            settled += passed
    return settled


def judge_alone(playbook: Playbook, author: Author, sheet: str, cause: str | None) -> None:
    """Approve what leaves nothing to judge; what a person has to judge is not even asked for."""
    with snapshot() as session:
        kind = "system.approve_count" if passes(session, sheet) else None
        if kind is None and _just_contested(session, sheet):
            kind = "system.order_recount"
    if kind is not None:
        submit(playbook, author, Request(kind, {"sheet": sheet}, cause=cause))


def _just_contested(session: Session, sheet: str) -> bool:
    """What came in between the two looks may have contested it."""
    row = session.get(CountSheet, sheet)
    undecided = row is not None and row.state == "finished" and row.recount is None
    return undecided and contested(session, sheet)


def _contested(session: Session, site: str) -> Iterator[tuple[str, str | None]]:
    yield from session.execute(
        _with_cause(
            select(CountSheet.id, StoredOperation.operation)
            .where(
                CountSheet.site == site,
                CountSheet.state == "finished",
                CountSheet.recount.is_(None),
                CountSheet.settled_through.is_(None),
                is_contested(),
            )
            .order_by(CountSheet.id)
            .limit(MOST)
        )
    )


def _with_cause(query: Any) -> Any:  # noqa: ANN401 - a query over sheets
    """Bring what finished a sheet along."""
    return query.outerjoin(
        StoredOperation,
        (StoredOperation.stream == CountSheet.site)
        & (StoredOperation.device == CountSheet.device)
        & (StoredOperation.epoch == CountSheet.epoch)
        & (StoredOperation.seq == CountSheet.seq),
    )


def _due(
    session: Session, site: str, moment: datetime
) -> list[tuple[Request, tuple[Waiting, ...]]]:
    """Say per zone what the watermark has passed; most looks find that nothing waits at all."""
    waiting: dict[Zone, list[Waiting]] = defaultdict(list)
    for each in _all_waiting(session, site):
        waiting[each.zone].append(each)
    known = journals(session, site, moment) if waiting else []
    due = []
    for zone in sorted(waiting, key=lambda zone: zone or ""):
        through = micros(watermark(known, zone, moment))
        passed = tuple(each for each in waiting[zone] if each.ends <= through)
        if passed:
            payload = {"zone": zone, "through": through}
            due.append((Request("system.settle", payload, cause=passed[0].cause), passed))
    return due


def _all_waiting(session: Session, site: str) -> Iterator[Waiting]:
    sheets = unsettled(site, Location.zone, SHEET_ENDS, StoredOperation.operation, CountSheet.id)
    for zone, ends, cause, sheet in session.execute(_with_cause(sheets)):
        yield Waiting(zone, ends, cause, sheet)
    zone_of: ColumnElement[str | None] = ZONE_OF_DOUBT
    for zone, ends, cause in session.execute(
        settling(site, zone_of, DOUBT_ENDS, OpenException.operation)
    ):
        yield Waiting(zone, ends, cause)
