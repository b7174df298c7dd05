"""How documents are named: everybody who knows the number arrives at the same id."""

from app.kernel.ids import derived


def customer_id(org: str, code: str) -> str:
    """Name a customer."""
    return derived(org, customer_name(code))


def customer_name(code: str) -> str:
    """Name a customer within its organisation."""
    return f"customer:{code}"


def supplier_id(org: str, code: str) -> str:
    """Name a supplier."""
    return derived(org, supplier_name(code))


def supplier_name(code: str) -> str:
    """Name a supplier within its organisation."""
    return f"supplier:{code}"


def order_id(site: str, number: str) -> str:
    """Name an order of a customer."""
    return derived(site, f"order:{number}")


def return_id(site: str, number: str) -> str:
    """Name an announced return."""
    return derived(site, f"return:{number}")


def purchase_order_id(site: str, number: str) -> str:
    """Name a purchase order."""
    return derived(site, f"purchase_order:{number}")


def asn_id(site: str, number: str) -> str:
    """Name an announcement."""
    return derived(site, f"asn:{number}")


def withdrawn_id(site: str) -> str:
    """Name what pallets belong to that were announced and then withdrawn: no announcement."""
    return derived(site, "@withdrawn")


def line_id(document: str, n: int) -> str:
    """Name a line of a document by its number."""
    return derived(document, f"line:{n}")
