"""What handhelds know of their site."""

from collections.abc import Iterable
from typing import Any

from app.locations.models import Alias, Location, Site, Zone
from app.pipeline.floor import Floor

Copy = tuple[str, str, str, dict[str, Any] | None]


def site(floor: Floor, row: Site) -> Iterable[Copy]:
    """The site itself."""
    body = {
        "id": row.id,
        "code": row.code,
        "name": row.name,
        "time_zone": row.time_zone,
        "language": row.language,
        "settings": row.settings,
    }
    yield ("site", "site", row.id, body)


def zone(floor: Floor, row: Zone) -> Iterable[Copy]:
    """A zone."""
    yield ("site", "zone", row.id, {"id": row.id, "code": row.code, "name": row.name})


def location(floor: Floor, row: Location) -> Iterable[Copy]:
    """A place and its rules; never what is in it."""
    body = {
        "id": row.id,
        "code": row.code,
        "kind": row.kind,
        "zone": row.zone,
        "x": row.x,
        "y": row.y,
        "z": row.z,
        "blocked": row.blocked,
        "rules": {
            "only_empty": row.only_empty,
            "no_mix_item": row.no_mix_item,
            "no_mix_lot": row.no_mix_lot,
        },
    }
    yield ("site", "location", row.id, body)


def alias(floor: Floor, row: Alias) -> Iterable[Copy]:
    """A code that means something only here, for as long as it does."""
    body = {
        "id": row.id,
        "code": row.code,
        "target_kind": row.target_kind,
        "target": row.target,
        "packaging": row.packaging,
    }
    yield ("site", "alias", row.id, body if row.active else None)
