"""Who did it? Doubts about a person flag a fact and refuse a request, never lose it."""

from collections.abc import Sequence
from typing import TypeVar

from app.kernel.ids import is_uuid
from app.people.models import Grant, Person
from app.pipeline.arrival import Arrival
from app.pipeline.floor import Floor
from app.pipeline.models import Stream
from app.pipeline.operation import Kind

R = TypeVar("R")


def prove(floor: Floor, arrivals: Sequence[Arrival], *, revoked: bool) -> None:
    """Mark arrivals with what is doubtful about their device and actor."""
    if revoked:
        for arrival in arrivals:
            arrival.quarantined = "sync.device_revoked"
        return
    floor.load((Person, actor) for actor in _named(arrivals, "actor"))
    floor.load((Grant, grant) for grant in _named(arrivals, "grant"))
    for arrival in arrivals:
        if arrival.quarantined is None and arrival.kind is not None:
            arrival.quarantined, arrival.flags = _judge(floor, arrival, arrival.kind)


def _named(arrivals: Sequence[Arrival], field: str) -> list[str]:
    values = (arrival.envelope.get(field) for arrival in arrivals)
    return sorted({value for value in values if isinstance(value, str) and is_uuid(value)})


def _judge(floor: Floor, arrival: Arrival, kind: Kind) -> tuple[str | None, tuple[str, ...]]:
    """Return the code under which it is kept without effect, and what else is doubtful."""
    person = _named_by(floor, Person, arrival.envelope.get("actor"))
    if person is None:
        return "sync.actor_unproven", ()
    grant_id = arrival.envelope.get("grant")
    grant = _named_by(floor, Grant, grant_id)
    forgotten = grant is None and _of_another_life(floor, arrival)
    if grant_id is not None and not forgotten and not _covers(grant, person, arrival):
        return "sync.actor_unproven", ()
    doubts = _doubts(arrival, kind, person, grant)
    if not kind.fact and not person.active:
        return "sync.actor_unproven", ()  # a grant outlasts the network, not the employment
    if doubts and not kind.fact:
        return doubts[0], ()  # a request waits for a proven person
    return None, (*doubts, *_circumstances(arrival, grant))


def _named_by(floor: Floor, model: type[R], key: object) -> R | None:
    return floor.find(model, key) if isinstance(key, str) else None


def _of_another_life(floor: Floor, arrival: Arrival) -> bool:
    """Tell whether it was written to a server that this one, from a backup, has forgotten.

    Its grants are forgotten with it. Whoever invents that gains nothing: it counts as no grant.
    """
    base = arrival.envelope.get("base")
    stream = floor.find(Stream, floor.site)
    if not isinstance(base, str) or stream is None:
        return False
    return base.rpartition(":")[0] != stream.incarnation


def _covers(grant: Grant | None, person: Person, arrival: Arrival) -> bool:
    return grant is not None and (grant.person, grant.device) == (person.id, arrival.device)


def _doubts(arrival: Arrival, kind: Kind, person: Person, grant: Grant | None) -> list[str]:
    doubts: list[str] = []
    if grant is not None and arrival.key.eff_at > grant.expires_at:
        doubts.append("sync.grant_expired")
    if kind.roles and kind.roles.isdisjoint(person.roles):
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
