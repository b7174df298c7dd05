"""A wire that can be cut: stands between browser and server, on the level of TCP."""

import contextlib
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

PUSH = b"/api/v1/sync/push"
RESET = struct.pack("ii", 1, 0)  # SO_LINGER of no time: close with a reset
LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
PORTAL = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 29\r\n\r\n"
    b"<h1>Welcome to our Wi-Fi</h1>"
)
PACKED = re.compile(rb"\r\ncontent-encoding:\s*gzip", re.IGNORECASE)
HEAD_ENDS = b"\r\n\r\n"


class Fault(Enum):
    """What happens to what is said over the wire."""

    NONE = auto()
    CUT = auto()
    ANSWERS_LOST = auto()
    ANSWERS_TORN = auto()
    HALF_SAID = auto()
    HALF_CLOSED = auto()
    STALLED = auto()
    TWICE = auto()
    CAPTIVE = auto()


@dataclass(eq=False)
class Passage:
    """One connection: the browser's end, the server's end, and whether its answer is to be lost."""

    browser: socket.socket
    server: socket.socket
    doomed: Fault = Fault.NONE

    def reset(self) -> None:
        """Both ends learn at once, as from a router that lost power."""
        for end in (self.browser, self.server):
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                end.shutdown(socket.SHUT_RDWR)


@dataclass(eq=False)
class Wire:
    """Listens for the browser and passes on to the server, as far as its fault allows."""

    server_port: int
    fault: Fault = Fault.NONE
    hits: int = 0  # how often the fault has struck
    packed: int = 0  # how many pushes came compressed
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _open: set[Passage] = field(default_factory=set)
    _threads: list[threading.Thread] = field(default_factory=list)
    _closed: bool = False

    def __post_init__(self) -> None:
        """Start to listen."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._start(self._listen)

    def mend(self) -> None:
        """Let everything through again."""
        self._turn(Fault.NONE)

    def cut(self) -> None:
        """Reset every connection and refuse new ones."""
        self._turn(Fault.CUT)
        self._reset_all()

    def lose_answers(self) -> None:
        """Let pushes through and lose the server's answer: it has committed, nobody knows."""
        self._turn(Fault.ANSWERS_LOST)

    def tear_answers(self) -> None:
        """Let pushes through and cut the answer in the middle."""
        self._turn(Fault.ANSWERS_TORN)

    def say_half(self) -> None:
        """Pass on half of a push and then the end of it, as when a handheld walks out of reach."""
        self._turn(Fault.HALF_SAID)

    def close_half(self) -> None:
        """Let pushes through, and close towards the browser before there is an answer."""
        self._turn(Fault.HALF_CLOSED)

    def repeat(self) -> None:
        """Say every push twice."""
        self._turn(Fault.TWICE)

    def captivate(self) -> None:
        """Answer everything with a page to sign in on, as the network of a café does."""
        self._turn(Fault.CAPTIVE)

    def stall(self) -> None:
        """Accept what the browser says and pass nothing on."""
        self._turn(Fault.STALLED)

    def wait_until_it_struck(self, times: int = 1, seconds: float = 30) -> None:
        """Wait for a push to meet the fault."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.hits >= times, seconds), self.fault

    def close(self) -> None:
        """End all connections and threads."""
        self._closed = True
        self._turn(Fault.CUT)
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._reset_all()
        for thread in list(self._threads):
            thread.join(10)
        self._listener.close()

    def _turn(self, fault: Fault) -> None:
        with self._changed:
            self.fault, self.hits = fault, 0
            self._changed.notify_all()

    def _strike(self) -> None:
        with self._changed:
            self.hits += 1
            self._changed.notify_all()

    def _reset_all(self) -> None:
        with self._changed:
            passages = list(self._open)
        for passage in passages:
            passage.reset()

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads = [running for running in self._threads if running.is_alive()]
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        while not self._closed:
            try:
                browser, _ = self._listener.accept()
            except OSError:
                return
            self._start(self._carry, browser)

    def _carry(self, browser: socket.socket) -> None:
        with contextlib.closing(browser):
            if self.fault is Fault.CUT:
                browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                return
            try:
                server = socket.create_connection(("127.0.0.1", self.server_port))
            except OSError:  # the server is down: to the browser that is a reset
                browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                return
            with contextlib.closing(server):
                self._both_ways(Passage(browser, server))

    def _both_ways(self, passage: Passage) -> None:
        with self._changed:
            self._open.add(passage)
        answers = threading.Thread(target=self._answers, args=(passage,), daemon=True)
        answers.start()
        with contextlib.suppress(OSError):
            for request in requests(passage.browser):
                self._pass_on(request, passage)
        passage.reset()
        answers.join()
        with self._changed:
            self._open.discard(passage)

    def _pass_on(self, request: bytes, passage: Passage) -> None:
        if self.fault is Fault.CAPTIVE:
            passage.browser.sendall(PORTAL)
            self._strike()
            return
        if PUSH not in request.partition(b"\r\n")[0]:
            self._wait_while_stalled()
            passage.server.sendall(request)
            return
        if PACKED.search(request.partition(HEAD_ENDS)[0]):
            self.packed += 1
        if self.fault is Fault.STALLED:
            self._strike()
        self._wait_while_stalled()
        if self.fault in {Fault.ANSWERS_LOST, Fault.ANSWERS_TORN}:
            passage.doomed = self.fault
        if self.fault is Fault.HALF_SAID:
            passage.server.sendall(request[: len(request) // 2])
            passage.server.shutdown(socket.SHUT_WR)
            self._strike()
            return
        if self.fault is Fault.HALF_CLOSED:
            passage.browser.shutdown(socket.SHUT_WR)
            said_before(request, self.server_port)
            self._strike()
            return
        if self.fault is Fault.TWICE:
            said_before(request, self.server_port)
            self._strike()
        passage.server.sendall(request)

    def _wait_while_stalled(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self.fault is not Fault.STALLED)

    def _answers(self, passage: Passage) -> None:
        with contextlib.suppress(OSError):
            while answer := passage.server.recv(65536):
                if passage.doomed is not Fault.NONE:
                    if passage.doomed is Fault.ANSWERS_TORN:
                        passage.browser.sendall(answer[: len(answer) // 2])
                        passage.browser.shutdown(socket.SHUT_WR)
                    self._strike()
                    break
                passage.browser.sendall(answer)
        passage.reset()


def requests(browser: socket.socket) -> Iterator[bytes]:
    """Cut what a browser says into whole requests."""
    held = b""
    while True:
        while HEAD_ENDS not in held:
            held += (said := browser.recv(65536))
            if not said:
                return
        length = LENGTH.search(held.partition(HEAD_ENDS)[0])
        end = held.index(HEAD_ENDS) + 4 + (int(length[1]) if length else 0)
        while len(held) < end:
            held += (said := browser.recv(65536))
            if not said:
                return
        yield held[:end]
        held = held[end:]


def said_before(request: bytes, port: int) -> None:
    """Say a request on a connection of its own and wait for the answer nobody reads."""
    with socket.create_connection(("127.0.0.1", port)) as server:
        server.sendall(request)
        server.recv(65536)
