"""A file of rows, read with bounded memory; whatever is wrong with a row stays with that row."""

import csv
import hashlib
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.importing.dialect import Dialect
from app.importing.problems import BadColumns, BadEncoding, BadFile, BadRow
from app.kernel.problem import Problem

LONGEST_LINE = 64 * 1024  # characters
LONGEST_CELL = 4_000
MOST_LINES = 20  # of one row: a quote that is never closed must not swallow the file
SNIFFED = 4096  # bytes in which a file shows that it is no text


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is the line on which it begins, the header being 1."""

    number: int
    cells: tuple[str, ...]
    problem: Problem | None = None


class Unclosed(Exception):
    """A quote was opened and not closed for many lines."""


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, by which a second import knows it again."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BadFile(reason=error.strerror or "unreadable") from error


class Table:
    """A file with a header; `rows` may be read as often as one likes."""

    def __init__(self, path: Path, dialect: Dialect) -> None:
        self.path = path
        self.dialect = dialect
        self.header = self._header()

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header; empty ones are passed over."""
        with self._open() as file:
            lines = Lines(file)
            next(_read(lines, self.dialect), None)
            for row in _read(lines, self.dialect):
                if row.problem is not None or any(cell.strip() for cell in row.cells):
                    yield _checked(row, len(self.header))

    def places(self, wanted: dict[str, bool]) -> dict[str, int]:
        """Say where each column stands; `wanted`: name → must it be there."""
        names = [name.strip().casefold() for name in self.header]
        counted = Counter(names)
        missing = [name for name, must in wanted.items() if must and name.casefold() not in counted]
        twice = [name for name in wanted if counted[name.casefold()] > 1]
        if missing or twice:
            raise BadColumns(missing=tuple(missing), twice=tuple(twice))
        return {name: names.index(name.casefold()) for name in wanted if name.casefold() in counted}

    def _open(self) -> IO[str]:
        return self.path.open(encoding=self.dialect.encoding, errors="surrogateescape", newline="")

    def _header(self) -> tuple[str, ...]:
        with self.path.open("rb") as raw:
            if b"\0" in raw.read(SNIFFED):
                raise BadEncoding(expected=self.dialect.encoding)
        with self._open() as file:
            first = next(_read(Lines(file), self.dialect), Row(1, ()))
        if not all(map(_encodable, first.cells)):
            raise BadEncoding(expected=self.dialect.encoding)
        return first.cells


class Lines:
    """The lines of a file, some of which may be put back."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._back: deque[tuple[int, str]] = deque()
        self._number = 0

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return self

    def __next__(self) -> tuple[int, str]:
        if self._back:
            return self._back.popleft()
        line = self._file.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self._number += 1
        rest = line
        while len(rest) >= LONGEST_LINE and not rest.endswith("\n"):
            rest = self._file.readline(LONGEST_LINE)  # skipped: too long is too long
        return self._number, line

    def put_back(self, lines: list[tuple[int, str]]) -> None:
        """Give lines back, to be read again."""
        self._back.extendleft(reversed(lines))


def _read(lines: Lines, dialect: Dialect) -> Iterator[Row]:
    while True:
        taken: list[tuple[int, str]] = []
        reader = csv.reader(_feed(lines, taken), delimiter=dialect.delimiter, strict=True)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, Unclosed):
            lines.put_back(taken[1:])
            yield Row(taken[0][0], _torn(taken[0][1], dialect), BadRow(reason="quotes"))
            continue
        if any(len(line) >= LONGEST_LINE for _, line in taken):
            yield Row(taken[0][0], _cut(cells), BadRow(reason="too long"))
            continue
        yield Row(taken[0][0], tuple(cells))


def _torn(line: str, dialect: Dialect) -> tuple[str, ...]:
    """Take a row apart without regard to quotes, so that it can be shown."""
    return tuple(cell.strip('"') for cell in line.rstrip("\r\n").split(dialect.delimiter))


def _feed(lines: Lines, taken: list[tuple[int, str]]) -> Iterator[str]:
    for number, line in lines:
        if len(taken) == MOST_LINES:
            lines.put_back([(number, line)])
            raise Unclosed
        taken.append((number, line))
        yield line


def _checked(row: Row, width: int) -> Row:
    problem = row.problem or _problem(row.cells, width)
    return Row(row.number, _cut(row.cells), problem)


def _problem(cells: tuple[str, ...], width: int) -> BadRow | None:
    if any("\0" in cell for cell in cells):
        return BadRow(reason="NUL")
    if not all(map(_encodable, cells)):
        return BadRow(reason="encoding")
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return BadRow(reason="too long")
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return BadRow(reason="more cells than columns")
    return None


def _cut(cells: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(cell[:LONGEST_CELL] for cell in cells)


def _encodable(cell: str) -> bool:
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return True
