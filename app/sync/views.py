"""The routes of handhelds: enrol, push, rotate, rescue, pull."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, g, request
from sqlalchemy import select

from app.db import db, snapshot
from app.kernel.clock import EPOCH, millis, now
from app.kernel.ids import derived
from app.kernel.problem import Problem
from app.locations.here import org_of, site_of
from app.people.models import Device
from app.pipeline.execute import Decided
from app.pipeline.models import Epoch
from app.pipeline.office import Author, IdReused, Request, submit
from app.pipeline.operation import Playbook
from app.resolving.resolver import Here, resolve
from app.settings import Settings
from app.sync import enrolment, losing
from app.sync.crowding import Crowd
from app.sync.pull import PAGE, pull, streams_of
from app.sync.push import Answer, Push, push
from app.sync.schemas import EnrolSchema, PushSchema, RescueSchema, RotateSchema
from app.sync.stamps import UNMEASURED, Clocks, aged_ms
from app.sync.workset import lent
from app.web.access import (
    for_device,
    for_device_even_revoked,
    for_device_even_revoked_or_people,
    for_device_or_people,
    public,
)
from app.web.bodies import json_body, query_int
from app.web.problems import Invalid
from app.web.schemas import ResolveSchema

PROTOCOL = 1
PUSH_LIMIT = 256 * 1024
# A lone oversized envelope is kept, not refused: it may be escaped to six times its size.
LONE_LIMIT = 4 * 1024 * 1024
PUSH = PushSchema()  # building one costs more than using it
CROWD = Crowd()

blueprint = Blueprint("sync", __name__, url_prefix="/api/v1")


@dataclass(eq=False)
class ProtocolTooOld(Problem):
    """This client speaks a protocol that the server no longer knows."""

    code = "sync.protocol"
    status = 426
    spoken: int
    needed: int


@dataclass(eq=False)
class PushTooLarge(Problem):
    """Send fewer operations at once; a single one is always taken."""

    code = "request.too_large"
    status = 413
    limit: int


def playbook() -> Playbook:
    """Return the page of kinds and subscribers that the factory installed."""
    found: Playbook = current_app.extensions["tallyman_playbook"]
    return found


def _settings() -> Settings:
    found: Settings = current_app.config["TALLYMAN"]
    return found


@blueprint.post("/devices")
@public
def enrol() -> tuple[dict[str, Any], int]:
    """Enrol a handheld with a single-use code."""
    body = EnrolSchema().load(json_body(4096))
    scheme, _, held = request.headers.get("Authorization", "").partition(" ")
    credential = held.strip() if scheme.lower() == "device" else None
    code, label = body["enrolment_code"], body["label"]
    return enrolment.enrol(code, label, body["replaces"], credential), 201


@blueprint.post("/sync/push")
@for_device_even_revoked
def receive_push() -> dict[str, Any]:
    """Take queued operations; every one is named in the answer or sent again."""
    with CROWD.turn(request.content_length):
        return _pushed()


def _pushed() -> dict[str, Any]:
    body = json_body(LONE_LIMIT)
    if isinstance(body.get("protocol"), int) and body["protocol"] < PROTOCOL:
        raise ProtocolTooOld(spoken=body["protocol"], needed=PROTOCOL)
    decoded = PUSH.load(body)
    if decoded["device"] != g.device.id:
        raise Invalid(fields={"device": ["not the device of this credential"]})
    ops = _texts(decoded["ops"])
    clock = decoded["clock"]
    clocks = Clocks(
        decoded["boot"],
        decoded["cut_wall_ms"],
        decoded["cut_mono_ms"],
        clock["offset_ms"],
        aged_ms(clock["rtt_ms"], decoded["cut_wall_ms"] - clock["wall_ms"]),
    )
    storage = decoded["storage"]
    answer = push(
        playbook(),
        g.device,
        org_of(g.device.site),
        Push(
            epoch=decoded["epoch"],
            first_seq=decoded["first_seq"],
            ops=ops,
            head_seq=decoded["head_seq"],
            clocks=clocks,
            pending=decoded["pending"],
            parked=decoded["parked"],
            asks=decoded["asks"],
            persisted=storage["persisted"],
            used=_percent(storage.get("used")),
            app=decoded["app"],
        ),
    )
    return _answer(answer)


def _percent(share: object) -> int | None:
    """Browsers say how full they are, or nothing; what is neither is nothing."""
    if not isinstance(share, int | float) or isinstance(share, bool) or not 0 <= share <= 1:
        return None
    return round(share * 100)


def _texts(ops: Sequence[Any]) -> tuple[str, ...]:
    """Whatever is not a string is kept as text that nobody can read as an envelope."""
    texts = tuple(op if isinstance(op, str) else repr(op) for op in ops)
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    if len(texts) > 1 and size > PUSH_LIMIT:
        raise PushTooLarge(limit=PUSH_LIMIT)
    return texts


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "incarnation": answer.incarnation,
        "server_time_ms": millis(now()),
        "acked_seq": answer.acked_seq,
        "expected_seq": answer.acked_seq + 1,
        "results": [result_of(decided) for decided in answer.results],
        "directives": ["pull"],
    }


def result_of(decided: Decided) -> dict[str, Any]:
    """One line of a push answer."""
    return {
        "seq": decided.seq,
        "id": decided.id,
        "outcome": decided.outcome,
        "codes": list(decided.codes),
        "commit_seq": decided.commit_seq,
        "duplicate": decided.duplicate,
    }


@blueprint.post("/sync/rotate")
@for_device_or_people("supervisor", "admin")
def rotate() -> dict[str, int]:
    """Close a forked, gapped or wiped journal and open the next; losses are declared."""
    body = RotateSchema().load(json_body(4096))
    rotation, epoch = body["rotation"], body["from_epoch"]
    if body["device"] is not None or g.device is None:  # what is rescued, be it from a desk
        return enrolment.branch(_of_this_site(body["device"]), rotation, epoch)
    try:
        answer = enrolment.rotate(g.device, rotation, epoch, body["reason"])
    except enrolment.Cloned:
        twin = {"device": g.device.id, "epoch": epoch}
        _by_itself(g.device.site, "system.report_clone", twin, derived(rotation, "clone"))
        raise
    lost = body["lost"] or losing.forgotten(g.device, epoch, body["head_seq"])
    if lost is not None:
        loss = losing.loss(g.device, epoch, lost, body["head_seq"])
        _by_itself(g.device.site, "system.declare_loss", loss, losing.loss_id(rotation))
    return answer


def _by_itself(site: str, kind: str, payload: Mapping[str, Any], operation: str) -> None:
    """Let the system say what it has seen, once; what has become known since changes nothing."""
    author = Author(org=org_of(site), site=site, device="system")
    with suppress(IdReused):
        submit(playbook(), author, Request(kind, payload, id=operation))


@blueprint.post("/sync/rescue")
@for_device_even_revoked_or_people("supervisor", "admin")
def rescue() -> dict[str, Any]:
    """Take another handheld's queue in its own name; the rescuer's clock counts for nothing."""
    body = RescueSchema().load(json_body(LONE_LIMIT))
    device = _of_this_site(body["device"])
    ops = _texts(body["ops"])
    if body["lost"] is not None:
        _give_up(device, body["epoch"], body["lost"], body["first_seq"], ops)
    answer = push(
        playbook(),
        device,
        org_of(device.site),
        Push(
            epoch=body["epoch"],
            first_seq=body["first_seq"],
            ops=ops,
            head_seq=0,
            clocks=_measured(device.id, body["epoch"]),
            source="rescue",
            revoked=g.device is not None and g.device.revoked_at is not None,
        ),
    )
    return _answer(answer)


def _of_this_site(name: str | None) -> Device:
    here = g.device.site if g.device else site_of(db.session(), g.caller).id
    device = db.session.get(Device, name) if name else None
    if device is None or device.site != here:
        raise Invalid(fields={"device": ["not a device of this site"]})
    return device


def _give_up(
    device: Device, epoch: int, lost: Sequence[int], first_seq: int, ops: Sequence[str]
) -> None:
    """Let a journal go on behind a gap that nobody can fill, and say so; a person decides that."""
    first, last = lost
    if g.device is not None or not ops or not first <= last == first_seq - 1:
        raise Invalid(fields={"lost": ["for a supervisor to say, of what is missing before"]})
    if enrolment.give_up(device, epoch, first, last, ops[0]):
        gap = losing.loss(device, epoch, (first, last), None)
        _by_itself(
            device.site,
            "system.declare_loss",
            gap,
            derived(device.id, f"lost|{epoch}|{first}|{last}"),
        )


def _measured(device: str, number: int) -> Clocks:
    """How far off this handheld's clock was when it was last heard, in this journal or another.

    No page start is spelled like the one that is given here, so only wall clocks count.
    """
    epochs = db.session.scalars(
        select(Epoch).where(Epoch.device == device, Epoch.offset_ms.is_not(None))
    ).all()
    known = [(epoch.epoch == number, epoch.last_contact or EPOCH, epoch) for epoch in epochs]
    _, _, last = max(known, key=lambda each: each[:2], default=(False, EPOCH, None))
    if last is None:
        return Clocks("\n", millis(now()), 0, 0, 0, UNMEASURED)
    offset = float(last.offset_ms or 0)
    cut = millis(now()) - offset
    return Clocks("\n", cut, 0, offset, last.rtt_ms or 0, 0, last.last_contact)


@blueprint.get("/sync/rows")
@for_device
def lend_rows() -> dict[str, Any]:
    """Give what a code means here, to a handheld that has left it out because it is full."""
    asked = ResolveSchema().load(request.args.to_dict())
    org, site = org_of(g.device.site), g.device.site
    meant = resolve(Here(db.engine, org, site), asked["data"], asked["symbology"])
    with snapshot() as session:
        found = [lent(session, streams_of(g.device, org), each) for each in meant]
    return {"rows": [row for rows in found for row in rows]}


@blueprint.get("/sync/pull")
@for_device
def send_changes() -> dict[str, Any]:
    """Give what changed since the cursor."""
    epoch = query_int("epoch", 1, 1, 2**31 - 1)
    limit = query_int("limit", PAGE, 1, 2_000)
    org = org_of(g.device.site)
    with snapshot() as session:
        page = pull(session, g.device, org, epoch, request.args.get("cursor", ""), limit)
    return {**page, "server_time_ms": millis(now()), "min_app": _settings().min_app}
