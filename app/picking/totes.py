"""What was picked into each tote of an order: the list a closed tote is checked against. Pure."""

from collections.abc import Sequence
from typing import Any

from app.events import GoodsPicked

Totes = list[dict[str, Any]]


def filled(totes: Sequence[dict[str, Any]], picked: GoodsPicked, sign: int = 1) -> Totes:
    """The totes with one pick in them, or out of them again; in the same order however they come.

    A tote stays an order's when what was picked into it is called off: it may hold something else.
    """
    if picked.tote is None:
        return list(totes)
    before = next((tote for tote in totes if tote["lpn"] == picked.tote), None)
    if before is None and sign < 0:
        return list(totes)
    goods = _with((before or {}).get("goods", []), picked, sign)
    others = [tote for tote in totes if tote is not before]
    return sorted([*others, {"lpn": picked.tote, "goods": goods}], key=lambda tote: tote["lpn"])


def _with(goods: Sequence[dict[str, Any]], picked: GoodsPicked, sign: int) -> list[dict[str, Any]]:
    key = (picked.item, picked.lot, picked.serial or "")
    held = {(each["item"], each["lot"], each["serial"]): each["quantity"] for each in goods}
    held[key] = held.get(key, 0) + sign * picked.quantity
    return [
        {"item": item, "lot": lot, "serial": serial, "quantity": quantity}
        for (item, lot, serial), quantity in sorted(held.items())
        if quantity
    ]
