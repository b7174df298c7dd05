"""Keep what a reader said: every report once, in one short transaction."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.db import writing
from app.kernel.clock import from_micros, micros, now
from app.kernel.values import value
from app.readers.forms import Said
from app.readers.models import Reader, ReaderContact, ReadPoint, TagRead, TagTrack

KEPT = timedelta(days=3)  # reads: for so long a replay is known, and a late batch finds its visit
AHEAD = timedelta(minutes=5)  # a clock that is further ahead is not set
MICRO = timedelta(microseconds=1)
READS: Any = TagRead.__table__
TRACKS: Any = TagTrack.__table__
CONTACTS: Any = ReaderContact.__table__


@value
class Counts:
    """What became of a batch."""

    accepted: int = 0
    duplicates: int = 0
    ignored: int = 0
    bad: int = 0


def take_in(reader: Reader, said: Sequence[Said], *, ignored: int, bad: int) -> Counts:
    """Write reads down; what was said before is counted and left."""
    arrived = micros(now())
    with writing() as session:
        gates = _gates(session, reader.id)
        rows = [_row(reader.id, each, gates, n, arrived) for n, each in enumerate(said)]
        accepted = _insert(session, rows) if rows else 0
        if accepted:
            _follow(session, reader.site, rows)
        counts = Counts(accepted, len(rows) - accepted, ignored, bad)
        _heard(session, reader.id, arrived, counts)
    return counts


def _gates(session: Session, reader: str) -> dict[int, str]:
    """Antenna → gate."""
    bound = select(ReadPoint.antenna, ReadPoint.gate).where(
        ReadPoint.reader == reader, ReadPoint.gate.is_not(None)
    )
    return {antenna: str(gate) for antenna, gate in session.execute(bound)}


def _row(reader: str, said: Said, gates: dict[int, str], n: int, arrived: int) -> dict[str, Any]:
    """Name a read so that its replay has the same name.

    With a number of its own and the time; without a number by time, antenna and tag; without a
    time by number and tag. Who gives neither cannot be told from his echo: all are taken.
    """
    if said.event is not None:
        stamp = said.at or 0
        key = f"e:{said.event}" if said.at else f"e:{said.event}:{said.tag}"
    else:
        stamp = said.at or arrived
        key = f"{said.antenna}:{said.tag}" if said.at else f"{n}"
    return {
        "reader": reader,
        "stamp": stamp,
        "key": key,
        "gate": gates.get(said.antenna),
        "tag": said.tag,
        "antenna": said.antenna,
        "rssi": said.rssi,
        "reads": said.reads,
        "at": _believed(said.at, arrived),
        "arrived_at": arrived,
    }


def _believed(stamp: int | None, arrived: int) -> int:
    """Take a reader's clock at its word unless it cannot be right."""
    oldest, latest = arrived - KEPT // MICRO, arrived + AHEAD // MICRO
    return stamp if stamp is not None and oldest < stamp < latest else arrived


def _inserting(session: Session, table: Any) -> Any:  # noqa: ANN401 - two dialects, one verb
    engine = session.connection().dialect.name
    return (postgresql if engine == "postgresql" else sqlite).insert(table)


def _insert(session: Session, rows: list[dict[str, Any]]) -> int:
    """Insert what is new, sorted by key so that two batches never wait for each other."""
    rows = sorted(rows, key=lambda row: (row["stamp"], row["key"]))
    statement = _inserting(session, READS).on_conflict_do_nothing().returning(READS.c.antenna)
    return len(session.connection().execute(statement, rows).all())


def _follow(session: Session, site: str, rows: Iterable[dict[str, Any]]) -> None:
    """Note for each tag at a gate that there is something to look at."""
    tracks: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        if row["gate"] is None:
            continue
        key = (row["gate"], row["tag"])
        track = tracks.setdefault(
            key,
            {
                "gate": row["gate"],
                "tag": row["tag"],
                "site": site,
                "pending": 1,
                "first_at": row["at"],
                "last_at": row["at"],
                "arrived_at": row["arrived_at"],
            },
        )
        track["first_at"] = min(track["first_at"], row["at"])
        track["last_at"] = max(track["last_at"], row["at"])
    if tracks:
        _upsert(session, [tracks[key] for key in sorted(tracks)])


def _upsert(session: Session, tracks: list[dict[str, Any]]) -> None:
    """Widen what is pending; what is told already begins anew."""
    sqlite_ = session.connection().dialect.name == "sqlite"
    least, most = (func.min, func.max) if sqlite_ else (func.least, func.greatest)
    statement = _inserting(session, TRACKS)
    new, old = statement.excluded, TRACKS.c
    told = old.pending == 0
    statement = statement.on_conflict_do_update(
        index_elements=[old.gate, old.tag],
        set_={
            "pending": 1,
            "first_at": case((told, new.first_at), else_=least(old.first_at, new.first_at)),
            "last_at": case((told, new.last_at), else_=most(old.last_at, new.last_at)),
            "arrived_at": new.arrived_at,
        },
    )
    session.connection().execute(statement, tracks)


def _heard(session: Session, reader: str, arrived: int, counts: Counts) -> None:
    statement = _inserting(session, CONTACTS)
    old = CONTACTS.c
    said = {
        "reader": reader,
        "seen_at": from_micros(arrived),
        "accepted": counts.accepted,
        "duplicates": counts.duplicates,
        "bad": counts.bad,
    }
    statement = statement.on_conflict_do_update(
        index_elements=[old.reader],
        set_={
            "seen_at": statement.excluded.seen_at,
            **{
                name: old[name] + statement.excluded[name]
                for name in ("accepted", "duplicates", "bad")
            },
        },
    )
    session.connection().execute(statement, said)
