"""What handhelds know of people: names and roles, no secrets."""

from collections.abc import Iterable
from typing import Any

from app.people.models import Person
from app.pipeline.floor import Floor


def person(floor: Floor, row: Person) -> Iterable[tuple[str, str, str, dict[str, Any] | None]]:
    """Enough for a cold start without a network."""
    body = {"id": row.id, "badge": row.badge, "name": row.name, "roles": sorted(row.roles)}
    yield ("org", "person", row.id, body if row.active else None)
