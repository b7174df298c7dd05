"""The ledger by itself: what hands told, booked in any order, beside the oracle.

No handheld, no server, no handlers: postings, sightings and anchors go straight to the ledger, in
chunks of any size, inside a transaction that is never committed.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from random import Random

from sqlalchemy.orm import Session

from app.db import db, writing
from app.ledger.anchors import Anchored
from app.ledger.journal import Booking, write
from app.ledger.postings import EffKey, Holder, Position, Posting, place, unit
from app.proving.comparing import imbalances
from app.proving.simulate.deeds import DRILL, Deed, Move
from app.proving.simulate.evidence import books_of
from app.proving.simulate.judging import differences, in_words
from app.proving.simulate.names import Names, is_serial, is_unit
from app.proving.simulate.oracle import Sheet, reckon, sheets_of
from app.proving.simulate.premises import Premises, premises
from app.proving.simulate.server import BEGINNING
from app.proving.simulate.truth import drawn

HOURS, OPERATIONS = 8.0, (30, 60)
TOGETHER = 20  # bookings of one chunk, at most
FIRST = 1_000_000  # commit numbers that nothing else has
SHOWN = 4


class Over(Exception):
    """The transaction ends as if it had never been."""


def one(place_: Premises, seed: int) -> tuple[int, list[str]]:
    """Book one seed in some order; returns how many gestures there were, and what is wrong."""
    chance = Random(f"ledger {seed}")  # noqa: S311 - the same order for everybody
    truth = drawn(seed, chance.randint(2, 6), HOURS, chance.randint(*OPERATIONS))
    names = place_.furnished.names
    approved = {
        deed.finish.sheet
        for deed in truth.deeds
        if deed.finish is not None and chance.random() < 0.5  # noqa: PLR2004
    }
    found: list[str] = []
    with suppress(Over), writing(names.site) as session:
        bookings = list(booked(truth.deeds, approved, names))
        chance.shuffle(bookings)
        for chunk in _chunks(bookings, chance):
            write(session, names.site, names.place("@variance"), names.place("@supplier"), chunk)
        session.flush()
        found = list(_judged(session, truth.deeds, approved, names))
        raise Over
    return len(truth.deeds), found


def _judged(
    session: Session, deeds: Sequence[Deed], approved: set[int], names: Names
) -> Iterator[str]:
    yield from imbalances(session, SHOWN)
    wanted = reckon(deeds, approved, lambda deed: (deed.at, f"H{deed.hand}", deed.n))
    found = in_words(names, deeds, approved, books_of(session))
    yield from differences(wanted, found, None, None)


def booked(deeds: Sequence[Deed], approved: set[int], names: Names) -> Iterator[Booking]:
    """What a handler would make of each deed."""
    sheets = sheets_of(deeds, {deed.void for deed in deeds if deed.void is not None})
    for deed in deeds:
        meant = deeds[deed.void] if deed.void is not None else deed
        postings = tuple(_posting(move, names) for move in meant.moves)
        if deed.void is not None:
            postings = tuple(posting.reversed() for posting in postings)
        if postings or deed.stands:
            yield Booking(
                operation=names.operation(deed.n),
                commit_seq=FIRST + deed.n,
                key=_key(meant),
                recorded_at=BEGINNING,
                postings=postings,
                positions=tuple(_position(deed, names)),
            )
        if deed.finish is not None and deed.finish.sheet in approved:
            yield _counted(deed, sheets.get(deed.finish.sheet, Sheet()), names)


def _key(deed: Deed) -> EffKey:
    return EffKey(BEGINNING + timedelta(milliseconds=deed.at), f"H{deed.hand}", 1, deed.n)


def _holder(code: str, names: Names) -> Holder:
    return unit(names.unit(code)) if is_unit(code) else place(names.place(code))


def _posting(move: Move, names: Names) -> Posting:
    item, lot = names.item(move.item), names.lot(move.item, move.lot) or ""
    source, target = _holder(move.source, names), _holder(move.target, names)
    return Posting(source, target, item, lot, move.quantity, move.status)


def _position(deed: Deed, names: Names) -> Iterator[Position]:
    for stand in deed.stands:
        source = names.place(stand.source) if stand.source else None
        yield _stood(stand.unit, names.place(stand.place), names, source)


def _stood(code: str, where: str, names: Names, source: str | None = None) -> Position:
    if is_serial(code):
        return Position(names.unit(code), "serial", where, source=source, item=names.item(DRILL))
    return Position(names.unit(code), "lpn", where, source=source)


def _counted(deed: Deed, sheet: Sheet, names: Names) -> Booking:
    """An approved sheet, as counting anchors it."""
    if deed.finish is None:
        raise ValueError(deed)
    at, where = _key(deed)._replace(part=1), deed.finish.place
    counted: dict[str, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for pile, quantity in sheet.lines.items():
        lot = names.lot(pile.item, pile.lot) or ""
        counted[pile.holder][(names.item(pile.item), lot)] += quantity
    units = tuple(sorted(names.unit(code) for code in sheet.sighted))
    anchors = tuple(
        Anchored(
            sheet=names.sheet(deed.finish.sheet),
            holder=_holder(code, names),
            key=at,
            counted=dict(counted[code]),
            units=units if code == where else (),
        )
        for code in sorted({where, *counted})
    )
    return Booking(
        operation=names.operation(-deed.n - 1),
        commit_seq=2 * FIRST + deed.n,
        key=at,
        recorded_at=BEGINNING,
        positions=tuple(_stood(code, names.place(where), names) for code in sorted(sheet.sighted)),
        anchors=anchors,
    )


def _chunks(bookings: Sequence[Booking], chance: Random) -> Iterator[list[Booking]]:
    """Cut an order into chunks of any size; an approval stands alone, as in life."""
    chunk: list[Booking] = []
    size = chance.randint(1, TOGETHER)
    for booking in bookings:
        if chunk and (booking.anchors or len(chunk) >= size):
            yield chunk
            chunk, size = [], chance.randint(1, TOGETHER)
        chunk.append(booking)
        if booking.anchors:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def run(database: str | None, first: int, seeds: int) -> int:
    """Book seed after seed; 0 = everything came out as the oracle says."""
    failed: list[int] = []
    operations = 0
    with premises(database) as place_:
        place_.fresh()
        with place_.server.app.app_context():
            began, worked = time.perf_counter(), time.process_time()
            for seed in range(first, first + seeds):
                told, problems = one(place_, seed)
                operations += told
                failed += [seed] if problems else []
                for problem in problems[:SHOWN]:
                    sys.stdout.write(f"seed {seed}: {problem}\n")
                if problems:
                    again = f"tallyman simulate --ledger-only --seed {seed} --seeds 1"
                    sys.stdout.write(f"seed {seed}: again with: {again}\n")
            seconds = time.perf_counter() - began
            worked = time.process_time() - worked
            engine = db.engine.dialect.name
    sys.stdout.write(
        f"{seeds} ledger-only seeds ({seeds - len(failed)} clean) on {engine}, {operations}"
        f" operations, {seconds:.0f} seconds, {60 * seeds / seconds:.0f} seeds a minute,"
        f" {60 * seeds / worked:.0f} a minute of one processor\n"
    )
    return 1 if failed else 0
