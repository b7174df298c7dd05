"""Goods that were handled under a code nobody knew: what they are once somebody has said so.

A handheld books them under the id of the code itself (`alias_id`). Such a fact is kept without
effect; mapped before it arrives or after, it means the same goods at its own moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from app.items.models import Identifier, Item
from app.items.naming import identifier_id
from app.kernel.ids import derived
from app.kernel.problem import Problem
from app.kernel.values import value
from app.locations.models import Alias
from app.locations.naming import alias_id
from app.pipeline.floor import Floor
from app.pipeline.goods import Goods, Scan
from app.pipeline.operation import Kind, Operation, Outcome, Unresolved
from app.pipeline.schema import Ident
from app.resolving.codes import mapped_code
from app.resolving.evidence import read


@value
class Meaning:
    """What one scanned code stands for: so many base units of an item."""

    item: str
    packaging: str | None
    quantity: int

    def to_json(self) -> list[Any]:
        """Spell it as the log keeps it."""
        return [self.item, self.packaging, self.quantity]


Meanings = Mapping[str, Meaning]  # by the id of the code


@dataclass(eq=False)
class UnknownCode(Problem):
    """Nobody has said yet what this code stands for."""

    code = "unresolved_barcode"
    entity: str
    id: str
    scanned: str


def handled(
    floor: Floor, kind: Kind, operation: Operation[Any], then: Meanings | None = None
) -> tuple[Operation[Any], Outcome]:
    """Run the handler; goods under a code are taken for what it is mapped to, or was `then`."""
    try:
        return operation, kind.handle(floor, operation)
    except Unresolved as problem:
        return _handled_as_mapped(floor, kind, operation, then, problem)


def _handled_as_mapped(
    floor: Floor,
    kind: Kind,
    operation: Operation[Any],
    then: Meanings | None,
    problem: Unresolved,
) -> tuple[Operation[Any], Outcome]:
    scans: Sequence[Scan] = getattr(operation.payload, "scans", ())
    codes = {alias_id(floor.site, code): code for code in _codes(scans)}
    codes = {key: code for key, code in codes.items() if key in _items(operation.payload)}
    if problem.id not in codes:
        raise problem
    meanings = dict(then or {}) or _meanings(floor, codes)
    if problem.id not in meanings:
        raise UnknownCode("barcode", problem.id, codes[problem.id])
    meant = replace(operation, payload=_said(operation.payload, meanings, scans))
    floor.load(kind.refs(meant.payload).ids)
    outcome: Outcome = kind.handle(floor, meant)
    known = {key: meaning.to_json() for key, meaning in meanings.items()}
    return meant, replace(outcome, mapped=known)


def _codes(scans: Sequence[Scan]) -> list[str]:
    found = [mapped_code(scan.data, scan.symbology) for scan in scans]
    return [code for code in found if code is not None]


def _items(payload: object) -> set[str]:
    """Every item that a payload names among its goods."""
    held = [getattr(payload, each.name) for each in fields(payload)]  # type: ignore[arg-type]
    flat = [one for each in held for one in (each if isinstance(each, tuple) else (each,))]
    return {str(one.item) for one in flat if isinstance(one, Goods)}


def _meanings(floor: Floor, codes: Mapping[str, str]) -> dict[str, Meaning]:
    found = {key: _meaning(floor, key, code) for key, code in codes.items()}
    return {key: meaning for key, meaning in found.items() if meaning is not None}


def _meaning(floor: Floor, key: str, code: str) -> Meaning | None:
    """The alias of the site, or a code that the item has got everywhere meanwhile."""
    alias = floor.find(Alias, key)
    if alias is not None and alias.active:
        if alias.target_kind != "item":
            return None
        return _of(floor, alias.target, alias.packaging)
    known = floor.find(Identifier, identifier_id(floor.org, code))
    return None if known is None else _of(floor, known.item, known.packaging)


def _of(floor: Floor, item_id: str, packaging: str | None) -> Meaning:
    item = floor.get(Item, item_id)
    pack = next((one for one in item.packagings if one["id"] == packaging), None)
    return Meaning(item_id, packaging, int(pack["quantity"]) if pack else 1)


def _said(payload: Any, meanings: Meanings, scans: Sequence[Scan]) -> Any:  # noqa: ANN401
    """The same gesture, of the goods that the code stands for."""
    changed: dict[str, Any] = {}
    for each in fields(payload):
        held = getattr(payload, each.name)
        if isinstance(held, Goods):
            changed[each.name] = _goods(held, meanings, scans)
        elif isinstance(held, tuple) and any(isinstance(one, Goods) for one in held):
            changed[each.name] = tuple(_goods(one, meanings, scans) for one in held)
    return replace(payload, **changed)


def _goods(goods: Goods, meanings: Meanings, scans: Sequence[Scan]) -> Goods:
    meant = meanings.get(goods.item)
    if meant is None:
        return goods
    readings = [read(scan.data, scan.symbology) for scan in scans]
    lots = [one.lot for one in readings if one.lot]
    serials = [one.serial for one in readings if one.serial]
    return replace(
        goods,
        item=cast("Ident", meant.item),
        packaging=cast("Ident | None", meant.packaging),
        quantity=goods.quantity * meant.quantity,
        lot=_renamed(goods.lot, goods.item, meant.item, lots),
        serial=_renamed(goods.serial, goods.item, meant.item, serials),
    )


def _renamed(key: str | None, code: str, item: str, spelled: Sequence[str]) -> Ident | None:
    """The same lot or serial, as one of the item; its name is among the scans."""
    named = next((one for one in spelled if derived(code, one) == key), None)
    return cast("Ident", derived(item, named)) if named is not None else None
