"""Bring a file in: good rows become operations, bad rows come back."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from app.importing.asking import Desk
from app.importing.bad_rows import BadRows
from app.importing.matter import Ask, Preset, Survey, Where
from app.importing.problems import BadFile, words
from app.importing.records import Document, Records
from app.importing.table import Table, digest
from app.kernel.ids import derived
from app.kernel.problem import Problem
from app.pipeline.office import Author
from app.pipeline.operation import Playbook

BATCH = 200  # operations asked for at a time
Progress = Callable[[int, int], None]  # rows done, rows in all


@dataclass(frozen=True, slots=True)
class Job:
    """One file to bring in. `only`: take one day of it."""

    playbook: Playbook
    author: Author
    preset: Preset
    path: Path
    bad_rows: Path | None = None
    only: date | None = None


@dataclass
class Report:
    """How it went; `problems`: code → how many rows, or things the rows name."""

    rows: int = 0
    good: int = 0
    bad: int = 0
    problems: Counter[str] = field(default_factory=Counter)


@dataclass
class Overview:
    """What the first reading showed."""

    rows: int = 0
    ends: dict[str, int] = field(default_factory=dict)
    survey: Survey | None = None


def bring_in(job: Job, progress: Progress = lambda done, total: None) -> Report:  # noqa: ARG005
    """Bring a file in; raises only what concerns the file as a whole."""
    where = Where(job.author.org, job.author.site or "")
    if job.bad_rows is not None and job.bad_rows.resolve() == job.path.resolve():
        raise BadFile(reason="the bad rows would overwrite the file")
    identity = _identity(job, digest(job.path), where)
    table = Table(job.path, job.preset.dialect)
    records = Records(table, job.preset, job.only)
    overview = _overview(records, job.preset)

    desk = Desk(job.playbook, job.author, identity)
    report = Report()
    if overview.survey is not None:
        for asks in _batches(overview.survey.asks(where)):
            answers = desk.ask([(ask.part, ask) for ask in asks])
            report.problems.update(answer.code for answer in answers if answer is not None)
    with BadRows(job.bad_rows, table.header, job.preset.dialect.delimiter) as bad:
        for batch in _batched_documents(records.documents(overview.ends), job.preset, where):
            _settle(desk, batch, report, bad)
            progress(report.rows, overview.rows)
    return report


def _identity(job: Job, sha: str, where: Where) -> str:
    """Derive what the ids of all operations of this file follow from (sync.md §3.5)."""
    return derived(where.site or where.org, f"{sha}|{job.preset.matter.name}|{job.preset.name}")


def _overview(records: Records, preset: Preset) -> Overview:
    key = preset.matter.document
    overview = Overview(survey=preset.matter.survey() if preset.matter.survey else None)
    for read, wanted in records.read():
        if overview.survey is not None and read.problem is None:
            overview.survey.see(read.record, wanted=wanted)
        if not wanted:
            continue
        overview.rows += 1
        number = read.record.get(key) if key is not None else None
        if number is not None:
            overview.ends[number] = read.row.number
    return overview


def _batches(asks: Iterator[Ask]) -> Iterator[list[Ask]]:
    while batch := list(islice(asks, BATCH)):
        yield batch


@dataclass(frozen=True, slots=True)
class Judged:
    """A document and what it asks for, or what is wrong with each of its rows."""

    document: Document
    asks: tuple[Ask, ...]
    problems: tuple[Problem, ...] = ()


def _batched_documents(
    documents: Iterator[Document], preset: Preset, where: Where
) -> Iterator[list[Judged]]:
    batch: list[Judged] = []
    size = 0
    for document in documents:
        judged = _judge(document, preset, where)
        if batch and size + len(judged.asks) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(judged)
        size += max(len(judged.asks), 1)
    if batch:
        yield batch


def _judge(document: Document, preset: Preset, where: Where) -> Judged:
    problems = document.problems(preset.matter.head)
    if problems:
        return Judged(document, (), tuple(problems))
    try:
        asks = preset.matter.asks(where, [read.record for read in document.rows])
    except Problem as problem:
        return Judged(document, (), (problem,) * len(document.rows))
    return Judged(document, tuple(asks))


def _settle(desk: Desk, batch: Sequence[Judged], report: Report, bad: BadRows) -> None:
    asked = [(f"{each.document.number}{ask.part}", ask) for each in batch for ask in each.asks]
    answers = iter(desk.ask(asked))
    for each in batch:
        rows = each.document.rows
        refused = [answer for _, answer in zip(each.asks, answers, strict=False) if answer]
        problems = (refused[0],) * len(rows) if refused else each.problems
        report.rows += len(rows)
        if not problems:
            report.good += len(rows)
            continue
        for read, problem in zip(rows, problems, strict=True):
            report.bad += 1
            report.problems[problem.code] += 1
            bad.add(read.row.cells, words(problem))
