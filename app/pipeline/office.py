"""Everything that is not a handheld: the server writes the envelope (sync.md §3.5)."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import writing
from app.kernel.clock import millis, now
from app.kernel.ids import is_uuid, uuid7
from app.kernel.problem import Problem
from app.kernel.values import value
from app.pipeline import execute as pipeline
from app.pipeline.arrival import Arrival
from app.pipeline.execute import Decided
from app.pipeline.floor import Floor
from app.pipeline.models import StoredOperation, Stream
from app.pipeline.operation import Kind, Playbook, Stamp
from app.pipeline.schema import load_as

CHUNK = 200
# Hands may take back what they did, whatever their role; at a desk it is a decision over others.
DECIDERS = frozenset({"supervisor", "admin"})


@value
class Request:
    """What somebody at a desk, an import or the system itself asks for."""

    kind: str
    payload: Mapping[str, Any]
    id: str | None = None
    kind_v: int = 1
    cause: str | None = None


@value
class Author:
    """Who asks: a person, an integration, or the system; and where."""

    org: str
    site: str | None
    actor: str | None = None
    roles: frozenset[str] = frozenset()
    device: str = "office"


@dataclass(eq=False)
class IdReused(Problem):
    """The same id was used for something else before."""

    code = "operations.id_reused"
    status = 409
    id: str


@dataclass(eq=False)
class UnknownKind(Problem):
    """There is no such operation."""

    code = "operations.unknown_kind"
    kind: str


@dataclass(eq=False)
class BadPayload(Problem):
    """The payload does not fit its schema."""

    code = "operations.bad_payload"
    fields: dict[str, Any]


@dataclass(eq=False)
class RoleMissing(Problem):
    """This person may not do that."""

    code = "operations.role_missing"
    status = 403
    kind: str


def submit(playbook: Playbook, author: Author, request: Request) -> Decided:
    """Apply one operation in its own transaction; raises only what makes it unreadable."""
    (decided,) = submit_all(playbook, author, [request])
    return decided


def submit_all(playbook: Playbook, author: Author, requests: Sequence[Request]) -> list[Decided]:
    """Apply operations in order, in chunks; a repeated id gets its first answer."""
    prepared = [_prepare(playbook, author, request) for request in requests]
    decided: list[Decided] = []
    for stream, chunk in _chunks(prepared, author):
        decided += _transaction(playbook, author, stream, chunk)
    return decided


@value
class Prepared:
    request: Request
    kind: Kind
    payload: Any
    id: str


def _prepare(playbook: Playbook, author: Author, request: Request) -> Prepared:
    kind = playbook.kinds.get((request.kind, request.kind_v))
    if kind is None:
        raise UnknownKind(kind=request.kind)
    if author.device != "system" and not (kind.roles or DECIDERS) & author.roles:
        raise RoleMissing(kind=request.kind)
    if request.id is not None and not is_uuid(request.id):
        raise BadPayload(fields={"id": ["not an id"]})
    try:
        payload = load_as(kind, request.payload)
    except ValidationError as error:
        raise BadPayload(fields=error.normalized_messages()) from error
    return Prepared(request, kind, payload, request.id or uuid7())


def _chunks(prepared: Sequence[Prepared], author: Author) -> Iterator[tuple[str, list[Prepared]]]:
    chunk: list[Prepared] = []
    stream = ""
    for each in prepared:
        wanted = author.org if each.kind.stream == "org" else author.site
        if wanted is None:
            raise RoleMissing(kind=each.kind.name)
        if chunk and (each.kind.alone or wanted != stream or len(chunk) >= CHUNK):
            yield stream, chunk
            chunk = []
        stream = wanted
        chunk.append(each)
        if each.kind.alone:
            yield stream, chunk
            chunk = []
    if chunk:
        yield stream, chunk


def _transaction(
    playbook: Playbook, author: Author, stream_id: str, chunk: Sequence[Prepared]
) -> list[Decided]:
    with writing(stream_id) as session:
        floor = Floor(session, stream_id, author.org)
        stream = floor.get(Stream, stream_id)
        org_seq = floor.get(Stream, author.org).commit_seq
        first = _answered(session, [each.id for each in chunk])
        answers: dict[str, Decided] = {}
        arrivals: list[Arrival] = []
        for each in chunk:
            if each.id in first:
                answers[each.id] = _repeat(first[each.id], each)
            elif each.id not in {arrival.id for arrival in arrivals}:
                seq = stream.commit_seq + len(arrivals) + 1
                arrivals.append(_arrival(author, each, seq))
        if arrivals:
            for decided in pipeline.execute(playbook, floor, stream, arrivals, org_seq):
                answers[str(decided.id)] = decided
        return [answers[each.id] for each in chunk]


def _answered(session: Session, ids: Sequence[str]) -> dict[str, StoredOperation]:
    rows = session.scalars(
        select(StoredOperation).where(
            StoredOperation.operation.in_(ids), StoredOperation.alias.is_(False)
        )
    )
    return {str(row.operation): row for row in rows}


def _repeat(row: StoredOperation, each: Prepared) -> Decided:
    envelope = json.loads(row.envelope)
    asked = (each.request.kind, dict(each.request.payload), each.request.cause)
    if (envelope.get("kind"), envelope.get("payload"), envelope.get("cause")) != asked:
        raise IdReused(id=each.id)
    return Decided(
        row.seq,
        each.id,
        row.outcome,
        tuple(row.codes),
        row.commit_seq,
        duplicate=True,
        detail=row.detail,
    )


def _arrival(author: Author, each: Prepared, seq: int) -> Arrival:
    moment = now()
    envelope = {
        "v": 1,
        "id": each.id,
        "device": author.device,
        "epoch": 1,
        "seq": seq,
        "prev": None,
        "kind": each.kind.name,
        "kind_v": each.kind.version,
        "actor": author.actor,
        "grant": None,
        "task": None,
        "lease": None,
        "base": None,
        "wall_ms": millis(moment),
        "mono_ms": 0,
        "boot": "server",
        "cause": each.request.cause,
        "app": None,
        "payload": dict(each.request.payload),
    }
    raw = json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()
    arrival = Arrival(
        raw,
        hashlib.sha256(raw).hexdigest(),
        envelope,
        author.device,
        1,
        seq,
        payload=each.payload,
        kind=each.kind,
        source="office",
    )
    return replace(arrival, stamp=Stamp(moment, 0, moment))
