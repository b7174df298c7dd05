"""Why a purchase order or an announcement may be refused."""

from dataclasses import dataclass

from app.kernel.problem import Problem


@dataclass(eq=False)
class UnknownSupplier(Problem):
    """There is no such supplier."""

    code = "purchasing.unknown_supplier"
    supplier: str


@dataclass(eq=False)
class UnknownItem(Problem):
    """There is no such item."""

    code = "purchasing.unknown_item"
    item: str


@dataclass(eq=False)
class UnknownPackaging(Problem):
    """The item does not come in this packaging."""

    code = "purchasing.packaging_unknown"
    item: str
    packaging: str


@dataclass(eq=False)
class UnknownPurchaseOrder(Problem):
    """The site has no such purchase order."""

    code = "purchasing.unknown_purchase_order"
    purchase_order: str


@dataclass(eq=False)
class LineTwice(Problem):
    """Two lines share a number, or two pallets a code."""

    code = "purchasing.line_twice"
    lines: tuple[str, ...]


@dataclass(eq=False)
class LineStarted(Problem):
    """Goods of this line have come; it cannot become a line of something else."""

    code = "purchasing.line_started"
    line: int


@dataclass(eq=False)
class UnitReceived(Problem):
    """The pallet has come; what is on it is no longer an announcement."""

    code = "purchasing.unit_received"
    unit: str


@dataclass(eq=False)
class UnitAnnouncedElsewhere(Problem):
    """Another announcement names this pallet."""

    code = "purchasing.unit_announced_elsewhere"
    unit: str
    asn: str


@dataclass(eq=False)
class NothingAnnounced(Problem):
    """A document needs at least one line."""

    code = "purchasing.nothing"
