"""When did it happen? Stamps from clocks that may lie (sync.md §5). Pure arithmetic."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.kernel.clock import from_millis
from app.kernel.values import value
from app.pipeline.operation import Stamp

BASE_ERROR = timedelta(milliseconds=250)
LONGEST = timedelta(days=36_500)  # no doubt is larger, whatever a clock says
DRIFT = 100e-6  # crystals of handhelds stay within 100 ppm
MICRO = timedelta(microseconds=1)


@value
class Clocks:
    """What a push says about its device's clocks. `offset_ms` = server minus device."""

    boot: str
    cut_wall_ms: float
    cut_mono_ms: float
    offset_ms: float
    rtt_ms: float
    offset_change_ms: float = 0

    def cut_at(self, recorded_at: datetime) -> datetime:
        """The moment of the cut in server time, never later than its arrival."""
        return min(_instant(self.cut_wall_ms + self.offset_ms, recorded_at), recorded_at)


@value
class Reading:
    """The clocks in one envelope, and the earliest moment it can be from."""

    wall_ms: float
    mono_ms: float
    boot: str
    not_before: datetime | None = None


@value
class Past:
    """What the epoch already promised: its last complete cut and its last stamp."""

    complete_cut_at: datetime | None = None
    last_eff_at: datetime | None = None


def stamps(
    clocks: Clocks, readings: Sequence[Reading | None], past: Past, recorded_at: datetime
) -> list[Stamp]:
    """Stamp the envelopes of one push, in `seq` order; None = unreadable clocks."""
    raw = [_raw(clocks, reading, past, recorded_at) for reading in readings]
    settled = [
        stamp if stamp is not None else _outlier(raw, n, readings[n], past, recorded_at)
        for n, stamp in enumerate(raw)
    ]
    return _non_decreasing(settled, past.last_eff_at)


def _instant(ms: float, otherwise: datetime) -> datetime:
    try:
        return from_millis(round(ms))
    except OverflowError:
        return otherwise


def _low(reading: Reading | None, past: Past) -> datetime | None:
    bounds = [past.complete_cut_at, reading.not_before if reading else None]
    known = [bound for bound in bounds if bound is not None]
    return max(known) if known else None


def _raw(
    clocks: Clocks, reading: Reading | None, past: Past, recorded_at: datetime
) -> Stamp | None:
    """Stamp from the clocks alone; None where that lands outside what is possible."""
    if reading is None:
        return None
    cut = clocks.cut_at(recorded_at)
    low, slept = _low(reading, past), 0.0
    if reading.boot == clocks.boot:
        running = clocks.cut_mono_ms - reading.mono_ms
        by_wall = clocks.cut_wall_ms - reading.wall_ms
        age = running
        if by_wall > running and (low is None or _instant_before(cut, by_wall) >= low):
            age, slept = by_wall, by_wall - running
        eff = _instant_before(cut, age)
    else:
        eff = _instant(reading.wall_ms + clocks.offset_ms, recorded_at + timedelta(days=999))
    aged = max((cut - eff).total_seconds(), 0.0)
    error = BASE_ERROR + timedelta(
        milliseconds=max(clocks.rtt_ms, 0) / 2 + abs(clocks.offset_change_ms) / 2,
        seconds=aged * DRIFT,
    )
    error += timedelta(milliseconds=min(slept, 1e12))
    return _within(eff, error, low, recorded_at)


def _instant_before(cut: datetime, age_ms: float) -> datetime:
    try:
        return cut - timedelta(milliseconds=age_ms)
    except OverflowError:
        return cut - LONGEST


def _within(eff: datetime, error: timedelta, low: datetime | None, high: datetime) -> Stamp | None:
    if low is not None and eff < low:
        if low - eff > error:
            return None
        eff = low
    if eff > high:
        if eff - high > error:
            return None
        eff = high
    return Stamp(eff, min(error, LONGEST) // MICRO, high)


def _outlier(
    raw: Sequence[Stamp | None], n: int, reading: Reading | None, past: Past, high: datetime
) -> Stamp:
    """Take the moment of the nearest valid neighbour, and say how far off that may be."""
    distances = sorted((abs(m - n), m) for m, stamp in enumerate(raw) if stamp is not None)
    neighbour = raw[distances[0][1]] if distances else None
    eff = neighbour.eff_at if neighbour else past.last_eff_at or high
    low = _low(reading, past) or past.last_eff_at or eff
    error = max(eff - low, high - eff, BASE_ERROR)
    return Stamp(min(eff, high), min(error, LONGEST) // MICRO, high, clamped=True)


def _non_decreasing(stamps_: Sequence[Stamp], last: datetime | None) -> list[Stamp]:
    """Hands work one after another: raise what would run backwards, and own up to it."""
    result: list[Stamp] = []
    for stamp in stamps_:
        raised = stamp
        if last is not None and stamp.eff_at < last:
            raised = replace(stamp, eff_at=last, u=stamp.u + (last - stamp.eff_at) // MICRO)
        last = raised.eff_at
        result.append(raised)
    return result
