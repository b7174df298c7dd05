"""The ids of zones and places of a site."""

from app.kernel.ids import derived
from app.locations.models import VIRTUAL


def zone_id(site: str, code: str) -> str:
    """Name a zone."""
    return derived(site, f"zone:{code}")


def location_id(site: str, code: str) -> str:
    """Name a place; the virtual ones are named by their code alone."""
    return derived(site, code if code in VIRTUAL else f"place:{code}")


def alias_id(site: str, code: str) -> str:
    """Name a code that means something only here."""
    return derived(site, alias_name(code))


def alias_name(code: str) -> str:
    """Spell the same within its site."""
    return f"alias:{code}"
