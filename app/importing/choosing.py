"""How a file is read: by a preset, or by columns that somebody has matched."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from app.importing.dialect import DateOrder, Dialect
from app.importing.headings import alike
from app.importing.matter import Matter, Preset
from app.importing.presets import MATTERS, PLAIN, PRESETS, preset_of
from app.importing.problems import BadFile, UnknownImport
from app.importing.table import Table

OWN_COLUMNS = "columns"
DELIMITERS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8-sig", "cp1252")
SNIFFED = 64 * 1024


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for a file. With `preset` "columns" the rest counts: ours → theirs."""

    preset: str = PLAIN
    columns: Mapping[str, str] = field(default_factory=dict)
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    decimal_comma: bool = False
    dates: DateOrder = "iso"


def matter_of(kind: str) -> Matter:
    """Find what is brought in by its name."""
    found = next((matter for matter in MATTERS if matter.name == kind), None)
    if found is None:
        known = tuple(matter.name for matter in MATTERS)
        raise UnknownImport(kind=kind, preset="", known=known)
    return found


def preset_for(kind: str, choice: Choice, *, spreadsheet: bool) -> Preset:
    """Make the preset of a choice. A workbook has no delimiter of its own."""
    if choice.preset != OWN_COLUMNS:
        found = preset_of(kind, choice.preset)
        if not spreadsheet:
            return found
        return replace(found, dialect=replace(found.dialect, delimiter=",", encoding="utf-8-sig"))
    matter = matter_of(kind)
    columns = {c.name: choice.columns.get(c.name) or f"({c.name})" for c in matter.columns}
    dialect = Dialect(choice.delimiter, choice.encoding, choice.decimal_comma, choice.dates)
    # The name is part of every operation's id: read differently, a file says something else.
    said = json.dumps([columns, asdict(dialect)], sort_keys=True).encode()
    name = f"{OWN_COLUMNS}:{hashlib.sha256(said).hexdigest()[:16]}"
    return Preset(name, matter, dialect, columns)


def presets_of(kind: str) -> list[str]:
    """Name the presets of a kind."""
    return [name for matter, name in PRESETS if matter == kind]


def guess(kind: str, path: Path, *, spreadsheet: bool) -> tuple[Choice, tuple[str, ...]]:
    """Guess how a file may be read, and return its header; whoever knows better corrects it."""
    encoding = "utf-8-sig" if spreadsheet else _encoding(path)
    delimiter = "," if spreadsheet else _delimiter(path, encoding)
    european = delimiter == ";"
    header = Table(path, Dialect(delimiter, encoding)).header
    if not any(cell.strip() for cell in header):
        raise BadFile(reason="no header")
    choice = Choice(
        OWN_COLUMNS,
        _columns(matter_of(kind), header),
        delimiter,
        encoding,
        decimal_comma=european,
        dates="day_first" if european else "iso",
    )
    for name in presets_of(kind):
        preset = preset_for(kind, Choice(name), spreadsheet=spreadsheet)
        habits = (preset.dialect.delimiter, preset.dialect.encoding)
        if habits == (delimiter, encoding) and _covers(preset, header):
            return replace(choice, preset=name), header
    return choice, header


def _covers(preset: Preset, header: Sequence[str]) -> bool:
    names = {cell.strip().casefold() for cell in header}
    required = (column for column in preset.matter.columns if column.required)
    return all(preset.heading(column).casefold() in names for column in required)


def _columns(matter: Matter, header: Sequence[str]) -> dict[str, str]:
    free = [cell.strip() for cell in header if cell.strip()]
    matched: dict[str, str] = {}
    for column in matter.columns:
        heading = next((cell for cell in free if alike(column.name, cell)), None)
        if heading is not None:
            matched[column.name] = heading
            free.remove(heading)
    return matched


def _encoding(path: Path) -> str:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"  # what spreadsheets write in western Europe
    return "utf-8-sig"


def _delimiter(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, errors="replace") as file:
        first = file.readline(SNIFFED)
    return max(DELIMITERS, key=first.count)


def told(choice: Choice) -> dict[str, Any]:
    """Put a choice into values."""
    return asdict(choice)
