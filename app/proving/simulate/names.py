"""From the codes of the floor to the ids of a site and back, and deeds as payloads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.documents.naming import line_id, order_id
from app.items.naming import item_id
from app.kernel.ids import derived
from app.locations.naming import location_id
from app.people.naming import person_id
from app.proving.handheld import JSON, goods
from app.proving.simulate.deeds import (
    BINS,
    CUSTOMER,
    DOCK,
    DRILL,
    LINES,
    MILK,
    STAGE,
    SUPPLIER,
    VARIANCE,
    Deed,
    Line,
    Move,
    Pile,
)

EXPIRY = {"L1": "2031-01-31", "L2": "2031-02-28"}


@dataclass(frozen=True)
class Names:
    """What everything is called on one site."""

    org: str
    site: str
    seed: int

    def place(self, code: str) -> str:
        """Name a place."""
        return location_id(self.site, code)

    def item(self, sku: str) -> str:
        """Name an item."""
        return item_id(self.org, sku)

    def lot(self, item: str, code: str) -> str | None:
        """Name a lot."""
        return derived(self.item(item), code) if code else None

    def unit(self, code: str) -> str:
        """Name a pallet, the tote of an order, or a piece with a number of its own."""
        if is_serial(code):
            return derived(self.item(DRILL), code)
        return derived(self.site, code)

    def holder(self, code: str) -> str:
        """Name whatever holds goods."""
        return self.unit(code) if is_unit(code) else self.place(code)

    def person(self, badge: str) -> str:
        """Name somebody."""
        return person_id(self.org, badge)

    def operation(self, n: int) -> str:
        """Name the operation of a deed."""
        return derived(self.site, f"seed {self.seed} deed {n}")

    def sheet(self, n: int) -> str:
        """Name a count sheet by its first deed."""
        return derived(self.operation(n), 1)

    def pile(self, pile: Pile) -> tuple[str, str, str]:
        """Name a pile as the ledger does."""
        lot = self.lot(pile.item, pile.lot) or ""
        return self.holder(pile.holder), self.item(pile.item), lot

    # --- payloads ----------------------------------------------------------------------------

    def goods(self, move: Move, holder: str | None) -> JSON:
        """Say what was in hand; `holder` = the pallet it was on."""
        lot = self.lot(move.item, move.lot)
        return goods(
            self.item(move.item),
            move.quantity,
            lot=lot,
            expiry=EXPIRY.get(move.lot) if move.item == MILK else None,
            lpn=self.unit(holder) if holder and is_unit(holder) else None,
            status=move.status,
        )

    def payload(self, deed: Deed) -> tuple[str, JSON]:
        """Put a deed as a handheld does."""
        kind, write = KINDS[deed.kind]
        return kind, write(self, deed)

    def _asking(self, deed: Deed) -> JSON:
        return {"orders": 1, "scans": []}

    def _void(self, deed: Deed) -> JSON:
        return {"reason": None, "scans": []}

    def _received(self, deed: Deed) -> JSON:
        (move,) = deed.moves
        line: dict[str, Any] = {"po_line": None, "asn_line": None}
        damaged = "damaged" if move.status == "damaged" else "good"
        return {
            **line,
            "goods": self.goods(move, None),
            "target": self.place(move.target),
            "condition": damaged,
            **_bare(),
        }

    def _received_unit(self, deed: Deed) -> JSON:
        (stand,) = deed.stands
        return {
            "asn": None,
            "lpn": self.unit(stand.unit),
            "contents": [self.goods(move, None) for move in deed.moves],
            "target": self.place(stand.place),
            "condition": "good",
            **_bare(),
        }

    def _piece(self, code: str) -> JSON:
        return goods(self.item(DRILL), 1, serial=self.unit(code))

    def _received_serial(self, deed: Deed) -> JSON:
        (stand,) = deed.stands
        return {
            "po_line": None,
            "asn_line": None,
            "goods": self._piece(stand.unit),
            "target": self.place(stand.place),
            "condition": "good",
            **_bare(),
        }

    def _carried(self, deed: Deed) -> JSON:
        payload: JSON = {"goods": None, "lpn": None, "reason": None, "scans": []}
        if deed.stands:
            (stand,) = deed.stands
            source = self.place(stand.source) if stand.source else None
            piece = is_serial(stand.unit)
            what = {"goods": self._piece(stand.unit)} if piece else {"lpn": self.unit(stand.unit)}
            return {**payload, **what, "target": self.place(stand.place), "source": source}
        (move,) = deed.moves
        where = {"source": self.place(move.source), "target": self.place(move.target)}
        return {**payload, **where, "goods": self.goods(move, None)}

    def _picked(self, deed: Deed) -> JSON:
        (move,) = deed.moves
        return {
            "order_line": self.order_line(deed),
            "goods": self.goods(move, move.source),
            "source": self.place(deed.place or move.source),
            "tote": self.unit(move.target),
            "scans": [],
        }

    def order_line(self, deed: Deed) -> str:
        """Name the line that a pick is for."""
        order = order_id(self.site, str(deed.order))
        return line_id(order, LINES.index(deed.moves[0].item) + 1)

    def _shipped(self, deed: Deed) -> JSON:
        units = [self.unit(stand.unit) for stand in deed.stands]
        order = order_id(self.site, str(deed.order))
        return {"order": order, "units": units, "goods": [], "stage": self.place(STAGE), **_scans()}

    def _finished(self, deed: Deed) -> JSON:
        finish = deed.finish
        if finish is None:
            raise ValueError(deed)
        at = {"sheet": self.sheet(finish.sheet), "place": self.place(finish.place)}
        return {**at, "empty": finish.empty, **_scans()}

    def _counted(self, deed: Deed) -> JSON:
        line = deed.line
        if line is None:
            raise ValueError(deed)
        at = {"sheet": self.sheet(line.sheet), "place": self.place(line.place), **_scans()}
        if line.unit and is_serial(line.unit):
            return {**at, "lpn": None, "goods": self._piece(line.unit)}
        lpn = self.unit(line.unit) if line.unit else None
        return {**at, "lpn": lpn, "goods": self._seen(line)}

    def _seen(self, line: Line) -> JSON | None:
        if line.pile is None:
            return None
        told = Move("", "", line.pile.item, line.pile.lot, line.quantity)
        return self.goods(told, line.pile.holder)


def _scans() -> JSON:
    return {"scans": []}


def _bare() -> JSON:
    return {"reason": None, "photos": [], **_scans()}


KINDS: dict[str, tuple[str, Callable[[Names, Deed], JSON]]] = {
    "receive": ("receiving.receive_line", Names._received),  # noqa: SLF001 - its own table
    "receive_unit": ("receiving.receive_unit", Names._received_unit),  # noqa: SLF001
    "put_away": ("putaway.put_away", Names._carried),  # noqa: SLF001
    "put_away_unit": ("putaway.put_away", Names._carried),  # noqa: SLF001
    "move": ("moving.move", Names._carried),  # noqa: SLF001
    "move_unit": ("moving.move", Names._carried),  # noqa: SLF001
    "receive_serial": ("receiving.receive_line", Names._received_serial),  # noqa: SLF001
    "move_serial": ("moving.move", Names._carried),  # noqa: SLF001
    "pick": ("picking.pick", Names._picked),  # noqa: SLF001
    "ship": ("shipping.ship", Names._shipped),  # noqa: SLF001
    "count_line": ("counting.count_line", Names._counted),  # noqa: SLF001
    "finish_bin": ("counting.finish_bin", Names._finished),  # noqa: SLF001
    "take_work": ("picking.take_work", Names._asking),  # noqa: SLF001
    "void": ("operations.void", Names._void),  # noqa: SLF001
}


def is_unit(code: str) -> bool:
    """Tell whatever is moved as one from places."""
    return code[:2] in ("P-", "T-", "S-")


def is_serial(code: str) -> bool:
    """Tell pieces with a number of their own."""
    return code[:2] == "S-"


def places() -> tuple[str, ...]:
    """Every place that the floor speaks of."""
    return (*BINS, DOCK, STAGE, SUPPLIER, CUSTOMER, VARIANCE)
