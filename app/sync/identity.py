"""Who did it? Doubts about a person flag a fact and refuse a request, never lose it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.among import among
from app.kernel.ids import is_uuid
from app.people.models import Grant, Person
from app.pipeline.arrival import Arrival


def prove(session: Session, arrivals: Sequence[Arrival], *, revoked: bool) -> list[Arrival]:
    """Mark arrivals with what is doubtful about their device and actor."""
    if revoked:
        return [replace(a, quarantined="sync.device_revoked") for a in arrivals]
    people = _people(session, _named(arrivals, "actor"))
    grants = _grants(session, _named(arrivals, "grant"))
    return [_judge(arrival, people, grants) for arrival in arrivals]


def _named(arrivals: Sequence[Arrival], field: str) -> list[str]:
    values = (arrival.envelope.get(field) for arrival in arrivals)
    return sorted({value for value in values if isinstance(value, str) and is_uuid(value)})


def _people(session: Session, ids: Sequence[str]) -> dict[str, Person]:
    if not ids:
        return {}
    return {row.id: row for row in session.scalars(select(Person).where(among(Person.id, ids)))}


def _grants(session: Session, ids: Sequence[str]) -> dict[str, Grant]:
    if not ids:
        return {}
    return {row.id: row for row in session.scalars(select(Grant).where(among(Grant.id, ids)))}


def _judge(arrival: Arrival, people: Mapping[str, Person], grants: Mapping[str, Grant]) -> Arrival:
    if arrival.quarantined is not None or arrival.kind is None:
        return arrival
    person = people.get(str(arrival.envelope.get("actor")))
    if person is None:
        return replace(arrival, quarantined="sync.actor_unproven")
    grant_id = arrival.envelope.get("grant")
    grant = grants.get(str(grant_id)) if grant_id is not None else None
    if grant_id is not None and not _covers(grant, person, arrival):
        return replace(arrival, quarantined="sync.actor_unproven")
    doubts = _doubts(arrival, person, grant)
    if doubts and not arrival.kind.fact:
        return replace(arrival, quarantined=doubts[0])  # a request waits for a proven person
    return replace(arrival, flags=(*doubts, *_circumstances(arrival, grant)))


def _covers(grant: Grant | None, person: Person, arrival: Arrival) -> bool:
    return grant is not None and (grant.person, grant.device) == (person.id, arrival.device)


def _doubts(arrival: Arrival, person: Person, grant: Grant | None) -> list[str]:
    doubts: list[str] = []
    if grant is not None and arrival.key.eff_at > grant.expires_at:
        doubts.append("sync.grant_expired")
    if arrival.kind is not None and arrival.kind.roles and not arrival.kind.roles & {*person.roles}:
        doubts.append("sync.role_missing")
    return doubts


def _circumstances(arrival: Arrival, grant: Grant | None) -> list[str]:
    found: list[str] = []
    if grant is None:
        found.append("sync.actor_unverified")
    if arrival.stamp is not None and arrival.stamp.clamped:
        found.append("sync.time_clamped")
    if arrival.source == "rescue":
        found.append("sync.rescued")
    return found
