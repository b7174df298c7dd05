"""The ids of people."""

from app.kernel.ids import derived


def person_id(org: str, badge: str) -> str:
    """Name somebody by the badge."""
    return derived(org, person_name(badge))


def person_name(badge: str) -> str:
    """Name somebody within the organisation."""
    return f"person:{badge}"
