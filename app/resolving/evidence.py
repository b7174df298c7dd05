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
from app.pipeline.exceptions import Contradiction
from app.pipeline.floor import Floor
from app.pipeline.goods import Goods, Scan
from app.pipeline.operation import Operation


@dataclass(eq=False)
class IdentityChanged(Contradiction):
    """The handheld took this code for something else than it means here now."""

    code = "identity_changed"
    item: str


@lru_cache(maxsize=20_000)
def read(data: str, symbology: str | None) -> Identified:
    """Identify a scan; the same few bins and items are scanned all day."""
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


def identity_flags(floor: Floor, goods: Goods, scans: tuple[Scan, ...]) -> list[Problem]:
    """Compare what the handheld resolved with what the codes mean here."""
    for code in scan_codes(scans):
        known = floor.find(Identifier, derived(floor.org, code))
        if known is not None and known.item != goods.item:
            return [IdentityChanged(family="scan", subject=code, item=goods.item)]
    return []


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
