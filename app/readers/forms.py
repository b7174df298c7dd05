"""What readers say, in three forms, as reads of one kind.

Only the tag is certain in any of them: a missing antenna is 0, a missing strength is none, a
missing time is the moment of arrival.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from app.kernel.clock import micros
from app.kernel.values import value

_HEX = re.compile(r"(?:0[xX])?((?:[0-9A-Fa-f]{2}){2,64})").fullmatch
MOST_ANTENNAS = 1_024
MOST_READS = 10_000  # of one report; a reader that says more counts otherwise than we think
STRONGEST, WEAKEST = 3_000, -20_000  # hundredths of a dBm
FIRST_MILLIS = 10**11  # smaller numbers are no milliseconds of this century
LAST_MICROS = 4_102_444_800_000_000  # the year 2100
LONGEST_EVENT = 40
MOST_DBM = 1_000  # what is beyond is another unit

Object = Mapping[str, Any]


class Bad(ValueError):
    """Somebody meant to tell of a tag, and it cannot be understood."""


@value
class Said:
    """One report: `event` is the reader's own number of it, `at` in microseconds since 1970."""

    tag: str
    antenna: int = 0
    rssi: int | None = None
    at: int | None = None
    event: str | None = None
    reads: int = 1


def told(spoken: object) -> Iterator[Said | Bad]:
    """Yield the reads of one JSON value; nothing for events that tell of no tag."""
    if not isinstance(spoken, dict):
        yield Bad("not an object")
        return
    for form, part in _parts(spoken):
        try:
            yield form(spoken, part)
        except Bad as bad:
            yield bad


def _parts(spoken: Object) -> Iterator[tuple[Callable[[Object, Any], Said], Any]]:
    """Say in which form each tag of an event is told."""
    if "tagInventoryEvent" in spoken:
        yield _impinj, spoken["tagInventoryEvent"]
    elif "data" in spoken:
        data = spoken["data"]
        for part in data if isinstance(data, list) else [data]:
            if isinstance(part, dict) and "idHex" in part:
                yield _zebra, part
    elif "reads" in spoken and isinstance(spoken["reads"], list):
        for part in spoken["reads"]:
            yield _neutral, part
    elif "epc" in spoken:
        yield _neutral, spoken


def _zebra(event: Object, part: Object) -> Said:
    """Zebra IoT Connector: `data.idHex` and perhaps more; the time stands beside `data`."""
    return Said(
        tag=_tag(part.get("idHex")),
        antenna=_antenna(part.get("antenna")),
        rssi=_dbm(part.get("peakRssi")),
        at=_moment(event.get("timestamp", part.get("timestamp"))),
        event=_event(part.get("eventNum")),
        reads=_times(part.get("reads")),
    )


def _impinj(event: Object, part: Any) -> Said:  # noqa: ANN401
    """Impinj IoT: hex or base64, hundredths of a dBm, nanoseconds in the stamp."""
    if not isinstance(part, dict):
        raise Bad("no tag")
    coded = part.get("epcHex")
    strength = part.get("peakRssiCdbm")
    return Said(
        tag=_tag(coded if coded is not None else _from_base64(part.get("epc"))),
        antenna=_antenna(part.get("antennaPort")),
        rssi=_bounded(strength) if type(strength) is int else None,
        at=_moment(event.get("timestamp", part.get("lastSeenTime"))),
    )


def _neutral(_: Object, part: Any) -> Said:  # noqa: ANN401
    """Ours: `epc`, and `event`, `antenna`, `rssi`, `time`, `reads` where they are known."""
    if not isinstance(part, dict):
        raise Bad("no tag")
    return Said(
        tag=_tag(part.get("epc")),
        antenna=_antenna(part.get("antenna")),
        rssi=_dbm(part.get("rssi")),
        at=_moment(part.get("time")),
        event=_event(part.get("event")),
        reads=_times(part.get("reads")),
    )


def _tag(said: object) -> str:
    found = _HEX(said.replace(" ", "")) if isinstance(said, str) and len(said) < 300 else None  # noqa: PLR2004
    if found is None:
        raise Bad("no tag")
    return found[1].upper()


def _from_base64(said: object) -> str | None:
    if not isinstance(said, str):
        return None
    try:
        plain = base64.b64decode(said.replace("-", "+").replace("_", "/") + "==", validate=False)
    except (binascii.Error, ValueError):
        return None
    return plain.hex()


def _antenna(said: object) -> int:
    return said if type(said) is int and 0 <= said <= MOST_ANTENNAS else 0


def _times(said: object) -> int:
    return min(said, MOST_READS) if type(said) is int and said > 0 else 1


def _dbm(said: object) -> int | None:
    if isinstance(said, bool) or not isinstance(said, (int, float)) or not abs(said) < MOST_DBM:
        return None
    return _bounded(round(said * 100))


def _bounded(rssi: int) -> int:
    return max(WEAKEST, min(STRONGEST, rssi))


def _event(said: object) -> str | None:
    if type(said) is int or (isinstance(said, str) and said.isascii() and said.isprintable()):
        text = str(said) if not isinstance(said, int) or abs(said) < 10**LONGEST_EVENT else ""
        return text if 0 < len(text) <= LONGEST_EVENT else None
    return None


def _moment(said: object) -> int | None:
    """ISO 8601 with or without a zone (then UTC), or milliseconds since 1970."""
    if type(said) is int:
        return said * 1_000 if FIRST_MILLIS < said < LAST_MICROS // 1_000 else None
    if not isinstance(said, str) or len(said) > LONGEST_EVENT:
        return None
    try:
        moment = datetime.fromisoformat(said)
        found = micros(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None
    return found if 0 < found < LAST_MICROS else None
