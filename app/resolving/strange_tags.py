"""Tags that a sled read beside the goods and that mean nothing here: told, never posted."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.items.models import Identifier
from app.kernel.ids import derived
from app.kernel.problem import Problem
from app.locations.models import Alias
from app.locations.naming import alias_id
from app.pipeline.exceptions import Contradiction
from app.pipeline.floor import Floor
from app.pipeline.goods import Scan
from app.resolving.evidence import read

SHORTEST_TAG = 24  # hex digits of 96 bits


@dataclass(eq=False)
class UnknownTags(Contradiction):
    """Somebody's goods carry tags that no item, pallet or place here has."""

    code = "unknown_tags"
    tags: tuple[str, ...]


def strange_tags(floor: Floor, place: str, scans: Iterable[Scan]) -> list[Problem]:
    """Name the tags read at this place that the office has to map or to look for."""
    tags = [scan.data for scan in scans if _is_tag(scan) and not _known(floor, scan)]
    return [UnknownTags(family="place", subject=place, tags=tuple(tags))] if tags else []


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
