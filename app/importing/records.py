"""From rows to records, and from records to documents that are complete."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.importing.dialect import Unfit
from app.importing.matter import Column, Preset, Record
from app.importing.problems import BadCell, Contradiction, DocumentBad
from app.importing.table import Row, Table
from app.kernel.clock import from_millis
from app.kernel.problem import Problem
from app.kernel.spreadsheets import unguarded


@dataclass(frozen=True, slots=True)
class Read:
    """A row and what it says, or why it says nothing."""

    row: Row
    record: Record
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Document:
    """Rows that go in together or not at all; of most matters a single one."""

    rows: tuple[Read, ...]

    @property
    def number(self) -> int:
        """The line on which it begins, by which it is known again."""
        return self.rows[0].row.number

    def problems(self, head: tuple[str, ...]) -> list[Problem]:
        """Say for each row what keeps the document out; empty if nothing does."""
        own = [read.problem for read in self.rows]
        if not any(own):
            own = [_contradiction(self.rows[0].record, read.record, head) for read in self.rows]
        if not any(own):
            return []
        first = next(read.row.number for read, bad in zip(self.rows, own, strict=True) if bad)
        return [bad or DocumentBad(row=first) for bad in own]


def _contradiction(first: Record, record: Record, head: tuple[str, ...]) -> Problem | None:
    for name in head:
        if record[name] is not None and record[name] != first[name]:
            return Contradiction(column=name)
    return None


class Records:
    """The records of a table, read as a preset says."""

    def __init__(self, table: Table, preset: Preset, only: date | None = None) -> None:
        self._table = table
        self._preset = preset
        self._only = only
        headings = {preset.heading(c): c.required for c in preset.matter.columns}
        self._places = table.places(headings)

    def read(self) -> Iterator[tuple[Read, bool]]:
        """Yield every row as it reads, and whether it is wanted this time."""
        for row in self._table.rows():
            read = self._row(row)
            yield read, self._wanted(read)

    def documents(self, ends: dict[str, int]) -> Iterator[Document]:
        """Yield documents as soon as they are complete; `ends`: number → its last line."""
        key = self._preset.matter.document
        open_: dict[str, list[Read]] = {}
        for read, wanted in self.read():
            if not wanted:
                continue
            number = read.record.get(key) if key is not None else None
            if number is None:
                yield Document((read,))
                continue
            open_.setdefault(number, []).append(read)
            if ends[number] == read.row.number:
                yield Document(tuple(open_.pop(number)))

    def _wanted(self, read: Read) -> bool:
        column = self._preset.matter.day
        if self._only is None or column is None:
            return True
        moment = read.record.get(column)
        return moment is None or from_millis(moment).date() == self._only  # undated: reported

    def _row(self, row: Row) -> Read:
        record: Record = {}
        if row.problem is not None:
            return Read(row, self._belonging(row), row.problem)
        problem: Problem | None = None
        for column in self._preset.matter.columns:
            try:
                record[column.name] = self._cell(row, column)
            except Unfit as unfit:
                heading = self._preset.heading(column)
                problem = problem or BadCell(column=heading, expected=str(unfit))
                record[column.name] = None
        return Read(row, record, problem)

    def _belonging(self, row: Row) -> Record:
        """Say to which document a broken row belongs: it keeps the whole document out."""
        columns = self._preset.matter.columns
        found = [column for column in columns if column.name == self._preset.matter.document]
        return {column.name: self._text(row, column) or None for column in found}

    def _text(self, row: Row, column: Column) -> str:
        place = self._places.get(self._preset.heading(column))
        cell = row.cells[place] if place is not None and place < len(row.cells) else ""
        return unguarded(cell.strip())

    def _cell(self, row: Row, column: Column) -> Any:  # noqa: ANN401
        cell = self._text(row, column)
        if cell:
            return column.read(cell, self._preset.dialect)
        if column.required:
            raise Unfit("something")
        return None
