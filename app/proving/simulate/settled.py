"""What the system does by itself between requests, and what must be left of it (L1, L2)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from app.counting.settling import DOUBT_ENDS, SHEET_ENDS, settling, unsettled
from app.db import snapshot
from app.documents.models import CountSheet
from app.kernel.clock import micros
from app.picking.leases import expire_walks
from app.pipeline.models import OpenException
from app.pipeline.operation import Playbook
from app.proving.simulate.server import BEGINNING
from app.proving.simulate.world import World
from app.sync.holding import journals
from app.sync.settling import settle_site
from app.sync.watermarks import watermark

LOOKS = 6  # fifty sheets each
# The last heartbeat may be a minute old where a fetch was heard after it; and its error.
GRACE = timedelta(seconds=65)


def look(world: World) -> None:
    """Let the job process look once, as it does every few seconds."""
    playbook: Playbook = world.server.app.extensions["tallyman_playbook"]
    with world.server.app.app_context():
        expire_walks(playbook)
        settle_site(playbook, world.names.org, world.names.site)
    learn(world)


def expire(world: World) -> int:
    """Give back the walks that were kept too long; says how many."""
    world.server.now_ms = world.now
    with world.server.app.app_context():
        return expire_walks(world.server.app.extensions["tallyman_playbook"])


def learn(world: World) -> None:
    """Hear which counts were approved, by whomever: nobody approves them again."""
    numbers = {world.names.sheet(n): n for n in world.sheets}
    with world.server.app.app_context(), snapshot() as session:
        rows = session.execute(
            select(CountSheet.id, CountSheet.state, CountSheet.decided_by).where(
                CountSheet.state.in_(("approved", "superseded"))
            )
        ).all()
    world.decided |= {numbers[sheet] for sheet, _, _ in rows if sheet in numbers}
    found = {
        numbers[sheet]: by for sheet, state, by in rows if sheet in numbers and state == "approved"
    }
    world.approved_alone = {n for n, by in found.items() if by == "system"}
    world.injected["approved alone"] += len(world.approved_alone - world.approved)
    if world.approved - found.keys():
        world.broken.append(f"approved, and not any more: {sorted(world.approved - found.keys())}")
    world.approved |= found.keys()


def quiet(world: World) -> Iterator[str]:
    """L1, L2: after healing every watermark has passed the last gesture, and nothing settles."""
    for _ in range(LOOKS):
        if not _waiting(world):
            break
        look(world)
    moment = BEGINNING + timedelta(milliseconds=world.now)
    with world.server.app.app_context(), snapshot() as session:
        known = journals(session, world.names.site, moment)
        late = _last_gesture(world)
        for journal in known:
            if journal.holds(None) and journal.complete_through < late:
                yield f"L2 {journal.device} is complete through {journal.complete_through:%H:%M:%S}"
        if watermark(known, None, moment) < late:
            yield "L1 the watermark has not passed the last gesture"
    yield from (f"L1 {text}" for text in _waiting(world))


def _last_gesture(world: World) -> datetime:
    last = max((world.truth.deeds[n].at for n in world.recorded), default=0)
    return (BEGINNING + timedelta(milliseconds=last)).astimezone(UTC)


def _waiting(world: World) -> list[str]:
    """Name what still settles although nothing from before its end can be unknown any more."""
    through = BEGINNING + timedelta(milliseconds=world.now) - GRACE
    site = world.names.site
    with world.server.app.app_context(), snapshot() as session:
        doubts = session.execute(
            settling(site, OpenException.code, OpenException.subject).where(
                micros(through) >= DOUBT_ENDS
            )
        ).all()
        sheets = session.scalars(
            unsettled(site, CountSheet.id).where(micros(through) >= SHEET_ENDS)
        ).all()
    found = [f"{code} {subject} still settles" for code, subject in doubts]
    return found + [f"count {sheet} still settles" for sheet in sheets]
