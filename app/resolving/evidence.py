"""What the scans of an operation prove about the ids that the handheld resolved."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.events import LotSeen, SerialSeen, UnitSeen
from app.identification import Identified, identify
from app.items.models import Identifier
from app.kernel.ids import derived
from app.kernel.problem import Problem
from app.locations.models import Alias
from app.locations.naming import alias_name
from app.pipeline.exceptions import Contradiction
from app.pipeline.floor import Floor
from app.pipeline.goods import REFUSED, Goods, Scan
from app.pipeline.operation import Operation
from app.resolving.codes import mapped_code


@dataclass(eq=False)
class IdentityChanged(Contradiction):
    """The handheld took this code for something else than it means here now."""

    code = "identity_changed"
    item: str


@dataclass(eq=False)
class TakenOtherwise(Problem):
    """The same of a house code; whether it still holds is derived from all that took it."""

    code = "identity_changed"
    scanned: str
    item: str


@lru_cache(maxsize=20_000)
def read(data: str, symbology: str | None) -> Identified:
    """Identify a scan; the same few bins and items are scanned all day."""
    if symbology == REFUSED:
        return identify("", None)  # it says nothing
    return identify(data, None if symbology == "keyed" else symbology)


@lru_cache(maxsize=20_000)
def _item_code(data: str, symbology: str | None) -> str | None:
    return read(data, symbology).gtin14


def scan_codes(scans: tuple[Scan, ...]) -> list[str]:
    """Name the item codes among the scans, so that a chunk loads them at once."""
    codes = []
    for scan in scans:
        code = _item_code(scan.data, scan.symbology)
        if code:
            codes.append(code)
    return codes


def codes_named(scans: tuple[Scan, ...]) -> tuple[tuple[type, str], ...]:
    """Name the identifier records that these scans ask for."""
    return tuple((Identifier, code) for code in scan_codes(scans))


@lru_cache(maxsize=20_000)
def _house_code(data: str, symbology: str | None) -> str | None:
    """Name the code that may be mapped on a site: neither a GTIN nor one of our own."""
    reading = read(data, symbology)
    own = reading.internal or reading.sscc or reading.gtin14
    return None if own else mapped_code(data, symbology)


def codes_here(scans: tuple[Scan, ...]) -> tuple[tuple[type, str], ...]:
    """Name the house codes among the scans, so that a chunk loads them at once."""
    codes = [_house_code(scan.data, scan.symbology) for scan in scans]
    return tuple((Alias, alias_name(code)) for code in codes if code is not None)


def identity_flags(floor: Floor, goods: Goods, scans: tuple[Scan, ...]) -> list[Problem]:
    """Compare what the handheld resolved with what the codes mean here."""
    unknown: list[str] = []
    for code in scan_codes(scans):
        known = floor.find(Identifier, derived(floor.org, code))
        if known is None:
            unknown.append(alias_name(code))
        elif known.item != goods.item:
            return [IdentityChanged(family="scan", subject=code, item=goods.item)]
    names = [*unknown, *(name for _, name in codes_here(scans))]
    return _taken_otherwise(floor, goods.item, names) if names else []


def _taken_otherwise(floor: Floor, item: str, names: Sequence[str]) -> list[Problem]:
    """What hands took a house code for is remembered: its meaning may change before they tell."""
    flags: list[Problem] = []
    for name in names:
        alias = floor.find(Alias, derived(floor.site, name))
        if alias is None or alias.target_kind != "item":
            continue
        if item not in alias.taken_for:
            alias.taken_for = sorted([*alias.taken_for, item])
        floor.suspect("code", alias.id)
        if alias.active and alias.target != item:
            flags.append(TakenOtherwise(scanned=alias.code, item=item))
    return flags


def _pairs(scans: Sequence[Scan]) -> tuple[tuple[str, str | None], ...]:
    return tuple([(scan.data, scan.symbology) for scan in scans])


def seen(
    operation: Operation[Any], goods: Goods, scans: Sequence[Scan], *, judged: bool = False
) -> list[object]:
    """Tell which lot, serial and unit were handled, and whether their status was judged."""
    events: list[object] = []
    if goods.lot:
        events.append(LotSeen(goods.lot, goods.item, goods.expiry, _pairs(scans)))
    if goods.serial:
        status = goods.status if judged else None
        events.append(SerialSeen(goods.serial, goods.item, _pairs(scans), status))
    if goods.lpn:
        events.append(unit_seen(goods.lpn, scans))
    return events


def unit_seen(lpn: str, scans: Sequence[Scan], order: str | None = None) -> UnitSeen:
    """Tell that a handling unit was used; with an order it is a tote."""
    return UnitSeen(lpn, _pairs(scans), "tote" if order else "unit", order)
