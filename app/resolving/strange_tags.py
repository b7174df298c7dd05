"""What was read beside the goods and means nothing here, tags and labels: told, never posted."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.items.models import Identifier
from app.kernel.ids import derived
from app.kernel.problem import Problem
from app.locations.models import Alias
from app.locations.naming import alias_id
from app.pipeline.exceptions import Contradiction
from app.pipeline.floor import Floor
from app.pipeline.goods import REFUSED, Scan
from app.resolving.evidence import read

SHORTEST_TAG = 24  # hex digits of 96 bits


@dataclass(eq=False)
class UnknownTags(Contradiction):
    """Somebody's goods carry tags that no item, pallet or place here has."""

    code = "unknown_tags"
    tags: tuple[str, ...]


@dataclass(eq=False)
class UnreadableCodes(Contradiction):
    """Labels here are damaged or misprinted: a handheld found no code in what it was sent."""

    code = "unreadable_codes"
    scanned: str


def strange_tags(floor: Floor, place: str, scans: Sequence[Scan]) -> list[Problem]:
    """Name the tags and labels read at this place that the office has to map or to look for."""
    found: list[Problem] = []
    tags = [scan.data for scan in scans if _is_tag(scan) and not _known(floor, scan)]
    if tags:
        found.append(UnknownTags(family="place", subject=place, tags=tuple(tags)))
    codes = [_shown(scan.data) for scan in scans if scan.symbology == REFUSED]
    if codes:
        found.append(UnreadableCodes(family="place", subject=place, scanned=" · ".join(codes)))
    return found


def _shown(data: str) -> str:
    """As an inbox can show it; the log keeps every sign."""
    return "".join(sign if sign.isprintable() else "·" for sign in data)


def _is_tag(scan: Scan) -> bool:
    long = scan.symbology is None and len(scan.data) >= SHORTEST_TAG
    return long and read(scan.data, None).kind == "epc"


def _known(floor: Floor, scan: Scan) -> bool:
    reading = read(scan.data, None)
    if reading.sscc is not None:
        return True
    code = reading.gtin14
    if code and floor.find(Identifier, derived(floor.org, code)) is not None:
        return True
    named = [scan.data, code] if code else [scan.data]
    return any(floor.find(Alias, alias_id(floor.site, name)) is not None for name in named)
