"""The site of the long day, and an independent book of what hands did there."""

from collections import Counter
from dataclasses import dataclass, field

from app.demo.cast import gtin, sscc
from app.proving.demo import REASONS

LOOSE, ARRIVING = range(1, 31), range(31, 41)  # goods that lie there, goods that come today
ORDERS, ON_A_PALLET = 100, 12
FROM_STOCK = 30  # the first orders ask for nothing that comes today
LOST = {5: 2, 9: 2, 14: 2, 20: 3, 21: -2}  # article → pieces gone unseen, or found too many
SCARCE = (5, 9, 14)  # as much as is ordered of these was there, before some went
PEOPLE = {"B-1": "receiver", "B-2": "picker|packer", "B-3": "counter", "B-9": "supervisor"}
# What the truck brings loose: article → ordered, good, damaged.
CARTONS = {1: (6, 8, 0), 2: (6, 4, 2), 3: (6, 6, 0)}


def sku(n: int) -> str:
    """An article's number."""
    return f"I-{n:02d}"


def name(n: int) -> str:
    """What the screen calls it."""
    return f"Article {n:02d}"


NUMBERS = {name(n): n for n in [*LOOSE, *ARRIVING]}
CODES = {n: gtin(n) for n in NUMBERS.values()}


def wanted(order: int) -> dict[int, int]:
    """What a customer asks for: article → pieces."""
    lines = {order * 7 % 30 + 1: 1 + order % 3}
    if order % 2:
        lines.setdefault((order * 11 + 3) % 30 + 1, 1 + order % 2)
    if order % 4 == 0 and order > FROM_STOCK:
        lines[31 + order // 4 % 10] = 2
    return lines


DEMAND = Counter[int]()
for _order in range(1, ORDERS + 1):
    DEMAND.update(wanted(_order))
OPENING = {n: DEMAND[n] if n in SCARCE else 60 for n in LOOSE}


@dataclass
class Pallet:
    """One of twenty: its label, what is on it, and where it stands."""

    code: str
    item: int
    pieces: int = ON_A_PALLET
    place: str | None = None


ANNOUNCED, STRANGE = range(1, 15), range(15, 21)


def pallets() -> list[Pallet]:
    """Two of every article that comes today; fourteen were announced."""
    return [Pallet(sscc(n), 31 + (n - 1) // 2) for n in (*ANNOUNCED, *STRANGE)]


@dataclass
class Book:
    """What is really there, and what came and went: it knows nothing of the product's ledger."""

    loose: Counter[tuple[str, int]] = field(default_factory=Counter)  # (place, article)
    pallets: list[Pallet] = field(default_factory=pallets)
    received: Counter[int] = field(default_factory=Counter)
    picked: dict[int, Counter[int]] = field(default_factory=dict)  # order → article → pieces
    short: dict[int, Counter[int]] = field(default_factory=dict)
    shipped: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Open the shelves, and let some goods vanish before anybody looks."""
        for n, pieces in OPENING.items():
            self.loose[(f"A-{n:02d}", n)] = pieces - LOST.get(n, 0)

    def there(self, place: str, n: int) -> int:
        """What somebody finds who looks."""
        standing = sum(p.pieces for p in self.pallets if p.place == place and p.item == n)
        return self.loose[(place, n)] + standing

    def on_hand(self, n: int) -> int:
        """Opened with, and received, less shipped, corrected by the counts."""
        shipped = sum(self.picked.get(order, Counter())[n] for order in self.shipped)
        return OPENING.get(n, 0) + self.received[n] - shipped - LOST.get(n, 0)


def files() -> dict[str, str]:
    """Everything a site must know, as CSV: kind → content."""
    bins = [f"A-{n:02d},bin,{n * 100},no" for n in LOOSE]
    bins += [f"B-{n:02d},bin,{4000 + n * 100},no" for n in range(1, 31)]
    bins += ["B-99,bin,9900,yes", "DOCK-1,dock,0,no", "STAGE-1,stage,0,no"]
    trucks = [f"PO-1,SUP,{sku(n)},{2 * ON_A_PALLET}" for n in range(31, 38)]
    trucks += [f"PO-2,SUP,{sku(n)},{2 * ON_A_PALLET}" for n in range(38, 41)]
    trucks += [f"PO-3,SUP,{sku(n)},{ordered}" for n, (ordered, _, _) in CARTONS.items()]
    announced = pallets()[: len(ANNOUNCED)]
    asked = [
        f"SO-{order:03d},,{sku(n)},{pieces},yes"
        for order in range(1, ORDERS + 1)
        for n, pieces in wanted(order).items()
    ]
    return {
        "locations": _csv("code,kind,x,blocked", bins),
        "items": _csv("sku,name,gtin", [f"{sku(n)},{name(n)},{code}" for n, code in CODES.items()]),
        "reasons": _csv("code,kind,label_en,label_es", [",".join(each) for each in REASONS]),
        "people": _csv("badge,name,roles", [f"{b},Hand {b},{r}" for b, r in PEOPLE.items()]),
        "suppliers": _csv("code,name", ["SUP,Supplier"]),
        "opening-stock": _csv(
            "place,sku,quantity", [f"A-{n:02d},{sku(n)},{q}" for n, q in OPENING.items()]
        ),
        "purchase-orders": _csv("number,supplier,sku,quantity", trucks),
        "asns": _csv(
            "number,supplier,purchase_order,unit,sku,quantity",
            [f"ASN-1,SUP,PO-1,{p.code},{sku(p.item)},{p.pieces}" for p in announced],
        ),
        "orders": _csv("number,customer,sku,quantity,released", asked),
    }


def _csv(head: str, rows: list[str]) -> str:
    return "\n".join([head, *rows, ""])
