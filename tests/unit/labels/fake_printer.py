"""A printer on the network: a real TCP server that behaves as printers do on bad days."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

Mood = Literal["well", "cuts", "slow", "deaf", "never hangs up"]
RESET = struct.pack("ii", 1, 0)  # close with a reset, as a printer does that is switched off


@dataclass
class FakePrinter:
    """Takes connections one after the other; `taken` = what came out of each whole job."""

    server: socket.socket
    mood: Mood = "well"
    cuts_after: int = 3_000
    taken: list[str] = field(default_factory=list)
    torn: list[int] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def port(self) -> int:
        return int(self.server.getsockname()[1])

    def serve(self) -> None:
        while not self.stopped.is_set():
            try:
                wire, _ = self.server.accept()
            except TimeoutError:
                continue
            except OSError:  # switched off: the test is over, or has failed
                return
            with wire:
                self._take(wire)

    def _take(self, wire: socket.socket) -> None:
        wire.settimeout(0.2)
        if self.mood == "deaf":  # accepts and never reads, until somebody switches it off
            self.stopped.wait(1.0)
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            return
        content = self._read(wire)
        if content is None:
            return
        self.taken.append(content.decode("ascii"))
        if self.mood == "never hangs up":
            self.stopped.wait(1.0)

    def _read(self, wire: socket.socket) -> bytes | None:
        """Everything until the other side is done; None where the printer broke off."""
        content = b""
        while not self.stopped.is_set():
            try:
                part = wire.recv(512)
            except TimeoutError:
                continue
            if not part:
                return content
            content += part
            if self.mood == "cuts" and len(content) >= self.cuts_after:
                self.torn.append(len(content))
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                return None
            if self.mood == "slow":
                self.stopped.wait(0.002)
        return None


@contextmanager
def fake_printer(mood: Mood = "well") -> Iterator[FakePrinter]:
    """Switch a printer on, and off again."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
        server.settimeout(0.2)
        printer = FakePrinter(server, mood)
        thread = threading.Thread(target=printer.serve, daemon=True)
        thread.start()
        try:
            yield printer
        finally:
            printer.stopped.set()
            thread.join()


def nobody_there() -> int:
    """A port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
