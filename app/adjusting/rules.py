"""When a correction needs a second person. Pure."""

from collections.abc import Mapping

DEFAULT_LIMIT = 20  # base units; a site decides otherwise in its settings


def limit_of(settings: Mapping[str, object]) -> int | None:
    """Read `adjustment_limit` = {"quantity": n}; null there = one person is always enough."""
    chosen = settings.get("adjustment_limit")
    if not isinstance(chosen, Mapping) or "quantity" not in chosen:
        return DEFAULT_LIMIT
    quantity = chosen["quantity"]
    if quantity is None:
        return None
    return quantity if type(quantity) is int and quantity >= 0 else DEFAULT_LIMIT


def needs_approval(quantity: int, settings: Mapping[str, object]) -> bool:
    """Tell whether a second person must look at a correction of so many pieces."""
    limit = limit_of(settings)
    return limit is not None and quantity > limit
