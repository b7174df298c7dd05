"""The ids of customers and of what they order and send back."""

from app.kernel.ids import derived


def customer_id(org: str, code: str) -> str:
    """Name a customer."""
    return derived(org, customer_name(code))


def customer_name(code: str) -> str:
    """Name a customer within its organisation."""
    return f"customer:{code}"


def order_id(site: str, number: str) -> str:
    """Name an order."""
    return derived(site, f"order:{number}")


def line_id(document: str, n: int) -> str:
    """Name a line of a document by its number."""
    return derived(document, f"line:{n}")


def return_id(site: str, number: str) -> str:
    """Name an announced return."""
    return derived(site, f"return:{number}")
