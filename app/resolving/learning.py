"""Lots, serials and units become known from the first scan that names them."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.events import LotSeen, SerialSeen, UnitSeen
from app.identification import Identified, candidates
from app.items.models import Item
from app.kernel.ids import derived
from app.pipeline.floor import Floor
from app.pipeline.goods import REFUSED
from app.pipeline.operation import Operation
from app.resolving.codes import item_code
from app.resolving.evidence import read
from app.resolving.labels import label_of_maker
from app.stock.models import HandlingUnit, Lot, Serial


def learn_lot(floor: Floor, operation: Operation[Any], event: LotSeen) -> None:
    """Keep the expiry that was seen first in time; another one is a conflict, not a correction."""
    lot = floor.find(Lot, event.id)
    key = operation.key
    expiry = event.expiry.isoformat() if event.expiry else None
    if lot is None:
        floor.new(
            Lot,
            id=event.id,
            site=floor.site,
            item=event.item,
            code=_spelled(event.item, event.id, _lot_codes(floor, event)),
            expiry=expiry,
            conflict=False,
            eff_at=key.eff_at,
            device=key.device,
            epoch=key.epoch,
            seq=key.seq,
        )
        return
    if lot.code is None:
        lot.code = _spelled(event.item, event.id, _lot_codes(floor, event))
    if expiry is None:
        return
    if lot.expiry is not None and lot.expiry != expiry and not lot.conflict:
        lot.conflict = True
        floor.suspect("lot", lot.id)
    if lot.expiry is None or key[:4] < (lot.eff_at, lot.device, lot.epoch, lot.seq):
        lot.expiry = expiry
        lot.eff_at, lot.device, lot.epoch, lot.seq = key[:4]
    floor.touch(lot)


def learn_serial(floor: Floor, operation: Operation[Any], event: SerialSeen) -> None:
    """Remember a single piece, how it is spelled, and what it was last judged to be."""
    piece = floor.find(Serial, event.id)
    if piece is None:
        codes = (reading.serial for reading in _readings(floor, event) if reading.serial)
        code = _spelled(event.item, event.id, codes)
        piece = floor.new(Serial, id=event.id, site=operation.site, item=event.item, code=code)
    key, last = operation.key, (piece.eff_at, piece.device, piece.epoch, piece.seq)
    if event.judged is not None and (piece.eff_at is None or key[:4] > last):
        piece.status = event.judged
        piece.eff_at, piece.device, piece.epoch, piece.seq = key[:4]
        floor.touch(piece)


def learn_unit(floor: Floor, operation: Operation[Any], event: UnitSeen) -> None:
    """Remember a handling unit; a tote in use belongs to its order."""
    unit = floor.find(HandlingUnit, event.id)
    if unit is None:
        code = _unit_code(floor.site, event)
        floor.new(
            HandlingUnit,
            id=event.id,
            site=operation.site,
            code=code,
            kind=event.kind,
            order=event.order,
        )
        return
    if unit.code is None or (unit.order is None and event.order is not None):
        unit.code = unit.code or _unit_code(floor.site, event)
        unit.order = unit.order or event.order  # its pick may arrive after it was moved
        floor.touch(unit)


def _unit_code(site: str, event: UnitSeen) -> str | None:
    for code in _codes(event.scans):
        plain = derived(site, code)
        if event.id in (plain, derived(plain, event.order) if event.order else plain):
            return code
    return None


def _lot_codes(floor: Floor, event: LotSeen) -> Iterator[str]:
    return (reading.lot for reading in _readings(floor, event) if reading.lot)


def _readings(floor: Floor, event: LotSeen | SerialSeen) -> Iterator[Identified]:
    """Every way to read the scans: which one the handheld took is proven by the id."""
    item = floor.find(Item, event.item)
    label = item.label_ais if item else None
    scans = [(data, symbology) for data, symbology in event.scans if symbology != REFUSED]
    for data, symbology in scans:
        yield from candidates(data, None if symbology == "keyed" else symbology, label)
    for data, symbology in scans if label is None else ():
        maker = label_of_maker(floor.session, floor.org, item_code(read(data, symbology)))
        if maker:
            yield from candidates(data, None if symbology == "keyed" else symbology, maker)


def _codes(scans: Iterable[tuple[str, str | None]]) -> list[str]:
    """Every spelling under which a scan may name a unit: SSCC, own code, or as it stands."""
    found: list[str] = []
    for data, symbology in scans:
        reading = read(data, symbology)
        if reading.sscc:
            found.append(reading.sscc)
        if reading.internal:
            found.append(reading.internal.code)
        found.append(data)
    return found


def _spelled(parent: str, wanted: str, codes: Iterable[str]) -> str | None:
    return next((code for code in codes if derived(parent, code) == wanted), None)
