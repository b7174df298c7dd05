"""The exception inbox: what contradicts, with both stories in time order."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, g, request
from marshmallow.validate import Length, OneOf
from sqlalchemy import ColumnElement, case, event, func, or_, select
from sqlalchemy.orm import Session

from app.db import snapshot
from app.kernel.clock import millis
from app.ledger.models import Entry, UnitPosition
from app.locations.here import site_of
from app.office.labels import label_of
from app.office.leading import leads_to
from app.office.showing import noted
from app.office.telling import told
from app.people.models import Device, Person
from app.pipeline.catalogue import PATIENCE, entry
from app.pipeline.models import OpenException, StoredOperation
from app.web.access import for_people
from app.web.bodies import query_int
from app.web.fields import Text
from app.web.schemas import Strict

STORIES = 20
GRAVEST_FIRST = case(
    {severity: n for n, severity in enumerate(PATIENCE)}, value=OpenException.severity
)
blueprint = Blueprint("exceptions", __name__, url_prefix="/api/v1")


class InboxSchema(Strict):
    """Which part of the inbox."""

    state = Text(load_default="open", validate=OneOf(("open", "settling", "closed", "all")))
    code = Text(load_default="", validate=Length(max=60))
    after = Text(load_default="", validate=Length(max=9))
    limit = Text(load_default="")


@blueprint.get("/exceptions")
@for_people("supervisor", "admin")
def inbox() -> dict[str, Any]:
    """List exceptions, the gravest and oldest first; `kinds` counts them all, by code."""
    asked = InboxSchema().load(request.args.to_dict())
    limit = query_int("limit", 50, 1, 200)
    skip = int(asked["after"]) if asked["after"].isdecimal() else 0
    with snapshot() as session:
        _remember(session)
        site = site_of(session, g.caller)
        meant = [OpenException.site == site.id]
        if asked["state"] != "all":  # what may still explain itself is asked for by name
            meant.append(OpenException.state == asked["state"])
        query = select(OpenException).where(*meant)
        if asked["code"]:
            query = query.where(OpenException.code == asked["code"])
        rows = session.scalars(
            query.order_by(GRAVEST_FIRST, OpenException.opened_at, OpenException.id)
            .offset(skip)
            .limit(limit + 1)
        ).all()
        items = [_shape(session, row) for row in rows[:limit]]
        places = {_place(session, row) for row in rows[:limit] if row.family == "stock"}
        kinds = _kinds(session, meant)
    noted(site, places)
    following = str(skip + limit) if len(rows) > limit else None
    return {"items": items, "kinds": kinds, "next": following}


def _remember(session: Session) -> None:
    """A session forgets what nobody holds; here every row names the same few places and people."""
    held: list[object] = []
    event.listen(session, "loaded_as_persistent", lambda _, record: held.append(record))


def _kinds(session: Session, meant: Sequence[ColumnElement[bool]]) -> list[dict[str, Any]]:
    counted = (
        select(OpenException.code, func.count())
        .where(*meant)
        .group_by(OpenException.severity, OpenException.code)
        .order_by(GRAVEST_FIRST, OpenException.code)
    )
    return [{"code": code, "count": count} for code, count in session.execute(counted)]


def _place(session: Session, row: OpenException) -> str:
    """Where the goods are of which it says how many the book has."""
    holder = row.subject.partition("|")[0]
    position = session.get(UnitPosition, holder)
    return position.place if position else holder


def _shape(session: Session, row: OpenException) -> dict[str, Any]:
    known = entry(row.code)
    return {
        "id": row.id,
        "code": row.code,
        "subject_kind": row.family,
        "subject": row.subject,
        "subject_label": label_of(session, row.family, row.subject),
        "severity": row.severity,
        "state": row.state,
        "detail": row.detail,
        "opened_at": millis(row.opened_at),
        "due_at": millis(row.opened_at + known.patience),
        "owner": known.owner,
        "leads": leads_to(session, row.family, row.subject),
        "resolution": row.resolution,
        "stories": [_story(session, op) for op in _operations(session, row)],
        "resolutions": list(known.resolutions),
    }


def _operations(session: Session, row: OpenException) -> Sequence[StoredOperation]:
    """Find what both sides did: everything that names the subject, in the order it happened."""
    ids: list[str] = [row.operation] if row.operation else []
    if row.family == "counted":
        ids += row.detail.get("operations", [])
    if row.family == "stock":
        holder, item, lot = [*row.subject.split("|"), "", ""][:3]
        ids += session.scalars(
            select(Entry.operation)
            .where(Entry.holder == holder, Entry.item == item, Entry.lot == lot)
            .order_by(Entry.eff_at.desc())
            .limit(STORIES)
        ).all()
    # Of held goods also the decision to hold them.
    subjects = {row.subject, row.detail.get("subject", row.subject)}
    rows = session.scalars(
        select(StoredOperation)
        .where(
            StoredOperation.stream == row.site,
            StoredOperation.alias.is_(False),
            or_(StoredOperation.operation.in_(ids), StoredOperation.subject.in_(subjects)),
        )
        .order_by(StoredOperation.commit_seq.desc())
        .limit(STORIES)
    ).all()
    return sorted(rows, key=lambda op: (op.eff_at, op.commit_seq))


def _story(session: Session, op: StoredOperation) -> dict[str, Any]:
    device = session.get(Device, op.device)
    person = session.get(Person, op.actor) if op.actor else None
    return {
        "operation": op.operation,
        "seq": op.seq,
        "commit_seq": op.commit_seq,
        "device_label": device.label if device else op.device,
        "actor_name": person.name if person else None,
        "kind": op.kind,
        "words": told(session, op.envelope),
        "outcome": op.outcome,
        "codes": op.codes,
        "eff_at": millis(op.eff_at),
        "recorded_at": millis(op.recorded_at),
        "late_ms": max(millis(op.recorded_at) - millis(op.eff_at), 0),
    }
