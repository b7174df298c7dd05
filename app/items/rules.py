"""What a barcode must look like before it may stand for goods. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.identification.check_digits import has_check_digit, is_digits
from app.identification.tables import IDENTIFIERS
from app.kernel.money import NotMoney, amount
from app.kernel.problem import Problem

GTIN_LENGTHS = (8, 12, 13, 14)
SHORTEST_REFUSED = 12  # eight digits without a check digit may well be somebody's own number


@dataclass(eq=False)
class WrongCheckDigit(Problem):
    """A GTIN with a typing mistake would never be scanned."""

    code = "items.check_digit"
    scanned: str


@dataclass(eq=False)
class PackagingUnknown(Problem):
    """The item does not come in this packaging."""

    code = "items.packaging_unknown"
    item: str
    packaging: str


@dataclass(eq=False)
class PackagingTwice(Problem):
    """Two packagings of one item share a name."""

    code = "items.packaging_twice"
    names: tuple[str, ...]


@dataclass(eq=False)
class BadLabel(Problem):
    """A label bears known application identifiers, each once."""

    code = "items.bad_label"
    label_ais: tuple[str, ...]


@dataclass(eq=False)
class BadCost(Problem):
    """What a piece costs is an amount, not below zero, of at most four decimals."""

    code = "items.bad_cost"
    cost: str


@dataclass(eq=False)
class UnknownItem(Problem):
    """There is no such item."""

    code = "items.unknown_item"
    item: str


def canonical_code(code: str) -> str:
    """Spell a code as it is stored: GTINs as 14 digits, others as they are."""
    if not is_digits(code) or len(code) not in GTIN_LENGTHS:
        return code
    if has_check_digit(code):
        return code.zfill(14)
    if len(code) >= SHORTEST_REFUSED:
        raise WrongCheckDigit(scanned=code)
    return code


def label_of(codes: tuple[str, ...]) -> list[str] | None:
    """Read which AIs a label bears; none = nobody knows."""
    if len(set(codes)) != len(codes) or any(code not in IDENTIFIERS for code in codes):
        raise BadLabel(label_ais=codes)
    return list(codes) or None


def cost_of(text: str) -> Decimal:
    """Read what a piece costs."""
    try:
        cost = amount(text)
    except NotMoney as error:
        raise BadCost(cost=text) from error
    if cost < 0:
        raise BadCost(cost=text)
    return cost


def repeated(names: Sequence[str]) -> tuple[str, ...]:
    """Name what occurs more than once."""
    return tuple(sorted({name for name in names if names.count(name) > 1}))
