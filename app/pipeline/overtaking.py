"""What arrives from before a moment whose picture was said to be complete."""

from collections.abc import Sequence

from app.ledger.journal import Booking
from app.pipeline.floor import Floor
from app.pipeline.models import Stream
from app.pipeline.operation import Playbook


def overtaken(
    playbook: Playbook, floor: Floor, stream: Stream, bookings: Sequence[Booking], places: set[str]
) -> None:
    """Have the settled counts of these places looked at, if anything is from before the latest.

    What is scanned now never is, so that it costs nothing.
    """
    if playbook.overtaken is None or stream.settled_at is None:
        return
    if min(booking.key.eff_at for booking in bookings) < stream.settled_at:
        for place in places - floor.virtual:
            floor.suspect(playbook.overtaken, place)
