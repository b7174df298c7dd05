"""What is held: derived from hold records wherever goods are handed out, picked or shipped."""

from collections.abc import Iterable

from app.pipeline.floor import Floor
from app.stock.models import Hold


def holds_of(floor: Floor) -> list[Hold]:
    """Return every hold that this site ever had: one look a chunk, and few have any."""
    return floor.decided(Hold, "site", floor.site)


def held_now(floor: Floor) -> dict[str, Hold]:
    """Say which ids of goods are held, and by what."""
    return {covered: hold for hold in holds_of(floor) if not hold.until for covered in hold.covers}


def hold_on(held: dict[str, Hold], shown: Iterable[str | None]) -> Hold | None:
    """Return what holds goods that show these ids: their lot, their unit, their serial."""
    return next((held[each] for each in shown if each in held), None)
