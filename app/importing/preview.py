"""Looks at a file before anything is brought in: its first rows, and what is wrong with rows."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from marshmallow import ValidationError

from app.importing.matter import Ask, Preset, Where
from app.importing.records import Read, Records
from app.importing.table import Table
from app.kernel.problem import Problem
from app.pipeline.office import BadPayload
from app.pipeline.operation import Playbook
from app.pipeline.schema import load

LOOKED_AT = 5_000  # rows
FIRST, WORST = 8, 40  # rows shown
LONGEST, MOST_SAID = 80, 200  # characters of a cell, of what is said about a row


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands in the file, and what keeps it out."""

    row: int
    cells: tuple[str, ...]
    problem: str | None
    said: str | None


@dataclass
class Preview:
    """What a look showed; `more`: the file goes on behind what was looked at."""

    header: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    looked_at: int = 0
    bad: int = 0
    more: bool = False
    problems: Counter[str] = field(default_factory=Counter)


def preview(playbook: Playbook, preset: Preset, path: Path, where: Where) -> Preview:
    """Read the first rows as the import will; what they refer to is only asked for then."""
    table = Table(path, preset.dialect)
    seen = Preview(tuple(_cut(cell) for cell in table.header))
    rows = Records(table, preset).read()
    for read, _ in islice(rows, LOOKED_AT):
        problem = read.problem or _unfit(playbook, preset, read, where)
        seen.looked_at += 1
        seen.bad += problem is not None
        if problem is not None:
            seen.problems[problem.code] += 1
        if seen.looked_at <= FIRST or (problem is not None and len(seen.lines) < FIRST + WORST):
            seen.lines.append(_line(read, problem))
    seen.more = next(rows, None) is not None
    return seen


def _unfit(playbook: Playbook, preset: Preset, read: Read, where: Where) -> Problem | None:
    try:
        for ask in preset.matter.asks(where, [read.record]):
            _check(playbook, ask)
    except Problem as problem:
        return problem
    return None


def _check(playbook: Playbook, ask: Ask) -> None:
    try:
        load(playbook.kinds[(ask.kind, 1)].payload, ask.payload)
    except ValidationError as error:
        raise BadPayload(fields=error.normalized_messages()) from error


def _line(read: Read, problem: Problem | None) -> Line:
    cells = tuple(_cut(cell) for cell in read.row.cells)
    said = " · ".join(_facts(problem.facts())) if problem is not None else None
    return Line(
        read.row.number, cells, problem.code if problem else None, said and said[:MOST_SAID]
    )


def _facts(values: Mapping[str, object]) -> Iterator[str]:
    """Say the facts of a problem without the braces of a program."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _facts({str(key): inner for key, inner in value.items()})
        elif isinstance(value, (list, tuple)):
            yield f"{name}: {', '.join(map(str, value))}"
        else:
            yield f"{name}: {value}"


def _cut(cell: str) -> str:
    shown = cell.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def told(lines: list[Line]) -> Iterator[dict[str, object]]:
    """Put the rows into values."""
    for line in lines:
        yield {
            "row": line.row,
            "cells": list(line.cells),
            "problem": line.problem,
            "said": line.said,
        }
