"""Bring somebody in, or change what work they do; secrets are set elsewhere."""

from dataclasses import dataclass, field

from app.people.models import ROLES, Person
from app.people.naming import person_id, person_name
from app.people.rules import AdminOnly, UnknownRole, office_roles_moved
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs


@dataclass(frozen=True, slots=True)
class SavePerson:
    """Payload of `people.save_person`."""

    badge: str = field(metadata={"min_length": 1, "max_length": 40})
    name: str = field(metadata={"min_length": 1, "max_length": 120})
    roles: tuple[str, ...]
    active: bool = True


def save_person(floor: Floor, operation: Operation[SavePerson]) -> Outcome:
    """Bring a person in, or up to date."""
    asked = operation.payload
    unknown = tuple(sorted(set(asked.roles) - set(ROLES)))
    if unknown:
        raise UnknownRole(roles=unknown)
    key = person_id(floor.org, asked.badge)
    known = floor.find(Person, key)
    moved = office_roles_moved(
        known.roles if known is not None and known.active else (),
        asked.roles if asked.active else (),
    )
    if moved and not _administers(floor, operation.actor):
        raise AdminOnly(roles=moved)

    person = known or Person(id=key, org=floor.org, badge=asked.badge)
    person.name, person.active = asked.name, asked.active
    person.roles = [role for role in ROLES if role in asked.roles]

    floor.add(person)
    return Outcome()


def _administers(floor: Floor, actor: str | None) -> bool:
    """Tell whether the one who asks may do so; without a person it is the server's own console."""
    if actor is None:
        return True
    person = floor.find(Person, actor)
    return person is not None and "admin" in person.roles


KIND = Kind(
    "people.save_person",
    SavePerson,
    save_person,
    fact=False,
    roles=frozenset({"supervisor", "admin"}),
    refs=lambda payload: Refs(named=((Person, person_name(payload.badge)),)),
    subject=lambda payload: str(payload.badge),
    stream="org",
)
