"""The oracle's books beside the server's.

Twice: in the order of the server's stamps everything must be equal; in the true order everything
must be equal of which no interval of another journal meets a count or a sighting (sync.md §7).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.proving.simulate.deeds import SALT, Deed, Pile
from app.proving.simulate.evidence import Books, Key, Stamped
from app.proving.simulate.names import Names, is_unit, places
from app.proving.simulate.oracle import OUTSIDE, Reckoning, reckon
from app.proving.simulate.play import Played
from app.proving.simulate.server import BEGINNING

FAR = datetime.max.replace(tzinfo=BEGINNING.tzinfo)


@dataclass
class Judgement:
    """Where the books differ, and how much could be compared."""

    by_stamps: list[str] = field(default_factory=list)
    by_truth: list[str] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Span:
    """When a deed happened as far as the server knows: from - to, and on which journal."""

    begins: datetime
    ends: datetime
    journal: tuple[str, int]

    def meets(self, other: "Span") -> bool:
        """Tell whether nobody can say which was first."""
        return self.begins <= other.ends and other.begins <= self.ends


def judged(played: Played, rows: Mapping[str, Stamped], books: Books) -> Judgement:
    """Compare on hand, positions and variances."""
    world = played.world
    stamped = {n: rows[operation] for n, operation in world.recorded.items() if operation in rows}
    arrived = played.arrived(rows)

    def believed(deed: Deed) -> Key:
        return stamped[deed.n].key

    found = in_words(world.names, world.truth.deeds, world.sheets, books)
    judgement = Judgement()
    by_stamps = reckon(arrived, world.approved, believed)
    judgement.by_stamps = list(differences(by_stamps, found, None, None))
    by_truth = reckon(arrived, world.approved, lambda deed: (deed.at, deed.n))
    unclear, disputed = _unclear(arrived, stamped, world.approved)
    judgement.by_truth = list(differences(by_truth, found, unclear, disputed))
    judgement.figures.update(_figures(by_truth, unclear, disputed, world.approved))
    return judgement


def in_words(names: Names, told: Sequence[Deed], counted: Iterable[int], books: Books) -> Reckoning:
    """The server's books in the words of the floor."""
    found = Reckoning()
    codes = {side for deed in told for move in deed.moves for side in (move.source, move.target)}
    codes |= {stand.unit for deed in told for stand in deed.stands} | set(places())
    piles = {
        names.pile(Pile(code, item, lot)): Pile(code, item, lot)
        for code in codes
        for item, lot in {(m.item, m.lot) for deed in told for m in deed.moves}
    }
    for (holder, item, lot, _), quantity in books.balances.items():
        if item == names.item(SALT):
            continue  # of which no deed speaks
        pile = piles.get((holder, item, lot), Pile(holder, item, lot))
        found.book[pile] += quantity
    holders = {names.holder(code): code for code in codes}
    for unit, (place, gaps) in books.positions.items():
        code = holders.get(unit, unit)
        found.at[code] = holders.get(place, place)
        if gaps:
            found.gaps[code] = gaps
    sheets = {names.sheet(n): n for n in counted}
    finished = {(a.eff_at, a.device, a.epoch, a.seq): sheets.get(a.sheet) for a in books.anchors}
    for e in books.entries:
        pile = piles.get((e.holder, e.item, e.lot), Pile(e.holder, e.item, e.lot))
        if e.kind in ("adjust", "restate") and pile.holder not in OUTSIDE:
            sheet = finished.get((e.eff_at, e.device, e.epoch, e.seq))
            found.variances[(sheet if sheet is not None else -1, pile)] += e.quantity
    return found


def differences(
    wanted: Reckoning, found: Reckoning, unclear: set[str] | None, disputed: set[int] | None
) -> Iterator[str]:
    """Compare; of what nobody can know nothing is demanded."""
    hidden, doubtful = unclear or set(), disputed or set()
    for pile in sorted({*wanted.book, *found.book}):
        if unclear is not None and (pile.holder in hidden or pile.holder == "@variance"):
            continue
        if wanted.book[pile] != found.book[pile]:
            yield f"on hand {pile}: oracle {wanted.book[pile]}, server {found.book[pile]}"
    for unit in sorted({*wanted.at, *found.at} - hidden):
        if wanted.at.get(unit) != found.at.get(unit):
            yield f"position {unit}: oracle {wanted.at.get(unit)}, server {found.at.get(unit)}"
        elif unclear is None and wanted.gaps[unit] != found.gaps[unit]:
            yield f"gaps of {unit}: oracle {wanted.gaps[unit]}, server {found.gaps[unit]}"
    for sheet, pile in sorted({*wanted.variances, *found.variances}):
        here = (sheet, pile)
        if sheet in doubtful or pile.holder in hidden:
            continue
        if wanted.variances[here] != found.variances[here]:
            yield (
                f"variance of sheet {sheet} {pile}: oracle {wanted.variances[here]},"
                f" server {found.variances[here]}"
            )


# --- what nobody can know -------------------------------------------------------------------


def _unclear(
    deeds: Iterable[Deed], stamped: Mapping[int, Stamped], approved: set[int]
) -> tuple[set[str], set[int]]:
    """Name holders of which a count or sighting meets another journal's interval; and sheets."""
    by_holder: dict[str, list[tuple[Deed, Span]]] = defaultdict(list)
    counts: dict[int, list[tuple[Deed, Span]]] = defaultdict(list)
    wrong: set[str] = set()
    for deed in deeds:
        row = stamped[deed.n]
        span = _span(row)
        if deed.sheet is not None and deed.sheet in approved:
            counts[deed.sheet].append((deed, span))
        for holder in _holders(deed):
            by_holder[holder].append((deed, span))
            if not _true(deed, row):
                wrong.add(holder)
    unclear, disputed = _disputed(by_holder, counts, wrong)
    return unclear | _positions(by_holder), disputed


def _span(row: Stamped) -> Span:
    u = timedelta(microseconds=row.u)
    begins = row.eff_at - u if row.u < 10**15 else BEGINNING
    ends = row.eff_at + u if row.u < 10**15 else FAR
    return Span(begins, ends, (row.device, row.epoch))


def _true(deed: Deed, row: Stamped) -> bool:
    off = abs(row.eff_at - BEGINNING - timedelta(milliseconds=deed.at))
    return off <= timedelta(microseconds=row.u + 5_000)


def _holders(deed: Deed) -> set[str]:
    """Whatever a deed says something of."""
    found = {side for move in deed.moves for side in (move.source, move.target)}
    found |= {stand.unit for stand in deed.stands} | {stand.place for stand in deed.stands}
    found |= {stand.source for stand in deed.stands if stand.source}
    if deed.line is not None:
        found |= {deed.line.place, *([deed.line.unit] if deed.line.unit else [])}
        found |= {deed.line.pile.holder} if deed.line.pile else set()
    if deed.finish is not None:
        found.add(deed.finish.place)
    return found - set(OUTSIDE)


def _disputed(
    by_holder: Mapping[str, list[tuple[Deed, Span]]],
    counts: Mapping[int, list[tuple[Deed, Span]]],
    wrong: set[str],
) -> tuple[set[str], set[int]]:
    unclear, disputed = set(wrong), set[int]()
    for sheet, told in counts.items():
        whole = Span(
            min(span.begins for _, span in told),
            max(span.ends for _, span in told),
            told[-1][1].journal,
        )
        holders = {holder for deed, _ in told for holder in _holders(deed)}
        for holder in holders:
            for deed, span in by_holder[holder]:
                if deed.sheet != sheet and span.journal != whole.journal and span.meets(whole):
                    disputed.add(sheet)
                    unclear |= {stand.unit for stand in deed.stands}
            if holder in wrong:  # who was said to be gone from there may not have come yet
                disputed.add(sheet)
                unclear |= {stand.unit for deed, _ in by_holder[holder] for stand in deed.stands}
        if sheet in disputed:
            unclear |= holders
    return unclear, disputed


def meeting(sheet: int, deeds: Iterable[Deed], stamped: Mapping[int, Stamped]) -> Iterator[Deed]:
    """Name deeds of other journals that touch what a sheet speaks of while it was counted."""
    known = list(deeds)
    mine = [deed for deed in known if deed.sheet == sheet]
    spans = [_span(stamped[deed.n]) for deed in mine]
    if not spans:
        return
    whole = Span(
        min(span.begins for span in spans), max(span.ends for span in spans), spans[-1].journal
    )
    lines = [deed.line for deed in mine if deed.line]
    opened = {line.pile.holder for line in lines if line.pile}
    seen = opened | {line.unit for line in lines if line.unit}
    places = {deed.finish.place for deed in mine if deed.finish}
    for deed in known:
        span = _span(stamped[deed.n])
        theirs = deed.sheet != sheet and span.journal != whole.journal
        if theirs and span.meets(whole) and _touches(deed, opened | places, seen, places):
            yield deed


def _touches(deed: Deed, opened: set[str], seen: set[str], places: set[str]) -> bool:
    """Goods of an opened holder, units that were seen, the place; not what a closed one holds."""
    if any({move.source, move.target} & opened for move in deed.moves):
        return True
    if any(stand.unit in seen or {stand.place, stand.source} & places for stand in deed.stands):
        return True
    counted = deed.line or deed.finish
    return counted is not None and counted.place in places


def _positions(by_holder: Mapping[str, list[tuple[Deed, Span]]]) -> set[str]:
    """Units whose sightings by different journals nobody can put in order."""
    found = set()
    for holder, told in by_holder.items():
        if not is_unit(holder):
            continue
        for n, (deed, span) in enumerate(told):
            for other, theirs in told[n + 1 :]:
                sightings = _speaks_of_place(deed) and _speaks_of_place(other)
                if sightings and span.journal != theirs.journal and span.meets(theirs):
                    found.add(holder)
    return found


def _speaks_of_place(deed: Deed) -> bool:
    return bool(deed.stands or deed.line)


def _figures(
    wanted: Reckoning, unclear: set[str], disputed: set[int], approved: set[int]
) -> dict[str, int]:
    holders = {pile.holder for pile in wanted.book}
    return {
        "holders": len(holders),
        "holders compared in true order": len(holders - unclear),
        "counts approved": len(approved),
        "counts uncontested": len(approved - disputed),
    }
