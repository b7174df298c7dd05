"""Reader → disk → server, three loops that wait for nobody but their own end."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from llrpkit import LLRPError, Reader, TagReport

from app.bridging.sending import NotTaken, Server
from app.bridging.spool import Spool
from app.kernel.clock import from_micros

log = logging.getLogger("tallyman.bridge")
FLUSH = 0.2  # seconds of reads that are written down together
SOONEST, LATEST = 1.0, 30.0  # seconds between attempts
IN_HAND = 50_000  # reads that wait for the disk; a reader that is faster waits itself


@dataclass
class Bridge:
    """One reader, one spool, one server."""

    host: str
    port: int
    spool: Spool
    server: Server
    antennas: Sequence[int] = ()
    power_dbm: float | None = None
    soonest: float = SOONEST
    heard: int = 0
    _queue: "asyncio.Queue[dict[str, Any]]" = field(
        default_factory=lambda: asyncio.Queue(maxsize=IN_HAND)
    )

    async def run(self) -> None:
        """Go on until cancelled; what was heard by then is on the disk."""
        loops = [asyncio.create_task(each()) for each in (self._listen, self._write, self._send)]
        try:
            await asyncio.gather(*loops)
        finally:
            for each in loops:
                each.cancel()
            await asyncio.gather(*loops, return_exceptions=True)
            self._keep()

    async def _listen(self) -> None:
        """Read, and connect again whenever the reader goes away."""
        wait = self.soonest
        while True:
            try:
                async for read in self._reads():
                    wait = self.soonest
                    self.heard += 1
                    await self._queue.put(read)
            except (LLRPError, OSError, TimeoutError) as error:
                log.warning("reader %s:%s: %s", self.host, self.port, error)
            await asyncio.sleep(wait)
            wait = min(2 * wait, LATEST)

    async def _reads(self) -> AsyncIterator[dict[str, Any]]:
        async with Reader(self.host, self.port) as reader:
            log.info("reading from %s:%s", self.host, self.port)
            inventory = reader.inventory(antennas=self.antennas, tx_power_dbm=self.power_dbm)
            async with aclosing(inventory) as reports:
                async for report in reports:
                    yield neutral(report)

    async def _write(self) -> None:
        while True:
            await asyncio.sleep(FLUSH)
            self._keep()

    def _keep(self) -> None:
        reads = [self._queue.get_nowait() for _ in range(self._queue.qsize())]
        if reads:
            before = self.spool.dropped
            self.spool.keep(reads)
            if self.spool.dropped > before:
                log.error("no room: the %s oldest reads are lost", self.spool.dropped - before)

    async def _send(self) -> None:
        wait = self.soonest
        while True:
            try:
                await asyncio.to_thread(self.server.drain, self.spool)
                wait = self.soonest
                await asyncio.sleep(FLUSH)
            except NotTaken as error:
                log.warning("server: %s; %s reads wait", error, len(self.spool))
                await asyncio.sleep(wait)
                wait = min(2 * wait, LATEST)


def neutral(report: TagReport) -> dict[str, Any]:
    """Put a report into the neutral form; the number is given by the spool."""
    seen = report.last_seen_us or report.first_seen_us
    return {
        "epc": report.epc_hex,
        "antenna": report.antenna or 0,
        "rssi": report.rssi_dbm,
        "time": from_micros(seen).isoformat() if seen else None,
        "reads": max(report.seen_count or 1, 1),
    }
