"""When did it happen? Stamps from clocks that may lie (sync.md §5). Pure arithmetic."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.kernel.clock import from_micros, from_millis, micros
from app.kernel.values import value
from app.pipeline.operation import Stamp

MILLI = 1_000  # everything below is in microseconds
BASE_ERROR = 250 * MILLI
LONGEST = 36_500 * 86_400 * 1_000 * MILLI  # no doubt is larger, whatever a clock says
UNMEASURED = LONGEST / MILLI  # an offset that nobody knows may have changed by anything
UNHEARD_MS = 60_000  # who has had no answer yet says so by a round trip that no request survives
DRIFT = 100e-6  # crystals of handhelds stay within 100 ppm
MICRO = timedelta(microseconds=1)


@value
class Clocks:
    """What a push says about its device's clocks. `offset_ms` = server minus device.

    `measured_at`: when that was found, where it was not just now.
    """

    boot: str
    cut_wall_ms: float
    cut_mono_ms: float
    offset_ms: float
    rtt_ms: float
    offset_change_ms: float = 0
    measured_at: datetime | None = None

    @property
    def measured(self) -> bool:
        """Whether its offset was ever found out."""
        return self.rtt_ms < UNHEARD_MS

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


def aged_ms(rtt_ms: float, since_ms: float) -> float:
    """The round trip after which a comparison made so long ago would be no better.

    Crystals have run apart since; after days it is as good as none (`UNHEARD_MS`).
    """
    return rtt_ms + 2 * DRIFT * max(since_ms, 0)


def stamps(
    clocks: Clocks, readings: Sequence[Reading | None], past: Past, recorded_at: datetime
) -> list[Stamp]:
    """Stamp the envelopes of one push, in `seq` order; None = unreadable clocks."""
    cut = micros(clocks.cut_at(recorded_at))
    raw = [_raw(clocks, cut, reading, past, recorded_at) for reading in readings]
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
    promised, based = past.complete_cut_at, reading.not_before if reading else None
    if promised is None or based is None:
        return based if promised is None else promised
    return max(promised, based)


def _raw(
    clocks: Clocks, cut: int, reading: Reading | None, past: Past, recorded_at: datetime
) -> Stamp | None:
    """Stamp from the clocks alone; None where that lands outside what is possible.

    In whole microseconds: thousands of these are worked out a second.
    """
    if reading is None:
        return None
    low = _low(reading, past)
    least = None if low is None else micros(low)
    slept = 0.0
    if reading.boot == clocks.boot:
        age = running = clocks.cut_mono_ms - reading.mono_ms
        by_wall = clocks.cut_wall_ms - reading.wall_ms
        if by_wall > running and (least is None or cut - by_wall * MILLI >= least):
            age, slept = by_wall, by_wall - running
        eff = max(cut - round(age * MILLI), cut - LONGEST)
    else:
        eff = round((reading.wall_ms + clocks.offset_ms) * MILLI)
        if eff < cut - LONGEST:
            return None
    # Where only the wall clock tells, it may have been set before or after.
    changed = abs(clocks.offset_change_ms) / (2 if reading.boot == clocks.boot else 1)
    doubt = max(clocks.rtt_ms, 0) / 2 + changed + min(slept, 1e12)
    ran = max(cut - eff, 0)
    if clocks.measured_at is not None:
        ran = max(ran, abs(eff - micros(clocks.measured_at)))
    error = BASE_ERROR + round(doubt * MILLI + ran * DRIFT)
    return _within(eff, error, least, recorded_at)


def _within(eff: int, error: int, least: int | None, recorded_at: datetime) -> Stamp | None:
    most = micros(recorded_at)
    if least is not None and eff < least:
        if least - eff > error:
            return None
        eff = least
    if eff > most:
        if eff - most > error:
            return None
        eff = most
    return Stamp(from_micros(eff), min(error, LONGEST), recorded_at)


def _outlier(
    raw: Sequence[Stamp | None], n: int, reading: Reading | None, past: Past, high: datetime
) -> Stamp:
    """Take the moment of the nearest valid neighbour, and say how far off that may be."""
    distances = sorted((abs(m - n), m) for m, stamp in enumerate(raw) if stamp is not None)
    neighbour = raw[distances[0][1]] if distances else None
    eff = neighbour.eff_at if neighbour else past.last_eff_at or high
    low = _low(reading, past) or past.last_eff_at
    before = LONGEST if low is None else (eff - low) // MICRO  # with nothing known, from any time
    error = max(before, (high - eff) // MICRO, BASE_ERROR)
    return Stamp(min(eff, high), min(error, LONGEST), high, clamped=True)


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
