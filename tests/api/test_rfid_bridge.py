"""An LLRP reader behind the bridge: its reads arrive once, whatever the network does."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from llrpkit.emulator import EmulatedTag, LLRPEmulator
from sqlalchemy import func, select
from werkzeug.serving import make_server
from werkzeug.test import run_wsgi_app

from app.bridging.bridge import Bridge
from app.bridging.sending import NotTaken, Server
from app.bridging.spool import Spool
from app.db import snapshot
from app.readers.models import TagRead, TagVisit
from tests.api.fixed_reader import FixedReader, pallet, silence
from tests.operations.records import all_of
from tests.warehouse import DOCK, Warehouse

TAGS = [EmulatedTag(bytes.fromhex(pallet(n)), antennas=(1, 2), rssi_dbm=-50) for n in range(5)]


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    kept = Spool(tmp_path / "spool.db")
    yield kept
    kept.close()


@contextmanager
def serving(app: Any, port: int = 0) -> Iterator[int]:
    """The application on a port of its own."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Forgetful:
    """A network that loses every other answer after the server has taken what was sent."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.asked = 0

    def __call__(self, environ: Any, start_response: Any) -> Any:
        parts, _, _ = run_wsgi_app(self.app, environ, buffered=True)
        answer = b"".join(parts)
        self.asked += 1
        if self.asked % 2:
            start_response("502 Bad Gateway", [("Content-Length", "0")])
            return [b""]
        start_response("200 OK", [("Content-Length", str(len(answer)))])
        return [answer]


def played(story: Coroutine[Any, Any, Bridge]) -> Bridge:
    """Play a story in a thread: where a browser is driven, this one has a loop of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, story).result()


def free_port(app: Flask) -> int:
    with serving(app) as port:
        return port


async def bridged(bridge: Bridge, reads: int, *, drained: bool) -> None:
    """Let it run until so much was heard, and the server has it all."""
    running = asyncio.create_task(bridge.run())
    await until(running, lambda: bridge.heard >= reads)
    await until(running, lambda: not drained or bool(bridge.server.taken))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def until(running: "asyncio.Task[None]", enough: Callable[[], bool]) -> None:
    """Look again and again, as long as the bridge runs."""
    async with asyncio.timeout(60):
        while not enough():
            await asyncio.sleep(0.02)
            assert not running.done()


def between(reader: FixedReader, spool: Spool, port: int, emulator: LLRPEmulator) -> Bridge:
    server = Server(f"http://127.0.0.1:{port}", reader.token)
    return Bridge("127.0.0.1", emulator.port, spool, server, soonest=0.05)


def stored() -> int:
    with snapshot() as session:
        return int(session.scalar(select(func.count()).select_from(TagRead)) or 0)


@pytest.fixture
def reader(site: Warehouse) -> FixedReader:
    return FixedReader(site).looks_at(DOCK, "dock_in", 1, 2)


class TestTheBridge:
    def test_what_a_reader_sees_is_told_as_visits(
        self, site: Warehouse, reader: FixedReader, spool: Spool
    ) -> None:
        async def story(port: int) -> Bridge:
            async with LLRPEmulator(tags=TAGS, reads_per_sec=400) as emulator:
                bridge = between(reader, spool, port, emulator)
                await bridged(bridge, 100, drained=True)
                return bridge

        with serving(site.app) as port:
            bridge = played(story(port))
            bridge.server.drain(spool)
        silence(site)

        assert stored() == bridge.heard >= 100
        assert bridge.server.taken["bad"] == bridge.server.taken["duplicates"] == 0
        assert {visit.tag for visit in all_of(TagVisit)} == {pallet(n) for n in range(5)}
        (row,) = [row for row in all_of(TagRead) if row.key == "e:1"]
        assert row.rssi is not None
        assert -6_500 < row.rssi < -3_500
        assert row.antenna in {1, 2}

    def test_nothing_is_lost_while_the_server_is_away(
        self, site: Warehouse, reader: FixedReader, spool: Spool
    ) -> None:
        port = free_port(site.app)

        async def story() -> Bridge:
            async with LLRPEmulator(tags=TAGS, reads_per_sec=400) as emulator:
                bridge = between(reader, spool, port, emulator)
                await bridged(bridge, 100, drained=False)
                return bridge

        bridge = played(story())
        assert len(spool) == bridge.heard >= 100
        assert stored() == 0

        with serving(site.app, port):
            assert bridge.server.drain(spool) == bridge.heard

        assert stored() == bridge.heard
        assert len(spool) == 0

    def test_answers_that_get_lost_double_nothing(
        self, site: Warehouse, reader: FixedReader, spool: Spool
    ) -> None:
        network = Forgetful(site.app)

        async def story(port: int) -> Bridge:
            async with LLRPEmulator(tags=TAGS, reads_per_sec=400) as emulator:
                bridge = between(reader, spool, port, emulator)
                await bridged(bridge, 100, drained=True)
                return bridge

        with serving(network) as port:
            bridge = played(story(port))
            while len(spool):
                try:
                    bridge.server.drain(spool)
                except NotTaken:
                    continue

        assert stored() == bridge.heard
        assert Counter(row.key for row in all_of(TagRead)).most_common(1)[0][1] == 1

    def test_a_reader_that_goes_away_is_found_again(
        self, site: Warehouse, reader: FixedReader, spool: Spool
    ) -> None:
        async def story(port: int) -> Bridge:
            first = LLRPEmulator(tags=TAGS, reads_per_sec=400)
            await first.start()
            bridge = between(reader, spool, port, first)
            running = asyncio.create_task(bridge.run())
            await until(running, lambda: bridge.heard >= 20)
            await first.stop()
            heard = bridge.heard
            async with LLRPEmulator(tags=TAGS, reads_per_sec=400, port=first.port):
                await until(running, lambda: bridge.heard >= heard + 20)
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
            return bridge

        with serving(site.app) as port:
            bridge = played(story(port))
            bridge.server.drain(spool)

        assert stored() == bridge.heard


class TestTheSpool:
    def test_numbers_are_never_used_twice(self, tmp_path: Path) -> None:
        for n in (1, 2):
            kept = Spool(tmp_path / "spool.db")
            kept.keep([{"epc": "30"}])
            (read,) = kept.oldest(10)
            assert read["event"] == n
            kept.done([read])
            kept.close()

    def test_what_waits_survives_a_restart(self, tmp_path: Path) -> None:
        kept = Spool(tmp_path / "spool.db")
        kept.keep([{"epc": "30"}, {"epc": "31"}])
        kept.close()

        again = Spool(tmp_path / "spool.db")

        assert [read["epc"] for read in again.oldest(10)] == ["30", "31"]
        again.close()

    def test_the_oldest_give_way_when_it_is_full(self, tmp_path: Path) -> None:
        kept = Spool(tmp_path / "spool.db", most=3)
        for n in range(5):
            kept.keep([{"epc": str(n)}])

        assert [read["epc"] for read in kept.oldest(10)] == ["2", "3", "4"]
        assert kept.dropped == 2
        kept.close()

    def test_a_token_nobody_knows_keeps_everything(
        self, site: Warehouse, reader: FixedReader, spool: Spool
    ) -> None:
        spool.keep([{"epc": pallet(1)}])
        with serving(site.app) as port, pytest.raises(NotTaken, match="401"):
            Server(f"http://127.0.0.1:{port}", "x").drain(spool)

        assert len(spool) == 1
