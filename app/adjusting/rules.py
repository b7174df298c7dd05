"""When a correction needs a second person. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.kernel.money import NotMoney, amount, written

DEFAULT_PIECES = 20  # base units; a site decides otherwise in its settings
SETTING = "adjustment_limit"


@dataclass(frozen=True, slots=True)
class Limit:
    """How much one person may correct alone; None = any number, any value."""

    pieces: int | None = DEFAULT_PIECES
    value: Decimal | None = None

    def as_setting(self) -> dict[str, object]:
        """Write it as the site keeps it."""
        return {"quantity": self.pieces, "value": written(self.value)}


def limit_of(settings: Mapping[str, object]) -> Limit:
    """Read what the site decided; what cannot be read is as if nobody had decided."""
    chosen = settings.get(SETTING)
    if not isinstance(chosen, Mapping):
        return Limit()
    return Limit(_pieces(chosen), _value(chosen.get("value")))


def _pieces(chosen: Mapping[str, object]) -> int | None:
    pieces = chosen.get("quantity", DEFAULT_PIECES)
    if pieces is None:
        return None
    return pieces if type(pieces) is int and pieces >= 0 else DEFAULT_PIECES


def _value(text: object) -> Decimal | None:
    try:
        return amount(text) if isinstance(text, str) else None
    except NotMoney:
        return None


def worth(pieces: int, cost: Decimal | None) -> Decimal | None:
    """Say what so many pieces are worth, where somebody has said what one costs."""
    return None if cost is None else pieces * cost


def needs_approval(pieces: int, value: Decimal | None, limit: Limit) -> bool:
    """Tell whether a second person must look: above either limit; what is unknown exceeds none."""
    too_many = limit.pieces is not None and pieces > limit.pieces
    too_dear = limit.value is not None and value is not None and value > limit.value
    return too_many or too_dear
