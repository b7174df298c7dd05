"""The ids of items and their codes: everyone who knows the words arrives at the same id."""

from app.kernel.ids import derived


def item_id(org: str, sku: str) -> str:
    """Name an item by its stock keeping unit, case-sensitive."""
    return derived(org, item_name(sku))


def item_name(sku: str) -> str:
    """Name an item within its organisation."""
    return f"item:{sku}"


def packaging_id(item: str, name: str) -> str:
    """Name a packaging of an item."""
    return derived(item, f"packaging:{name}")


def identifier_id(org: str, code: str) -> str:
    """Name a barcode; `code` in the spelling of `canonical_code`."""
    return derived(org, code)


def reason_id(org: str, code: str) -> str:
    """Name a reason."""
    return derived(org, reason_name(code))


def reason_name(code: str) -> str:
    """Name a reason within its organisation."""
    return f"reason:{code}"
