"""Tell visits that are over: from reads to operations of the log, each once.

Who looks first claims a track, so that of several processes one tells it; whoever dies meanwhile
loses the claim. The name of the operation is the visit's own, so that even two tell it once.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.among import among
from app.db import snapshot, writing
from app.kernel.clock import from_micros, micros, now
from app.kernel.ids import derived
from app.kernel.values import value
from app.locations.models import Site
from app.pipeline.office import Author, IdReused, Request, submit_all
from app.pipeline.operation import Playbook
from app.readers.models import ReadPoint, TagRead, TagTrack, TagVisit
from app.readers.smoothing import SECOND, Read, Side, Visit, visits
from app.readers.taking_in import KEPT

log = logging.getLogger("tallyman.readers")
SETTING = "rfid_silence_s"
SILENCE, SHORTEST, LONGEST = 3, 1, 60  # seconds
LASTING = 60 * SECOND  # who stands there so long is told before he leaves
CLAIM = 60 * SECOND
AT_ONCE = 200  # tracks of one look
MOST_READS = 5_000  # of one tag in one look


@value
class Track:
    """A claimed track, as it was."""

    gate: str
    tag: str
    site: str
    first_at: int
    last_at: int
    arrived_at: int
    told_from: int | None
    told_until: int | None
    silent: bool


@value
class Gate:
    """What a gate means now: the antennas that are bound to it."""

    reader: str
    place: str
    meaning: str
    sides: Mapping[int, Side | None]


def silence_of(settings: Mapping[str, Any]) -> int:
    """Seconds without a read that end a visit, as the site has it."""
    said = settings.get(SETTING)
    return min(max(said, SHORTEST), LONGEST) if type(said) is int else SILENCE


def note_visits(playbook: Playbook, most: int = AT_ONCE) -> int:
    """Tell what has ended by now; returns how many tracks were looked at."""
    moment = micros(now())
    with snapshot() as session:
        sites = {site.id: site for site in session.scalars(select(Site))}
        silences = {key: silence_of(site.settings) * SECOND for key, site in sites.items()}
        due = bool(session.scalars(_due(silences, moment).limit(1)).first()) if sites else False
    if not due:
        return 0
    claimed = _claim(silences, moment, most)
    told = _Look()
    with snapshot() as session:
        gates = _gates(session, {track.gate for track in claimed})
        for track in claimed:
            told.look(session, track, gates.get(track.gate), silences[track.site])
    for site, requests in told.requests.items():
        _submit(playbook, Author(sites[site].org, site, device="system"), requests)
    _done(told.until)
    return len(claimed)


def _due(silences: Mapping[str, int], moment: int) -> Any:  # noqa: ANN401 - a statement
    over = [
        (TagTrack.site == site) & (TagTrack.arrived_at <= moment - silence)
        for site, silence in silences.items()
    ]
    return (
        select(TagTrack)
        .where(
            TagTrack.pending == 1,
            or_(*over, TagTrack.last_at - TagTrack.first_at >= LASTING),
            or_(TagTrack.claimed_at.is_(None), TagTrack.claimed_at < moment - CLAIM),
        )
        .order_by(TagTrack.arrived_at, TagTrack.gate, TagTrack.tag)
    )


def _claim(silences: Mapping[str, int], moment: int, most: int) -> list[Track]:
    with writing("readers") as session:
        rows = session.scalars(_due(silences, moment).limit(most)).all()
        for row in rows:
            row.claimed_at = moment
        session.flush()
        return [
            Track(
                row.gate,
                row.tag,
                row.site,
                row.first_at,
                row.last_at,
                row.arrived_at,
                row.told_from,
                row.told_until,
                row.arrived_at <= moment - silences[row.site],
            )
            for row in rows
        ]


def _gates(session: Session, keys: set[str]) -> dict[str, Gate]:
    found: dict[str, list[ReadPoint]] = defaultdict(list)
    for point in session.scalars(select(ReadPoint).where(among(ReadPoint.gate, keys))):
        found[str(point.gate)].append(point)
    return {
        gate: Gate(
            points[0].reader,
            str(points[0].place),
            points[0].meaning,
            {point.antenna: point.side for point in points},  # type: ignore[misc]
        )
        for gate, points in found.items()
    }


@value
class Told:
    """How far a track is told, and since when a visit goes on that is not over."""

    track: Track
    told_from: int | None
    told_until: int | None
    going_on: int | None


class _Look:
    """What a look comes to: operations by site, and how far each track is told."""

    def __init__(self) -> None:
        self.requests: dict[str, list[Request]] = defaultdict(list)
        self.until: list[Told] = []

    def look(self, session: Session, track: Track, gate: Gate | None, silence: int) -> None:
        told_from, told_until = track.told_from, track.told_until
        going_on: int | None = None
        if gate is not None:
            known = _known(session, track, silence)
            for visit in visits(_reads(session, track, silence), silence, gate.sides):
                if _goes_on(track, visit, silence):
                    going_on = visit.first_at
                    continue
                stretches = list(known)
                if told_from is not None and told_until is not None:
                    stretches.append((told_from, told_until))
                if not any(_meets(visit, *each, silence) for each in stretches):
                    self.requests[track.site].append(_request(track, gate, visit))
                    if told_from is None or visit.first_at > told_from:
                        told_from, told_until = visit.first_at, visit.last_at
                elif told_from is not None and _meets(visit, told_from, told_until or 0, silence):
                    told_until = max(told_until or 0, visit.last_at)
        self.until.append(Told(track, told_from, told_until, going_on))


def _goes_on(track: Track, visit: Visit, silence: int) -> bool:
    """Tell whether a tag may still be there; one that stands for long is told all the same."""
    lasts = visit.last_at - visit.first_at >= LASTING
    return not (track.silent or lasts or visit.last_at <= track.last_at - silence)


def _meets(visit: Visit, first_at: int, last_at: int, silence: int) -> bool:
    """Tell whether a visit continues what was told."""
    return visit.first_at < last_at + silence and first_at - silence < visit.last_at


def _reads(session: Session, track: Track, silence: int) -> Iterator[Read]:
    """The reads nobody has looked at, and those around them which they may belong to."""
    rows = session.execute(
        select(TagRead.at, TagRead.antenna, TagRead.rssi, TagRead.reads)
        .where(
            TagRead.gate == track.gate,
            TagRead.tag == track.tag,
            TagRead.at > track.first_at - 10 * silence,
            TagRead.at < track.last_at + 10 * silence,
        )
        .order_by(TagRead.at, TagRead.stamp, TagRead.key)
        .limit(MOST_READS)
    )
    return (Read(*row) for row in rows)


def _known(session: Session, track: Track, silence: int) -> list[tuple[int, int]]:
    """What was told of this tag here, around these reads."""
    rows = session.execute(
        select(TagVisit.first_at, TagVisit.last_at).where(
            TagVisit.gate == track.gate,
            TagVisit.tag == track.tag,
            TagVisit.last_at > from_micros(track.first_at - 20 * silence),
        )
    )
    return [(micros(first), micros(last)) for first, last in rows]


def _request(track: Track, gate: Gate, visit: Visit) -> Request:
    return Request(
        "readers.note_visit",
        {
            "reader": gate.reader,
            "place": gate.place,
            "meaning": gate.meaning,
            "tag": track.tag,
            "first_at": visit.first_at,
            "last_at": visit.last_at,
            "reads": visit.reads,
            "direction": visit.direction,
        },
        id=derived(track.gate, f"visit:{track.tag}:{visit.first_at}"),
    )


def _submit(playbook: Playbook, author: Author, requests: Sequence[Request]) -> None:
    """Write visits to the log; one that is there in other words was told from fewer reads."""
    try:
        submit_all(playbook, author, requests)
    except IdReused:
        for request in requests:
            try:
                submit_all(playbook, author, [request])
            except IdReused as known:
                log.info("visit %s is told already", known.id)


def _done(tracks: Sequence[Told]) -> None:
    """Let go of tracks; where reads came meanwhile they are looked at again."""
    with writing("readers") as session:
        for each in tracks:
            track = each.track
            mine = (TagTrack.gate == track.gate, TagTrack.tag == track.tag)
            until = {"told_from": each.told_from, "told_until": each.told_until}
            session.execute(update(TagTrack).where(*mine).values(claimed_at=None, **until))
            seen = update(TagTrack).where(*mine, TagTrack.arrived_at == track.arrived_at)
            if each.going_on is None:
                session.execute(seen.values(pending=0))
            else:
                session.execute(seen.values(first_at=each.going_on))


def forget(moment: int | None = None) -> None:
    """Drop reads and tracks that nobody can ask for any more."""
    before = (moment if moment is not None else micros(now())) - KEPT // timedelta(microseconds=1)
    with writing("readers") as session:
        session.execute(delete(TagRead).where(TagRead.arrived_at < before))
        session.execute(delete(TagTrack).where(TagTrack.pending == 0, TagTrack.arrived_at < before))
