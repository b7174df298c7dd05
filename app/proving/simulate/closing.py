"""The books are closed while handhelds still owe the days before; and what must come of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random

from app.kernel.ids import derived
from app.proving.simulate.evidence import Books
from app.proving.simulate.server import BEGINNING
from app.proving.simulate.truth import HOUR
from app.proving.simulate.world import World

AHEAD = timedelta(hours=13)  # of UTC, in the time zone of the site, in March
SEEDS, MOST = 0.5, 2  # how many seeds know it, and how often they do it
KIND, REFUSED = "periods.close_period", ("periods.already_closed",)


def plan(world: World) -> None:
    """Close yesterday now and then; drawn by itself, so that nothing else of a seed moves."""
    chance = Random(f"books {world.seed}")  # noqa: S311 - the same days for everybody
    if chance.random() < SEEDS:
        for n in range(chance.randint(1, MOST)):
            world.at(chance.uniform(0.1, 1) * world.hours * HOUR, partial(_close, world, n))


def posted(world: World, books: Books) -> Iterator[str]:
    """Every entry is posted to its day, or to the first that was open when it was written."""
    closings = [
        (row.commit_seq, world.closed[row.operation])
        for row in books.log
        if row.operation in world.closed and row.outcome == "applied"
    ]
    for entry in books.entries:
        before = [first for seq, first in closings if seq < entry.commit_seq]
        first = max(before, default=None)
        wanted = first.isoformat() if first and entry.eff_at < _begins(first) else None
        if entry.posting_date != wanted:
            yield f"{entry.operation} {entry.eff_at}: {entry.posting_date}, first open {wanted}"


def moved(books: Books) -> int:
    """How many entries were posted to a day that is not their own."""
    return sum(entry.posting_date is not None for entry in books.entries)


def _close(world: World, n: int) -> None:
    here = BEGINNING + timedelta(milliseconds=world.now) + AHEAD
    first = here.date()
    operation = derived(world.names.operation(-1), f"books {n}")
    body = {
        "id": operation, "kind": KIND, "kind_v": 1, "cause": None,
        "payload": {"through": (first - timedelta(days=1)).isoformat()},
    }  # fmt: skip
    headers = {"Authorization": f"Bearer {world.furnished.token}"}
    status, answer = world.server.wire("POST", "/api/v1/operations", body, headers)
    if status == 200:  # noqa: PLR2004
        world.closed[operation] = first
        world.injected["books closed"] += 1
    elif answer is None or answer.get("code") not in REFUSED:
        world.broken.append(f"{KIND}: {status} {answer}")


def _begins(first: date) -> datetime:
    return datetime.combine(first, time(), tzinfo=UTC) - AHEAD
