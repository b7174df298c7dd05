"""Who did it? Doubts about a person flag a fact and refuse a request, never lose it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.ids import is_uuid
from app.people.models import Grant, Person
from app.pipeline.arrival import Arrival


def prove(session: Session, arrivals: Sequence[Arrival], *, revoked: bool) -> list[Arrival]:
    """Mark arrivals with what is doubtful about their device and actor."""
    if revoked:
        return [replace(a, quarantined="sync.device_revoked") for a in arrivals]
    people = _by_id(session, Person, (a.envelope.get("actor") for a in arrivals))
    grants = _by_id(session, Grant, (a.envelope.get("grant") for a in arrivals))
    return [_judge(arrival, people, grants) for arrival in arrivals]


def _by_id(
    session: Session, model: type[Person] | type[Grant], ids: Iterable[object]
) -> dict[str, object]:
    wanted = sorted({key for key in ids if isinstance(key, str) and is_uuid(key)})
    if not wanted:
        return {}
    found: dict[str, object] = {}
    for row in session.scalars(select(model).where(model.id.in_(wanted))):
        found[row.id] = row
    return found


def _judge(arrival: Arrival, people: Mapping[str, object], grants: Mapping[str, object]) -> Arrival:
    if arrival.quarantined is not None or arrival.kind is None:
        return arrival
    person = people.get(str(arrival.envelope.get("actor")))
    if not isinstance(person, Person):
        return _doubtful(arrival, "sync.actor_unproven", proven=False)
    grant_id = arrival.envelope.get("grant")
    flags: list[str] = []
    if grant_id is None:
        flags.append("sync.actor_unverified")
    else:
        grant = grants.get(str(grant_id))
        mine = isinstance(grant, Grant) and (grant.person, grant.device) == (
            person.id,
            arrival.device,
        )
        if not isinstance(grant, Grant) or not mine:
            return _doubtful(arrival, "sync.actor_unproven", proven=False)
        if arrival.key.eff_at > grant.expires_at:
            flags.append("sync.grant_expired")
    if arrival.kind.roles and not arrival.kind.roles & set(person.roles):
        flags.append("sync.role_missing")
    if arrival.stamp is not None and arrival.stamp.clamped:
        flags.append("sync.time_clamped")
    if arrival.source == "rescue":
        flags.append("sync.rescued")
    return replace(arrival, flags=tuple(flags))


def _doubtful(arrival: Arrival, code: str, *, proven: bool) -> Arrival:
    return arrival if proven else replace(arrival, quarantined=code)
