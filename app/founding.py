"""The first records of an installation: one organisation, its streams, its sites."""

from dataclasses import dataclass

from sqlalchemy import select

from app.db import snapshot, writing
from app.kernel.ids import derived, uuid7
from app.pipeline.models import Stream
from app.pipeline.office import Author, Request, submit
from app.pipeline.operation import Playbook


@dataclass(frozen=True, slots=True)
class Founded:
    """Where everything belongs."""

    org: str
    site: str


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
) -> Founded:
    """Open a site; the organisation comes into being with its first one."""
    org = organisation() or uuid7()
    site = derived(org, f"site:{code}")
    with writing(org, site) as session:
        for stream, kind in ((org, "org"), (site, "site")):
            if session.get(Stream, stream) is None:
                session.add(Stream(id=stream, kind=kind, incarnation=uuid7(), commit_seq=0))
    author = Author(org=org, site=site, device="system")
    payload = {"code": code, "name": name, "time_zone": time_zone, "language": language}
    submit(playbook, author, Request("locations.save_site", payload))
    return Founded(org, site)
