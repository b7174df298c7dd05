"""The lines of an order: written by the office, counted by the floor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from app.documents.models import SalesOrderLine
from app.documents.naming import line_id
from app.items.models import Item
from app.ordering.problems import LineStarted, NothingOrdered, UnknownItem
from app.ordering.rules import money, no_repeats
from app.pipeline.floor import Floor
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """One line; `n` is its number on the order, `price` a decimal of one base unit."""

    n: int = field(metadata={"least": 1, "most": 1_000_000})
    item: Ident
    quantity: int = field(metadata={"least": 1, "most": 1_000_000_000})
    price: str | None = field(default=None, metadata={"min_length": 1, "max_length": 20})


def lines_of(floor: Floor, order: str) -> dict[str, SalesOrderLine]:
    """Return the lines of an order; id → line."""
    rows = floor.all(
        select(SalesOrderLine).where(
            SalesOrderLine.order == order, SalesOrderLine.site == floor.site
        )
    )
    return {row.id: row for row in rows}


def judge_lines(
    floor: Floor,
    order: str,
    lines: Sequence[OrderedLine],
    before: Mapping[str, SalesOrderLine],
) -> None:
    """Refuse lines that repeat, name unknown goods, or turn picked goods into others."""
    if not lines:
        raise NothingOrdered
    no_repeats(line.n for line in lines)
    for line in lines:
        if floor.find(Item, line.item) is None:
            raise UnknownItem(item=line.item)
        money(line.price)
        known = before.get(line_id(order, line.n))
        if known is not None and known.item != line.item and known.picked:
            raise LineStarted(line=line.n)


def write_lines(
    floor: Floor,
    order: str,
    lines: Sequence[OrderedLine],
    before: Mapping[str, SalesOrderLine],
) -> None:
    """Bring lines in, or up to date; what was picked stays picked.

    Postage and the like are lines that ask nothing of hands: nothing of them is ordered.
    """
    for line in lines:
        key = line_id(order, line.n)
        item = floor.get(Item, line.item)
        row = before.get(key) or SalesOrderLine(
            id=key, site=floor.site, order=order, picked=0, short=0, refound=0
        )
        row.item, row.price = line.item, money(line.price)
        row.ordered = line.quantity if item.stocked else 0
        floor.add(row)


def close_vanished(
    floor: Floor,
    order: str,
    lines: Sequence[OrderedLine],
    before: Mapping[str, SalesOrderLine],
) -> None:
    """Want nothing more of lines that are no longer asked for; they stay readable."""
    named = {line_id(order, line.n) for line in lines}
    for key in before.keys() - named:
        before[key].ordered = before[key].picked
        floor.add(before[key])
