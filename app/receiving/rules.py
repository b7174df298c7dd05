"""What is odd about a delivery. Pure."""

from collections import Counter
from dataclasses import dataclass

from app.kernel.problem import Problem
from app.kernel.values import value


@value
class OpenLine:
    """A line of a purchase order before this receipt."""

    ordered: int
    received: int
    tolerance_percent: int = 0

    @property
    def open(self) -> int:
        """What may still come without a question."""
        return self.ordered * (100 + self.tolerance_percent) // 100 - self.received


@dataclass(eq=False)
class OverReceipt(Problem):
    """More came than was asked for."""

    code = "over_receipt"
    item: str
    open: int
    scanned: int


def over_receipt(item: str, line: OpenLine, quantity: int) -> OverReceipt | None:
    """Flag what the supplier was never asked for."""
    if quantity <= line.open:
        return None
    return OverReceipt(item=item, open=max(line.open, 0), scanned=quantity)


def same_contents(
    announced: list[tuple[str, str, int]], received: list[tuple[str, str, int]]
) -> bool:
    """Compare (item, lot, quantity) without regard to order; rows of one kind are added up."""
    return _summed(announced) == _summed(received)


def _summed(contents: list[tuple[str, str, int]]) -> Counter[tuple[str, str]]:
    """Pieces with serials come one a row, and are announced together."""
    found: Counter[tuple[str, str]] = Counter()
    for item, lot, quantity in contents:
        found[(item, lot)] += quantity
    return found
