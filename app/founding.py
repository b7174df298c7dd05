"""The first records of an installation: one organisation, its streams, its sites."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.db import snapshot, writing
from app.kernel.ids import derived, uuid7
from app.kernel.problem import Problem
from app.locations.models import Site
from app.locations.operations.save_site import known_time_zone
from app.locations.problems import UnknownTimeZone
from app.people.models import Secret
from app.people.naming import person_id
from app.people.sessions import set_secret
from app.pipeline.models import Stream
from app.pipeline.office import Author, Request, submit
from app.pipeline.operation import Playbook

LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no l/1, o/0: copied from a terminal by hand


@dataclass(frozen=True, slots=True)
class Founded:
    """Where everything belongs."""

    org: str
    site: str


@dataclass(eq=False)
class SiteExists(Problem):
    """A site of this code is open already."""

    code = "founding.site_exists"
    site: str


@dataclass(eq=False)
class NotFounded(Problem):
    """The site could not be described as asked."""

    code = "founding.refused"
    why: str


@dataclass(frozen=True, slots=True)
class FirstAdmin:
    """Who may let everybody else in; `password` is known to nobody else and shown once."""

    badge: str
    name: str
    username: str
    password: str
    pin: str


def organisation() -> str | None:
    """Return the id of the organisation, if there is one yet."""
    with snapshot() as session:
        return session.scalar(select(Stream.id).where(Stream.kind == "org"))


def found_site(
    playbook: Playbook,
    code: str,
    name: str,
    time_zone: str = "UTC",
    language: str = "en",
    settings: Mapping[str, Any] | None = None,
) -> Founded:
    """Open a site; the organisation comes into being with its first one."""
    org = organisation() or uuid7()
    site = derived(org, f"site:{code}")
    with writing(org, site) as session:
        for stream, kind in ((org, "org"), (site, "site")):
            if session.get(Stream, stream) is None:
                session.add(Stream(id=stream, kind=kind, incarnation=uuid7(), commit_seq=0))
    author = Author(org=org, site=site, device="system")
    payload = {
        "code": code,
        "name": name,
        "time_zone": time_zone,
        "language": language,
        **({"settings": dict(settings)} if settings else {}),
    }
    decided = submit(playbook, author, Request("locations.save_site", payload))
    if decided.outcome == "refused":
        raise NotFounded(why=decided.codes[0])
    return Founded(org, site)


def open_site(
    playbook: Playbook, code: str, name: str, time_zone: str = "UTC", language: str = "en"
) -> Founded:
    """Open a site whose stock nobody has counted yet; a code is opened once."""
    if not known_time_zone(time_zone):
        raise NotFounded(why=UnknownTimeZone.code)
    with snapshot() as session:
        if session.scalar(select(Site.id).where(Site.code == code)):
            raise SiteExists(site=code)
    return found_site(playbook, code, name, time_zone, language, {"opening": True})


def first_admin(
    playbook: Playbook,
    pepper: str,
    founded: Founded,
    *,
    name: str = "Administrator",
    username: str = "admin",
    password: str | None = None,
) -> FirstAdmin | None:
    """Let the first person in; None where somebody can sign in at a desk already."""
    with snapshot() as session:
        if session.scalar(select(Secret.id).where(Secret.password_hash.is_not(None)).limit(1)):
            return None
    admin = FirstAdmin(
        badge="ADMIN",
        name=name,
        username=username,
        password=password or "".join(secrets.choice(LEGIBLE) for _ in range(16)),
        pin=f"{secrets.randbelow(900_000) + 100_000}",
    )
    author = Author(org=founded.org, site=founded.site, device="system")
    person = {"badge": admin.badge, "name": name, "roles": ["supervisor", "admin"]}
    decided = submit(playbook, author, Request("people.save_person", person))
    if decided.outcome == "refused":
        raise NotFounded(why=decided.codes[0])
    set_secret(
        pepper,
        person_id(founded.org, admin.badge),
        pin=admin.pin,
        username=username,
        password=admin.password,
    )
    return admin
