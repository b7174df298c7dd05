"""Which labels somebody asked for, read from the records of the site."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.identification.check_digits import check_digit, has_check_digit, is_digits
from app.items.models import Identifier, Item
from app.kernel.problem import Problem
from app.labels import saying
from app.labels.composing import Label
from app.labels.ranges import MOST, expand
from app.labels.saying import Batch, Goods
from app.labels.symbols import Symbology
from app.locations.models import Location, Site, Zone
from app.people.models import Person
from app.stock.models import Lot

LONGEST_CODE = 60


@dataclass(eq=False)
class TooMany(Problem):
    """More labels than are made at a time."""

    code = "labels.too_many"
    status = 422
    most: int


@dataclass(eq=False)
class NoRange(Problem):
    """First and last are not built alike, so nobody knows what lies between."""

    code = "labels.no_range"
    status = 422
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Which labels: codes from – to, or what belongs to an item."""

    kind: str
    first: str = ""
    last: str = ""
    zone: str = ""
    purpose: str = ""
    lot: str = ""
    symbology: Symbology = "qr"
    arrow: str = "none"


def chosen(session: Session, site: Site, asked: Asked) -> list[Label]:
    """Make the labels; nothing chosen = everything there is, where there is such a thing."""
    labels = CHOICES[asked.kind](session, site, asked)
    if len(labels) > MOST:
        raise TooMany(most=MOST)
    return labels


def language_of(site: Site) -> str:
    return site.language if site.language in {"en", "es"} else "en"


def _places(session: Session, site: Site, asked: Asked) -> list[Label]:
    query = (
        select(Location.code, Zone.name)
        .outerjoin(Zone, Zone.id == Location.zone)
        .where(Location.site == site.id, Location.kind != "virtual")
        .order_by(Location.code)
    )
    if asked.zone:
        query = query.where(Zone.code == asked.zone)
    if asked.purpose:
        query = query.where(Location.kind == asked.purpose)
    built = expand(asked.first, asked.last) if asked.first and asked.last else None
    query = _from_to(query, asked)
    wanted = None if built is None else set(built)
    rows = [
        (code, zone)
        for code, zone in session.execute(query.limit(MOST * 10))
        if wanted is None or code in wanted
    ]
    return [saying.place(code, zone or "", asked.symbology, asked.arrow) for code, zone in rows]


def _from_to(query: Select[str, str], asked: Asked) -> Select[str, str]:
    if asked.first:
        query = query.where(Location.code >= asked.first)
    if asked.last:
        query = query.where(Location.code <= asked.last)
    return query


def _items_between(session: Session, site: Site, asked: Asked) -> list[Item]:
    query = select(Item).where(Item.org == site.org, Item.active).order_by(Item.sku)
    if asked.first:
        query = query.where(Item.sku >= asked.first)
    if asked.last or asked.first:
        query = query.where(Item.sku <= (asked.last or asked.first))
    return list(session.scalars(query.limit(MOST + 1)))


def _identifiers(session: Session, items: Iterable[Item]) -> Mapping[tuple[str, str | None], str]:
    """One code an item and packaging, a GTIN before any other."""
    ids = [one.id for one in items]
    found: dict[tuple[str, str | None], str] = {}
    for start in range(0, len(ids), 500):
        query = select(Identifier).where(Identifier.item.in_(ids[start : start + 500]))
        for row in session.scalars(query.order_by(Identifier.code)):
            key = (row.item, row.packaging)
            if key not in found or (is_gtin(row.code) and not is_gtin(found[key])):
                found[key] = row.code
    return found


def is_gtin(code: str) -> bool:
    return len(code) == saying.GTIN and is_digits(code) and has_check_digit(code)


def goods_of(one: Item, code: str | None) -> Goods:
    gtin = code if code and is_gtin(code) else None
    return Goods(one.sku, one.name, gtin, None if gtin else code)


def code_of(session: Session, one: Item) -> str | None:
    """The code of a single piece of an item."""
    return _each(one, _identifiers(session, [one]))


def _items(session: Session, site: Site, asked: Asked) -> list[Label]:
    rows = _items_between(session, site, asked)
    codes = _identifiers(session, rows)
    return [saying.item(goods_of(one, _each(one, codes))) for one in rows]


def _each(one: Item, codes: Mapping[tuple[str, str | None], str]) -> str | None:
    """The code of a single piece: of no packaging, or of the packaging that holds one."""
    singles = [p["id"] for p in one.packagings if p["quantity"] == 1]
    return next((codes[one.id, p] for p in (None, *singles) if (one.id, p) in codes), None)


def _packagings(session: Session, site: Site, asked: Asked) -> list[Label]:
    """Packagings with a code of their own; without one a scan would count as a single piece."""
    rows = _items_between(session, site, asked)
    codes = _identifiers(session, rows)
    return [
        saying.packaging(goods_of(one, code), p["name"], f"{p['quantity']} {one.unit}")
        for one in rows
        for p in one.packagings
        if (code := codes.get((one.id, p["id"]))) is not None
    ]


def _lots(session: Session, site: Site, asked: Asked) -> list[Label]:
    rows = _items_between(session, site, asked)
    by_id = {one.id: one for one in rows}
    codes = _identifiers(session, rows)
    query = select(Lot).where(Lot.site == site.id, Lot.item.in_(by_id), Lot.code.is_not(None))
    if asked.lot:
        query = query.where(Lot.code == asked.lot)
    return [
        saying.lot(
            goods_of(by_id[row.item], _each(by_id[row.item], codes)),
            Batch(str(row.code), row.expiry),
            language_of(site),
        )
        for row in session.scalars(query.order_by(Lot.code).limit(MOST + 1))
    ]


def _codes(asked: Asked) -> tuple[str, ...]:
    """Codes that need not be known yet: totes and units are known from their first scan."""
    if not asked.first:
        return ()
    found = expand(asked.first, asked.last or asked.first)
    if found is None:
        raise NoRange(first=asked.first, last=asked.last)
    if len(found) > MOST:
        raise TooMany(most=MOST)
    return found


def _units(session: Session, site: Site, asked: Asked) -> list[Label]:
    codes = between_sscc(asked) or _codes(asked)
    language = language_of(site)
    return [saying.unit(code, site.name, asked.symbology, language) for code in codes]


def between_sscc(asked: Asked) -> tuple[str, ...]:
    """SSCCs run without their check digit."""
    first, last = asked.first, asked.last or asked.first
    if not (saying.is_sscc(first) and saying.is_sscc(last) and first <= last):
        return ()
    stop = min(int(last[:-1]), int(first[:-1]) + MOST)
    numbers = (f"{n:017d}" for n in range(int(first[:-1]), stop + 1))
    return tuple(n + check_digit(n) for n in numbers)


def _totes(session: Session, site: Site, asked: Asked) -> list[Label]:
    return [saying.tote(code, site.name, asked.symbology) for code in _codes(asked)]


def _badges(session: Session, site: Site, asked: Asked) -> list[Label]:
    query = select(Person.badge, Person.name).where(Person.active, Person.org == site.org)
    if asked.first:
        query = query.where(Person.badge >= asked.first)
    if asked.last or asked.first:
        query = query.where(Person.badge <= (asked.last or asked.first))
    rows = session.execute(query.order_by(Person.badge).limit(MOST + 1))
    return [saying.badge(badge, name, site.name, asked.symbology) for badge, name in rows]


def _commands(session: Session, site: Site, asked: Asked) -> list[Label]:
    return saying.commands(asked.symbology, language_of(site))


def _scanner(session: Session, site: Site, asked: Asked) -> list[Label]:
    return [saying.scanner_check(language_of(site))]


Choice = Callable[[Session, Site, Asked], list[Label]]
CHOICES: Mapping[str, Choice] = {
    "location": _places,
    "item": _items,
    "packaging": _packagings,
    "lot": _lots,
    "lpn": _units,
    "tote": _totes,
    "badge": _badges,
    "command": _commands,
    "scanner": _scanner,
}
