"""Visits from reads: pure, and the same whatever the order in which the reads arrived."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Literal

from app.kernel.values import value

Side = Literal["inside", "outside"]
Direction = Literal["in", "out", "unknown"]
SECOND = 1_000_000
LEAST_READS = 2
# Two antennas a metre apart: nobody walks through in less, and a parked pallet drifts by less.
LEAST_APART = SECOND // 4
LEAST_SHARE = 0.05  # of the visit: a tag that stands in the door for minutes says nothing
FAINT = -7_000  # what an antenna that tells no strength is taken to have heard


@value
class Read:
    """One report of a tag; `at` in microseconds, `rssi` in hundredths of a dBm."""

    at: int
    antenna: int
    rssi: int | None
    reads: int = 1


@value
class Visit:
    """From the first read to the last."""

    first_at: int
    last_at: int
    reads: int
    direction: Direction


def visits(
    reads: Iterable[Read], silence: int, sides: Mapping[int, Side | None]
) -> tuple[Visit, ...]:
    """Divide the reads of one tag at one gate wherever it was silent for so long.

    One report alone is a reflection; two, or one that stands for several, are a visit.
    """
    found = (_visit(stretch, sides) for stretch in _stretches(reads, silence))
    return tuple(visit for visit in found if visit.reads >= LEAST_READS)


def _stretches(reads: Iterable[Read], silence: int) -> Iterator[list[Read]]:
    ordered = sorted(reads, key=lambda read: (read.at, read.antenna, read.rssi or 0, read.reads))
    if not ordered:
        return
    stretch = [ordered[0]]
    for before, read in pairwise(ordered):
        if read.at - before.at >= silence:
            yield stretch
            stretch = []
        stretch.append(read)
    yield stretch


def _visit(stretch: list[Read], sides: Mapping[int, Side | None]) -> Visit:
    return Visit(
        first_at=stretch[0].at,
        last_at=stretch[-1].at,
        reads=sum(read.reads for read in stretch),
        direction=direction(stretch, sides),
    )


def direction(stretch: Iterable[Read], sides: Mapping[int, Side | None]) -> Direction:
    """Compare when each side heard the tag, the loud reads counting more than the faint ones.

    In: the antennas outside heard it earlier. Who was heard on one side only, or on both at
    the same time, went nobody knows where.
    """
    stretch = list(stretch)
    outside = _middle([read for read in stretch if sides.get(read.antenna) == "outside"])
    inside = _middle([read for read in stretch if sides.get(read.antenna) == "inside"])
    if outside is None or inside is None:
        return "unknown"
    apart = inside - outside
    lasted = max(read.at for read in stretch) - min(read.at for read in stretch)
    if abs(apart) < max(LEAST_APART, LEAST_SHARE * lasted):
        return "unknown"
    return "in" if apart > 0 else "out"


def _middle(reads: list[Read]) -> float | None:
    """The mean time, weighed by the power that was heard."""
    if not reads:
        return None
    start = reads[0].at
    weights = [_power(read) for read in reads]
    return start + sum(
        weight * (read.at - start) for weight, read in zip(weights, reads, strict=True)
    ) / sum(weights)


def _power(read: Read) -> float:
    rssi = read.rssi if read.rssi is not None else FAINT
    return float(10 ** ((rssi - FAINT) / 1_000)) * read.reads
