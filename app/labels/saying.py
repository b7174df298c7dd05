"""What each kind of label says: to the scanner, and in words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from app.identification.check_digits import has_check_digit, is_digits
from app.identification.tables import CHARACTERS, COMMANDS, SCANNER_CHECK
from app.kernel.problem import Problem
from app.labels.composing import Label
from app.labels.layouts import CAPTIONS
from app.labels.symbols import GS, Code, Symbology

SSCC, GTIN = 18, 14
LONGEST_LOT = 20  # AI 10
RESOLVER = "https://id.gs1.org"
CHECK_MODULUS = 97  # the largest prime that leaves two digits
COMMAND_WORDS = {
    "UNDO": {"en": "Undo", "es": "Deshacer"},
    "DONE": {"en": "Done", "es": "Hecho"},
    "EMPTY": {"en": "Nothing else here", "es": "No hay nada más"},
    "SHORT": {"en": "Short", "es": "Falta"},
    "DAMAGED": {"en": "Damaged", "es": "Dañado"},
    "WORK": {"en": "Give me work", "es": "Dame trabajo"},
    "CANCEL": {"en": "Cancel", "es": "Cancelar"},
    "YES": {"en": "Yes", "es": "Sí"},
}


@dataclass(eq=False)
class UnsayableLot(Problem):
    """A lot code with signs that GS1 labels do not have."""

    code = "labels.lot_signs"
    status = 422
    lot: str


@dataclass(frozen=True, slots=True)
class Goods:
    """An item on a label; `gtin` with 14 digits, `other` = any code of its own."""

    sku: str
    name: str
    gtin: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A lot; the day as YYYY-MM-DD."""

    code: str
    expiry: str | None = None


def own(prefix: str, code: str, symbology: Symbology) -> tuple[Code, Code]:
    """One of our own codes, in the symbol wished for, and as a square if that has no room."""
    text = f"{prefix}:{code}"
    square = Code("qr", text)
    linear = symbology == "code128" and text.isascii() and text.isprintable()
    return (Code("code128", text) if linear else square), square


def place(code: str, zone: str, symbology: Symbology, arrow: str) -> Label:
    """A place, with two digits by which a driver proves over the radio that he reads it."""
    symbol, square = own("TMP", code, symbology)
    fields = {"code": code, "zone": zone, "check": check_digits(code), "arrow": arrow}
    return Label("location", symbol, fields, fallback=square)


def check_digits(code: str) -> str:
    """Two digits that neighbouring places never share: letters weighted by where they stand."""
    total = sum((n + 2) * ord(letter) for n, letter in enumerate(code))
    return f"{total * 31 % CHECK_MODULUS:02d}"


def item(goods: Goods) -> Label:
    """An item by its GTIN as the shop prints it, by another code of its own, or by its SKU."""
    return Label("item", _code_of(goods), {"sku": goods.sku, "name": goods.name})


def packaging(goods: Goods, name: str, quantity: str) -> Label:
    """A case or inner by its own GTIN, as GS1-128 for scanners at a distance."""
    gtin = goods.gtin
    symbol = Code("gs1_128", f"01{gtin}") if gtin else _code_of(goods)
    fields = {"sku": goods.sku, "name": goods.name, "packaging": name, "quantity": quantity}
    return Label("packaging", symbol, fields, hri=f"(01){gtin}" if gtin else "")


def _code_of(goods: Goods) -> Code:
    gtin = goods.gtin
    if gtin and gtin.startswith("0"):
        return Code("ean13", gtin[1:])
    if gtin:
        return Code("gs1_128", f"01{gtin}")
    text = goods.other or goods.sku
    return Code("code128" if text.isascii() and text.isprintable() else "qr", text)


def lot(goods: Goods, batch: Batch, language: str) -> Label:
    """A lot with its item in one symbol; without a GTIN, in two."""
    if len(batch.code) > LONGEST_LOT or not set(batch.code) <= set(CHARACTERS["X"]):
        raise UnsayableLot(lot=batch.code[:80])
    fields = {
        "sku": goods.sku,
        "name": goods.name,
        "lot": batch.code,
        "expiry": batch.expiry or "",
    }
    parts = list(_elements(goods.gtin, batch))
    symbol = Code("gs1_128", "".join(ai + value for ai, value in parts))
    hri = "".join(f"({ai}){value}" for ai, value in parts)
    if goods.gtin is None:
        bare = Code("code128", goods.other or goods.sku)
        return Label("lot_by_sku", symbol, fields, hri, bare, language)
    link = Code("qr", _link(goods.gtin, batch))
    return Label("lot", symbol, fields, hri, None, language, link)


def _elements(gtin: str | None, batch: Batch) -> Iterator[tuple[str, str]]:
    """What has a fixed length first, so that no separator is needed."""
    if gtin:
        yield "01", gtin
    if batch.expiry:
        yield "17", short_day(batch.expiry)
    yield "10", batch.code


def short_day(day: str) -> str:
    """YYYY-MM-DD → YYMMDD."""
    return date.fromisoformat(day).strftime("%y%m%d")


def _link(gtin: str, batch: Batch) -> str:
    """A QR code cannot carry FNC1; a Digital Link says the same."""
    query = f"?17={short_day(batch.expiry)}" if batch.expiry else ""
    return f"{RESOLVER}/01/{gtin}/10/{quote(batch.code, safe='')}{query}"


def is_sscc(code: str) -> bool:
    return len(code) == SSCC and is_digits(code) and has_check_digit(code)


def unit(
    code: str, site: str, symbology: Symbology, language: str, told: dict[str, str] | None = None
) -> Label:
    """A pallet or carton: the GS1 logistic label for an SSCC, our own code otherwise."""
    fields = {"site": site, "number": code, **(told or {})}
    if is_sscc(code):
        symbol = Code("gs1_128", f"00{code}")
        return Label("lpn", symbol, fields, f"(00){code}", None, language)
    mine, square = own("TMU", code, symbology)
    return Label("lpn", mine, fields, "", None, language, square)


def tote(code: str, site: str, symbology: Symbology) -> Label:
    symbol, square = own("TMT", code, symbology)
    return Label("tote", symbol, {"code": code, "site": site}, fallback=square)


def badge(code: str, name: str, site: str, symbology: Symbology) -> Label:
    """A badge alone opens nothing; the PIN is not on it."""
    symbol, square = own("TMB", code, symbology)
    fields = {"badge": code, "name": name, "site": site}
    return Label("badge", symbol, fields, fallback=square)


def commands(symbology: Symbology, language: str) -> list[Label]:
    """The sheet that does what buttons do, a label a command."""
    return [
        Label("command", own("TMC", name, symbology)[0], {"words": words[language], "action": name})
        for name, words in COMMAND_WORDS.items()
        if name in COMMANDS
    ]


def scanner_check(language: str) -> Label:
    """One code with every sign that a badly set-up scanner loses, swaps or replaces."""
    words = CAPTIONS[language]
    fields = {"words": words["scanner"], "hint": words["scanner_hint"]}
    symbol = Code("gs1_128", GS.join(SCANNER_CHECK))
    hri = "".join(f"({half[:2]}){half[2:]}" for half in SCANNER_CHECK)
    return Label("scanner", symbol, fields, hri, None, language)


def enrolment(code: str, site: str, until: str, language: str) -> Label:
    """An invitation for one handheld."""
    hint = CAPTIONS[language]["enrolment"]
    fields = {"code": code, "site": site, "until": until, "hint": hint}
    return Label("enrolment", Code("qr", f"TME:{code}"), fields, language=language)
