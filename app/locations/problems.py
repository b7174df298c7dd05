"""Why a site, zone or place may be refused."""

from dataclasses import dataclass

from app.kernel.problem import Problem


@dataclass(eq=False)
class OtherSite(Problem):
    """The site has another code; a new site is opened first."""

    code = "locations.other_site"
    site: str


@dataclass(eq=False)
class DecidedElsewhere(Problem):
    """These settings have operations of their own."""

    code = "locations.decided_elsewhere"
    settings: tuple[str, ...]


@dataclass(eq=False)
class UnknownTimeZone(Problem):
    """There is no such time zone."""

    code = "locations.unknown_time_zone"
    time_zone: str


@dataclass(eq=False)
class UnknownZone(Problem):
    """The site has no such zone."""

    code = "locations.unknown_zone"
    zone: str


@dataclass(eq=False)
class UnknownPlace(Problem):
    """The site has no such place."""

    code = "locations.unknown_place"
    place: str


@dataclass(eq=False)
class ReservedCode(Problem):
    """Codes with an @ name virtual places."""

    code = "locations.reserved_code"
    place: str
