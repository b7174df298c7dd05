"""The independent book: what hands did, in the order in which they did it.

It knows nothing of the product's ledger. Hands and handheld may disagree, so it keeps two stories:
what is really there, and what was told. `reckon` says what the ledger must show in the end,
whatever the order in which handhelds synced.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

TAKEN_FIRST = ("available", "quality", "damaged", "quarantine")  # by a shortage


class Pile(NamedTuple):
    """Goods of one item and lot in a place, or on a pallet or tote."""

    holder: str
    item: str
    lot: str


@dataclass(frozen=True, slots=True)
class Carried:
    """Told: goods went from one holder to another."""

    source: str
    target: str
    item: str
    lot: str
    quantity: int
    status: str = "available"


@dataclass(frozen=True, slots=True)
class Stood:
    """Told: a pallet or tote was brought to a place; `source` only where it was scanned."""

    unit: str
    place: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """Told: this, and nothing else, is in a place."""

    sheet: str
    place: str
    lines: Mapping[Pile, int]


Told = Carried | Stood | Counted


@dataclass
class Reckoning:
    """What the ledger must show."""

    book: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    at: dict[str, str] = field(default_factory=dict)
    variances: Counter[tuple[str, Pile]] = field(default_factory=Counter)
    gaps: set[str] = field(default_factory=set)


@dataclass
class Model:
    """Both stories of the day."""

    supplier: str
    customer: str
    variance: str
    hands: Counter[Pile] = field(default_factory=Counter)
    stands: dict[str, str] = field(default_factory=dict)  # pallet or tote → where it really is
    told: list[Told] = field(default_factory=list)
    approved: set[str] = field(default_factory=set)
    ordered: Counter[str] = field(default_factory=Counter)  # by line of a purchase order
    received: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)  # by line of a customer's order
    picked: Counter[str] = field(default_factory=Counter)
    short: Counter[str] = field(default_factory=Counter)
    reasonless: set[str] = field(default_factory=set)
    cancelled: set[str] = field(default_factory=set)  # orders

    # --- what hands do ----------------------------------------------------------------------

    def bring(self, pile: Pile, quantity: int) -> None:
        """Goods appear in somebody's reach: from a truck."""
        self.hands[pile] += quantity

    def shift(self, source: Pile, holder: str, quantity: int) -> None:
        """Goods change their holder."""
        self.lose(source, quantity)
        self.hands[Pile(holder, source.item, source.lot)] += quantity

    def lose(self, pile: Pile, quantity: int) -> None:
        """Goods vanish; hands cannot take what is not there."""
        if self.hands[pile] < quantity:
            raise ValueError(f"hands took {quantity} of {self.hands[pile]} at {pile}")
        self.hands[pile] -= quantity
        if not self.hands[pile]:
            del self.hands[pile]

    def there(self, place: str, pile: Pile) -> int:
        """How much of a pile somebody finds who looks for it in this place."""
        if pile.holder != place and self.stands.get(pile.holder) != place:
            return 0
        return self.hands[pile]

    def contents(self) -> dict[str, dict[Pile, int]]:
        """Everything in the house by place, loose or on what stands there."""
        found: dict[str, dict[Pile, int]] = {}
        for pile, quantity in self.hands.items():
            place = self.stands.get(pile.holder, pile.holder)
            found.setdefault(place, {})[pile] = quantity
        return found

    # --- what the ledger must show ----------------------------------------------------------

    def reckon(self) -> Reckoning:
        """Go through what was told in the order of the hands."""
        sums = Reckoning()
        for told in self.told:
            match told:
                case Carried():
                    self._carried(sums, told)
                case Stood():
                    before = sums.at.get(told.unit, self.supplier)
                    if told.source not in (None, before):
                        sums.gaps.add(told.unit)
                    sums.at[told.unit] = told.place
                case Counted() if told.sheet in self.approved:
                    self._counted(sums, told)
        return sums

    @staticmethod
    def _carried(sums: Reckoning, told: Carried) -> None:
        sums.book[(told.source, told.item, told.lot, told.status)] -= told.quantity
        sums.book[(told.target, told.item, told.lot, told.status)] += told.quantity

    def _counted(self, sums: Reckoning, told: Counted) -> None:
        """What was counted is there, and what was not is not."""
        holders = {told.place, *(pile.holder for pile in told.lines)}
        for holder in sorted(holders):
            known = {Pile(*key[:3]) for key in sums.book if key[0] == holder}
            for pile in sorted(known | {pile for pile in told.lines if pile.holder == holder}):
                self._corrected(sums, told, pile)
        for unit, place in list(sums.at.items()):
            if place == told.place and unit not in holders:
                sums.at[unit] = self.variance
        for unit in holders - {told.place}:
            sums.at[unit] = told.place

    def _corrected(self, sums: Reckoning, told: Counted, pile: Pile) -> None:
        book = {status: sums.book[(*pile, status)] for status in TAKEN_FIRST}
        counted = told.lines.get(pile, 0)
        for status, right in _spread(book, counted).items():
            delta = right - book[status]
            sums.book[(*pile, status)] += delta
            sums.book[(self.variance, pile.item, pile.lot, status)] -= delta
        if counted != sum(book.values()):
            sums.variances[(told.sheet, pile)] += counted - sum(book.values())


def _spread(book: Mapping[str, int], counted: int) -> dict[str, int]:
    """Say which status the counted goods have: the shelf does not tell."""
    right = {status: max(quantity, 0) for status, quantity in book.items()}
    surplus = counted - sum(right.values())
    right["available"] += max(surplus, 0)
    missing = max(-surplus, 0)
    for status in TAKEN_FIRST:
        taken = min(missing, right[status])
        right[status] -= taken
        missing -= taken
    return right
