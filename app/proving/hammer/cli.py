"""`tallyman hammer`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from random import Random

import click

from app.proving.bench.premises import Premises
from app.proving.bench.servers import NoServer, postgresql
from app.proving.hammer.errands import Count, Desk, Puller, Writer, all_at_once
from app.proving.hammer.folding import FRESH
from app.proving.hammer.ground import Ground, Work, ground
from app.proving.hammer.history import History
from app.proving.hammer.judging import judge
from app.proving.served import Line, serving

DESKS = 2


@dataclass(frozen=True)
class Crowd:
    """How many hands, how long, and the seed of their dice."""

    writers: int
    pullers: int
    seconds: float
    seed: int


@dataclass
class Told:
    """What came of it."""

    history: History
    count: Count
    findings: list[str]
    seconds: float

    def lines(self) -> Iterator[str]:
        """Put it into words."""
        history = self.history
        yield from (f"BROKEN {finding}" for finding in self.findings)
        trouble = ", ".join(f"{getattr(self.count, f.name)} {f.name}" for f in fields(Count))
        yield (
            f"{len(history.issued)} operations in {len(history.pushed)} pushes ({trouble}),"
            f" {len(history.pulled)} pages, {len(history.entered)} office writes,"
            f" {len(history.looked)} looks: {len(self.findings)} laws broken,"
            f" {self.seconds:.0f} s"
        )


def run(database: str, crowd: Crowd) -> int:
    """Hammer a server of its own: 0 every law held, 1 one did not, 2 nothing to run on."""
    try:
        with _address(database) as url:
            told = hammered(url, crowd)
    except NoServer as missing:
        click.echo(str(missing), err=True)
        return 2
    for line in told.lines():
        click.echo(line)
    return 1 if told.findings else 0


@contextmanager
def _address(database: str) -> Iterator[str | None]:
    if database == "postgresql":
        with postgresql() as create:
            yield create()
        return
    yield None if database == "sqlite" else database


def hammered(url: str | None, crowd: Crowd) -> Told:
    """Let a crowd loose on a server as it is served, and judge what it heard."""
    began = time.monotonic()
    with ground(url) as here:
        history = History(stock=here.stock())
        with serving(here.site.app.config["TALLYMAN"]) as port:
            writers = [_writer(here, port, crowd, n) for n in range(crowd.writers)]
            pullers = [
                _puller(writers[n % len(writers)], f"puller {n}", crowd)
                for n in range(crowd.pullers)
            ]
            desks = [
                Desk(here, Line(port), here.secret, _dice(crowd, f"desk {n}")) for n in range(DESKS)
            ]
            turns = [w.turn for w in writers] + [p.turn for p in pullers] + [d.turn for d in desks]
            all_at_once(turns, crowd.seconds)
            for writer in writers:
                writer.drain()
            pullers += [_puller(writer, f"{FRESH} {n}", crowd) for n, writer in enumerate(writers)]
            for puller in pullers:
                puller.to_the_end()
        history.log = here.log()
        parts = [w.history for w in writers] + [p.history for p in pullers]
        for part in (*parts, *(d.history for d in desks)):
            _add(history, part)
        lines = [w.line for w in writers] + [p.line for p in pullers] + [d.line for d in desks]
        for line in lines:
            line.hang_up()
    return Told(history, _together(writers), judge(history), time.monotonic() - began)


def _dice(crowd: Crowd, name: str) -> Random:
    return Random(f"{crowd.seed} {name}")  # noqa: S311 - the same trouble for everybody


def _writer(here: Ground, port: int, crowd: Crowd, n: int) -> Writer:
    site: Premises = here.site
    device, chance = site.handheld(), _dice(crowd, f"writer {n}")
    return Writer(device, Work(here, chance), Line(port), chance)


def _puller(writer: Writer, name: str, crowd: Crowd) -> Puller:
    return Puller(name, writer.device, Line(writer.line.port), _dice(crowd, name))


def _add(history: History, part: History) -> None:
    history.issued += part.issued
    history.pushed += part.pushed
    history.pulled += part.pulled
    history.entered += part.entered
    history.looked += part.looked


def _together(writers: list[Writer]) -> Count:
    names = [f.name for f in fields(Count)]
    return Count(*(sum(getattr(w.count, name) for w in writers) for name in names))
