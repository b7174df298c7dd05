"""Held goods in totes and out of the house, derived from holds and picks in any order."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.among import among
from app.documents.models import SalesOrder, SalesOrderLine
from app.handling.after_shipping import standing
from app.kernel import jsontext
from app.kernel.values import value
from app.ledger.models import UnitPosition
from app.pipeline.floor import Floor
from app.stock.holds import holds_of
from app.stock.models import Hold
from app.stock.totes import Waiting, waiting

Codes = dict[str, dict[str, Any]]


@value
class Taken:
    """Goods that somebody picked, by what they show."""

    line: str
    lot: str | None
    lpn: str | None
    serial: str | None


def held_goods(floor: Floor, lines: Mapping[str, SalesOrderLine]) -> dict[str, Codes]:
    """Per order line: held goods that wait in its totes, or left while they were held."""
    holds = holds_of(floor)
    wanted = {line.id: floor.get(SalesOrder, line.order) for line in lines.values() if line.picked}
    if not holds or not wanted:
        return {}
    taken = [
        (each, hold) for each in _taken(floor, set(wanted)) for hold in holds if _covers(hold, each)
    ]
    if not taken:
        return {}
    totes = _totes(floor, wanted.values())
    found: dict[str, Codes] = {}
    for each, hold in taken:
        order = wanted[each.line]
        if _left_while_held(order.shipped_at, hold):
            found.setdefault(each.line, {})["held_stock_shipped"] = _detail(hold)
        elif (
            hold.until is None
            and not order.shipments
            and totes.hold_still(order, lines[each.line], each)
        ):
            found.setdefault(each.line, {})["held_stock_picked"] = _detail(hold)
    return found


def _covers(hold: Hold, goods: Taken) -> bool:
    return any(each in hold.covers for each in (goods.lot, goods.lpn, goods.serial) if each)


def _left_while_held(shipped_at: datetime | None, hold: Hold) -> bool:
    if shipped_at is None or shipped_at < hold.since:
        return False
    return hold.until is None or shipped_at < hold.until


def _detail(hold: Hold) -> dict[str, Any]:
    return {"hold": hold.id, "why": hold.code, "subject": hold.subject}


def _taken(floor: Floor, lines: set[str]) -> Iterable[Taken]:
    for row in standing(floor, "picking.pick", lines):
        payload = jsontext.read(row.envelope.decode("utf-8", "surrogatepass"))["payload"]
        goods = payload["goods"]
        yield Taken(str(row.subject), goods["lot"], goods["lpn"], goods["serial"])


@value
class _Totes:
    """What is in the totes of these orders now, and which tote is whose."""

    goods: Sequence[Waiting]
    pieces: Mapping[str, str]  # serial → tote

    def hold_still(self, order: SalesOrder, line: SalesOrderLine, goods: Taken) -> bool:
        """Tell whether what was picked is still in a tote of its order."""
        own = {tote["lpn"] for tote in order.totes}
        if goods.serial:
            return self.pieces.get(goods.serial) in own
        return any(
            each.tote in own and each.item == line.item and each.lot == (goods.lot or "")
            for each in self.goods
        )


def _totes(floor: Floor, orders: Iterable[SalesOrder]) -> _Totes:
    own = sorted({tote["lpn"] for order in orders for tote in order.totes})
    pieces = floor.session.execute(
        select(UnitPosition.unit, UnitPosition.place).where(
            UnitPosition.kind == "serial", among(UnitPosition.place, own)
        )
    )
    return _Totes(waiting(floor.session, own), {row.unit: row.place for row in pieces})
