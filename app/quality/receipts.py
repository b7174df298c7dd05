"""What came on a receipt line: the ids by which its goods are known in hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from app.among import among
from app.documents.models import Asn, AsnUnit, PurchaseOrderLine
from app.events import GoodsReceived, UnitReceived
from app.kernel import jsontext
from app.ledger.models import Voided
from app.pipeline.floor import Floor
from app.pipeline.models import StoredOperation
from app.pipeline.operation import Operation
from app.stock.holds import holds_of

SHOWN = ("lot", "lpn", "serial")  # of goods in hand; loose goods of an item show nothing


def received_under(floor: Floor, line: str) -> list[str]:
    """Name the lots, units and serials that were received under a purchase order line."""
    found: set[str] = set()
    for payload in _told(floor, "receiving.receive_line", {line}):
        found |= _shown(payload["goods"].get)
    units = {unit.id: unit for unit in _announced_under(floor, line)}
    for payload in _told(floor, "receiving.receive_unit", set(units)):
        found |= _on_unit(line, units[payload["lpn"]], payload["contents"])
    return sorted(found)


def _told(floor: Floor, kind: str, subjects: set[str]) -> Iterator[dict[str, Any]]:
    """Yield what hands told of these, unless it was called off."""
    envelopes = floor.session.scalars(
        select(StoredOperation.envelope)
        .outerjoin(Voided, (Voided.cause == StoredOperation.operation) & Voided.applied)
        .where(
            StoredOperation.stream == floor.site,
            StoredOperation.kind == kind,
            among(StoredOperation.subject, sorted(subjects)),
            StoredOperation.alias.is_(False),
            StoredOperation.outcome.in_(("applied", "flagged")),
            Voided.cause.is_(None),
        )
    )
    for envelope in envelopes:
        yield jsontext.read(envelope.decode("utf-8", "surrogatepass"))["payload"]


def _announced_under(floor: Floor, line: str) -> list[AsnUnit]:
    """Pallets of which something was announced for a purchase order line."""
    of_the_order = (
        select(AsnUnit)
        .join(Asn, Asn.id == AsnUnit.asn)
        .join(PurchaseOrderLine, PurchaseOrderLine.order == Asn.purchase_order)
        .where(PurchaseOrderLine.id == line)
    )
    return [unit for unit in floor.all(of_the_order) if line in unit.po_lines.values()]


def _on_unit(line: str, unit: AsnUnit, contents: Sequence[Any]) -> set[str]:
    """What of a pallet is known by itself; else, or if nothing else is on it, all of the pallet.

    Too much is stopped rather than too little.
    """
    goods = [each if isinstance(each, dict) else asdict(each) for each in contents]
    mine = [each for each in goods if unit.po_lines.get(each["item"]) == line]
    shown = [_shown(lambda name, each=each: None if name == "lpn" else each[name]) for each in mine]
    whole = len(mine) == len(goods) or not all(shown)
    return set().union(*shown, {unit.id} if mine and whole else set())


def _shown(read: Any) -> set[str]:  # noqa: ANN401 - of a payload, stored or decoded
    return {str(read(name)) for name in SHOWN if read(name)}


def hold_more(floor: Floor, operation: Operation[Any], event: GoodsReceived) -> None:
    """What still comes in on a held receipt line is held as well."""
    line = getattr(operation.payload, "po_line", None)
    goods = getattr(operation.payload, "goods", None)
    if line is None or goods is None:
        return
    _cover(floor, {line: _shown(lambda name: getattr(goods, name))})


def hold_units(floor: Floor, operation: Operation[Any], event: UnitReceived) -> None:
    """The same of a pallet: each of its goods belongs to a line of its own."""
    unit = floor.find(AsnUnit, event.lpn)
    contents = getattr(operation.payload, "contents", ())
    if unit is not None and unit.po_lines:
        lines = set(unit.po_lines.values())
        _cover(floor, {line: _on_unit(line, unit, contents) for line in lines})


def _cover(floor: Floor, came: Mapping[str, set[str]]) -> None:
    for hold in holds_of(floor):
        if hold.subject in came and hold.until is None:
            hold.covers = sorted({*hold.covers, *came[hold.subject]})
            floor.touch(hold)
