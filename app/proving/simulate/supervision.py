"""What a supervisor decides about handhelds and walks: no fact is ever refused for it."""

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from app.db import snapshot
from app.people.models import Device
from app.proving.handheld import JSON
from app.proving.simulate.deeds import Deed
from app.proving.simulate.server import BEGINNING
from app.proving.simulate.truth import MINUTE
from app.proving.simulate.world import World
from app.sync.holding import journals
from app.work.models import PickTask

WORK = "take_work"
WALKS = ("lease handed over", "lease revoked", "lease expired")


def supervise(world: World) -> None:
    """Decide some of what this seed knows of it."""
    if world.faults.hits("excluded", 0.3):
        _exclude(world)
    for kind in WALKS:
        if world.faults.hits(kind, 0.5):
            _walk(world, kind)


def _exclude(world: World) -> None:
    device = world.chance.choice(world.all()).id
    payload = {"device": device, "reason": "silent for too long"}
    if _asked(world, "devices.exclude", payload, "devices.already_excluded"):
        world.injected["excluded"] += 1
        back = world.now + world.chance.uniform(15, 120) * MINUTE
        world.at(back, partial(_include, world, device))


def leave_out(world: World) -> None:
    """Nobody waits any more for handhelds and journals that will not come back."""
    held = {scanner.id for scanner in world.all()}
    for n, enrolled in enumerate(world.furnished.handhelds):
        if n not in world.scanners:
            held.add(enrolled.id)
    with world.server.app.app_context(), snapshot() as session:
        known = session.scalars(
            select(Device.id).where(Device.site == world.names.site).order_by(Device.id)
        ).all()
        moment = BEGINNING + timedelta(milliseconds=world.now)
        healing = BEGINNING + timedelta(hours=world.hours)
        silent = [
            row
            for row in journals(session, world.names.site, moment)
            if row.holds(None) and (row.last_contact is None or row.last_contact < healing)
        ]
        waited = {row.device for row in silent}
    # A disk set back to before a rotation knows nothing of the journal that came after it.
    older = {scanner.id for scanner in world.all() if scanner.hand in world.put_back}
    for device in known:
        if device not in held or device in waited & older:
            payload = {"device": device, "reason": "set up anew"}
            _asked(world, "devices.exclude", payload, "devices.already_excluded")


def _include(world: World, device: str) -> None:
    if _asked(world, "devices.include", {"device": device}, "devices.not_excluded"):
        world.injected["excluded, and back"] += 1


def _walk(world: World, kind: str) -> None:
    """Take a walk away from a handheld, or let somebody ask for one."""
    with world.server.app.app_context(), snapshot() as session:
        task = session.scalar(
            select(PickTask.id).where(PickTask.state == "active").order_by(PickTask.id)
        )
    if task is None:
        _ask_for_work(world)
    elif kind == "lease handed over":
        _reassign(world, task, world.chance.choice(world.all()).id, kind)
    elif kind == "lease revoked":
        _reassign(world, task, None, kind)


def _ask_for_work(world: World) -> None:
    deeds = world.truth.deeds
    deeds.append(
        Deed(len(deeds), round(world.now), world.chance.choice(sorted(world.scanners)), WORK)
    )
    world.gesture(deeds[-1])
    world.injected["lease asked for"] += 1


def _reassign(world: World, task: str, device: str | None, name: str) -> None:
    payload = {"task": task, "device": device, "note": None}
    expected = ("picking.walk_over", "picking.same_handheld", "picking.unknown_walk")
    if _asked(world, "picking.reassign", payload, *expected):
        world.injected[name] += 1


def _asked(world: World, kind: str, payload: JSON, *expected: str) -> bool:
    """Decide; what may be refused is named."""
    status, answer = world.decide(kind, payload)
    if status == 422 and answer.get("code") in expected:  # noqa: PLR2004
        return False
    if status != 200:  # noqa: PLR2004
        world.broken.append(f"{kind}: {status} {answer}")
    return status == 200  # noqa: PLR2004
