"""Describe a site; the places that exist only in the books come with it."""

from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.locations.models import VIRTUAL, Location, Site
from app.locations.naming import location_id
from app.locations.problems import DecidedElsewhere, OtherSite, UnknownTimeZone
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome

# Operations of their own, with fewer who may: who approves what is no matter of addresses.
DECIDED_ELSEWHERE = frozenset({"adjustment_limit", "count_tolerance"})


@dataclass(frozen=True, slots=True)
class SaveSite:
    """Payload of `locations.save_site`; null or absent = leave as it is, settings are merged."""

    code: str = field(metadata={"min_length": 1, "max_length": 20})
    name: str = field(metadata={"min_length": 1, "max_length": 120})
    time_zone: str | None = field(default=None, metadata={"min_length": 1, "max_length": 60})
    language: str | None = field(default=None, metadata={"min_length": 2, "max_length": 5})
    settings: dict[str, Any] | None = None


def save_site(floor: Floor, operation: Operation[SaveSite]) -> Outcome:
    """Bring the site in whose log this is, or up to date."""
    asked = operation.payload
    elsewhere = DECIDED_ELSEWHERE & (asked.settings or {}).keys()
    if elsewhere:
        raise DecidedElsewhere(settings=tuple(sorted(elsewhere)))
    if asked.time_zone is not None and not known_time_zone(asked.time_zone):
        raise UnknownTimeZone(time_zone=asked.time_zone)
    site = floor.find(Site, floor.site) or _new(floor, asked.code)
    if site.code != asked.code:
        raise OtherSite(site=site.code)

    site.name = asked.name
    site.time_zone = asked.time_zone or site.time_zone
    site.language = asked.language or site.language
    site.settings = {**site.settings, **(asked.settings or {})}

    floor.add(site)
    return Outcome()


def known_time_zone(time_zone: str) -> bool:
    """Tell whether there is such a time zone."""
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return time_zone == "UTC"  # a machine without a time zone database
    return True


def _new(floor: Floor, code: str) -> Site:
    for virtual in VIRTUAL:
        floor.add(
            Location(
                id=location_id(floor.site, virtual),
                site=floor.site,
                code=virtual,
                kind="virtual",
                x=0,
                y=0,
                z=0,
                blocked=False,
                only_empty=False,
                no_mix_item=False,
                no_mix_lot=False,
            )
        )
    return Site(
        id=floor.site, org=floor.org, code=code, time_zone="UTC", language="en", settings={}
    )


KIND = Kind(
    "locations.save_site",
    SaveSite,
    save_site,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    subject=lambda payload: str(payload.code),
)
