"""What the books must show in the end: a fold over what was told, in the order of the hands.

It knows the timeline and which counts were approved, nothing else: no ledger, no stamps, no
arrival order. Given another order (that of the server's stamps) it says what that order implies.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from app.proving.simulate.deeds import SUPPLIER, VARIANCE, Deed, Finish, Line, Pile

OUTSIDE = ("@supplier", "@customer", "@variance")


@dataclass
class Reckoning:
    """The books as they must be."""

    book: Counter[Pile] = field(default_factory=Counter)
    at: dict[str, str] = field(default_factory=dict)
    variances: Counter[tuple[int, Pile]] = field(default_factory=Counter)  # by sheet
    gaps: Counter[str] = field(default_factory=Counter)

    def on_hand(self) -> dict[Pile, int]:
        """Every pile that is not nothing."""
        return {pile: quantity for pile, quantity in self.book.items() if quantity}


@dataclass
class Sheet:
    """What a count says, without what was called off."""

    lines: Counter[Pile] = field(default_factory=Counter)
    sighted: set[str] = field(default_factory=set)

    def holders(self, place: str) -> set[str]:
        """Everything of which the sheet knows the contents."""
        return {place, *(pile.holder for pile in self.lines)}


def sheets_of(deeds: Iterable[Deed], called_off: Collection[int]) -> dict[int, Sheet]:
    """Gather the lines of every sheet."""
    found: dict[int, Sheet] = defaultdict(Sheet)
    for deed in deeds:
        if deed.line is not None and deed.n not in called_off:
            _noted(found[deed.line.sheet], deed.line)
    return found


def _noted(sheet: Sheet, line: Line) -> None:
    if line.pile is not None:
        sheet.lines[line.pile] += line.quantity
    if line.unit is not None:
        sheet.sighted.add(line.unit)
    elif line.pile is not None and line.pile.holder != line.place:
        sheet.sighted.add(line.pile.holder)


def reckon(
    deeds: Iterable[Deed], approved: Collection[int], order: Callable[[Deed], object]
) -> Reckoning:
    """Fold what arrived; `approved` names sheets by the number of their first deed."""
    arrived = sorted(deeds, key=order)  # type: ignore[arg-type]
    off = {deed.void for deed in arrived if deed.void is not None}
    sheets = sheets_of(arrived, {n for n in off if n is not None})
    books = Reckoning()
    for deed in arrived:
        if deed.n in off:
            continue
        for move in deed.moves:
            books.book[Pile(move.source, move.item, move.lot)] -= move.quantity
            books.book[Pile(move.target, move.item, move.lot)] += move.quantity
        for stand in deed.stands:
            if stand.source is not None and stand.source != books.at.get(stand.unit, SUPPLIER):
                books.gaps[stand.unit] += 1
            books.at[stand.unit] = stand.place
        if deed.finish is not None and deed.finish.sheet in approved:
            _anchored(books, deed.finish, sheets.get(deed.finish.sheet, Sheet()))
    return books


def _anchored(books: Reckoning, finish: Finish, sheet: Sheet) -> None:
    """What was counted is there, and what was not is not."""
    for holder in sorted(sheet.holders(finish.place)):
        known = {pile for pile in books.book if pile.holder == holder}
        for pile in sorted(known | {pile for pile in sheet.lines if pile.holder == holder}):
            variance = sheet.lines[pile] - books.book[pile]
            if variance:
                books.variances[(finish.sheet, pile)] += variance
                books.book[pile] += variance
                books.book[Pile(VARIANCE, *pile[1:])] -= variance
    for unit, place in list(books.at.items()):
        if place == finish.place and unit not in sheet.sighted:
            books.at[unit] = VARIANCE
    for unit in sheet.sighted:
        books.at[unit] = finish.place


def touched(deed: Deed, at: Mapping[str, str]) -> set[str]:
    """Every place and unit of which a deed says something; `at`: where units stood then."""
    holders = {side for move in deed.moves for side in (move.source, move.target)}
    holders |= {stand.unit for stand in deed.stands} | {stand.place for stand in deed.stands}
    holders |= {stand.source for stand in deed.stands if stand.source}
    if deed.line is not None:
        holders |= {deed.line.place}
        holders |= {deed.line.unit} if deed.line.unit else set()
        holders |= {deed.line.pile.holder} if deed.line.pile else set()
    if deed.finish is not None:
        holders.add(deed.finish.place)
    holders |= {at[unit] for unit in list(holders) if unit in at}
    return holders - set(OUTSIDE)
