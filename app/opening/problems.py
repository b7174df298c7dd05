"""Why opening stock may be refused."""

from dataclasses import dataclass

from app.kernel.problem import Problem


@dataclass(eq=False)
class UnknownItem(Problem):
    """There is no such item."""

    code = "stock.unknown_item"
    item: str


@dataclass(eq=False)
class UnknownPlace(Problem):
    """The site has no such place, or it is only a place in the books."""

    code = "stock.unknown_place"
    place: str


@dataclass(eq=False)
class LotMissing(Problem):
    """The item is kept by lot; without one nobody can pick it."""

    code = "stock.lot_missing"
    item: str


@dataclass(eq=False)
class SerialMissing(Problem):
    """The item is kept piece by piece: one serial number, quantity 1."""

    code = "stock.serial_missing"
    item: str


@dataclass(eq=False)
class ExpiryMissing(Problem):
    """The item needs an expiry date."""

    code = "stock.expiry_missing"
    item: str


@dataclass(eq=False)
class SpelledDifferently(Problem):
    """An id does not follow from the code beside it."""

    code = "stock.spelled_differently"
    spelled: str
