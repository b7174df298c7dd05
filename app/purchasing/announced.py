"""What is on the truck, as announced: pallets with contents, and loose lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from app.documents.models import Asn, AsnLine, AsnUnit
from app.documents.naming import line_id, withdrawn_id
from app.kernel.ids import derived
from app.pipeline.floor import Floor
from app.pipeline.schema import Ident
from app.purchasing.problems import LineStarted, UnitAnnouncedElsewhere, UnitReceived

MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class AnnouncedGoods:
    """Goods of one item and lot; `lot` is the supplier's code, `quantity` in base units."""

    item: Ident
    packaging: Ident | None
    lot: str | None = field(metadata={"min_length": 1, "max_length": 80})
    expiry: date | None
    quantity: int = field(metadata={"least": 1, "most": MOST})


@dataclass(frozen=True, slots=True)
class AnnouncedUnit:
    """A pallet; `code` is its SSCC (18 digits) or the code printed on it."""

    code: str = field(metadata={"min_length": 1, "max_length": 60})
    contents: tuple[AnnouncedGoods, ...]


@dataclass(frozen=True, slots=True)
class AnnouncedLine:
    """Loose goods; `n` is the number of the line."""

    n: int = field(metadata={"least": 1, "most": 1_000_000})
    goods: AnnouncedGoods


@dataclass(frozen=True, slots=True)
class Before:
    """What an announcement said until now; id → record."""

    units: dict[str, AsnUnit]
    lines: dict[str, AsnLine]

    @classmethod
    def of(cls, floor: Floor, asn: str) -> "Before":
        """Read it, with what an operation of the same chunk may have written."""
        if floor.find(Asn, asn) is None:
            return cls({}, {})
        units = floor.all(select(AsnUnit).where(AsnUnit.asn == asn))
        lines = floor.all(select(AsnLine).where(AsnLine.asn == asn))
        return cls({unit.id: unit for unit in units}, {line.id: line for line in lines})


def judge_units(
    floor: Floor, asn: str, units: Sequence[AnnouncedUnit], before: Mapping[str, AsnUnit]
) -> None:
    """Refuse a pallet that another announcement names, or that has come with other contents."""
    for unit in units:
        key = derived(floor.site, unit.code)
        row = before.get(key) or floor.find(AsnUnit, key)
        if row is None or row.asn == withdrawn_id(floor.site):
            continue
        if row.asn != asn:
            raise UnitAnnouncedElsewhere(unit=unit.code, asn=row.asn)
        if row.received > 0 and row.contents != _contents(unit):
            raise UnitReceived(unit=unit.code)


def judge_lines(asn: str, lines: Sequence[AnnouncedLine], before: Mapping[str, AsnLine]) -> None:
    """Refuse to turn goods that have come into others."""
    for line in lines:
        row = before.get(line_id(asn, line.n))
        if row is not None and row.received and row.item != line.goods.item:
            raise LineStarted(line=line.n)


def write_units(
    floor: Floor,
    asn: str,
    units: Sequence[AnnouncedUnit],
    before: Mapping[str, AsnUnit],
    ordered: Mapping[str, str],
) -> None:
    """Bring pallets in, or up to date; `ordered`: item → line of the purchase order."""
    named = {derived(floor.site, unit.code): unit for unit in units}
    for key, unit in named.items():
        row = before.get(key) or floor.find(AsnUnit, key)
        if row is None:
            row = AsnUnit(id=key, site=floor.site, code=unit.code, received=0)
        elif row.asn == withdrawn_id(floor.site):
            row.received -= 1
        row.asn, row.contents = asn, _contents(unit)
        row.po_lines = {
            goods.item: ordered[goods.item] for goods in unit.contents if goods.item in ordered
        }
        floor.add(row)
    for key in sorted(before.keys() - named.keys()):
        _withdraw(floor, before[key])


def _withdraw(floor: Floor, unit: AsnUnit) -> None:
    """Take a pallet off the announcement; nobody waits for it, and no handheld offers it."""
    if unit.received > 0:
        return
    unit.asn, unit.contents, unit.po_lines = withdrawn_id(floor.site), [], {}
    unit.received += 1
    floor.add(unit)


def write_lines(
    floor: Floor,
    asn: str,
    lines: Sequence[AnnouncedLine],
    before: Mapping[str, AsnLine],
    ordered: Mapping[str, str],
) -> None:
    """Bring loose lines in, or up to date; of one that vanished nothing more is expected."""
    named = {line_id(asn, line.n): line for line in lines}
    for key, line in named.items():
        goods = line.goods
        row = before.get(key)
        if row is None:
            row = AsnLine(id=key, site=floor.site, asn=asn, received=0, missing=0)
        row.item, row.quantity, row.po_line = goods.item, goods.quantity, ordered.get(goods.item)
        row.lot, row.lot_code = _lot(goods), goods.lot
        row.expiry = goods.expiry.isoformat() if goods.expiry is not None else None
        floor.add(row)
    for key in sorted(before.keys() - named.keys()):
        before[key].quantity = before[key].received
        floor.add(before[key])


def _lot(goods: AnnouncedGoods) -> str | None:
    return derived(goods.item, goods.lot) if goods.lot is not None else None


def _contents(unit: AnnouncedUnit) -> list[dict[str, Any]]:
    """Write goods as the handheld will send them back."""
    return [
        {
            "item": goods.item,
            "packaging": goods.packaging,
            "lot": _lot(goods),
            "expiry": goods.expiry.isoformat() if goods.expiry is not None else None,
            "serial": None,
            "lpn": None,
            "status": "available",
            "quantity": goods.quantity,
        }
        for goods in unit.contents
    ]
