"""The product as a process of its own, as `tallyman serve` starts it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from app.proving.handheld import JSON
from app.serving import command
from app.settings import Settings

HERE = "127.0.0.1"
START_LIMIT = 90.0
PATIENCE = 60.0  # seconds without an answer
SERVED = 200


@contextmanager
def serving(settings: Settings) -> Iterator[int]:
    """Run the server on a free port until the end; gives the port."""
    with socket.create_server((HERE, 0)) as found:
        port: int = found.getsockname()[1]
    log = settings.home / "server.log"
    with log.open("ab") as said:
        process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            command(settings, HERE, port),
            env=environment(settings),
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    try:
        _wait_until_it_answers(process, port)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(START_LIMIT)
    if "Traceback" in (told := log.read_text()):
        raise RuntimeError(f"the server stumbled:\n{told}")


def environment(settings: Settings) -> dict[str, str]:
    """Say to another process where this installation is, over plain HTTP."""
    return {
        **os.environ,
        "TALLYMAN_HOME": str(settings.home),
        "TALLYMAN_DATABASE": settings.database,
        "TALLYMAN_SECRET_KEY": settings.secret_key,
        "TALLYMAN_INSECURE_COOKIES": "1",
    }


def _wait_until_it_answers(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + START_LIMIT
    line = Line(port)
    while True:
        try:
            if line.ask("GET", "/health/live")[0] == SERVED:
                return
        except (OSError, http.client.HTTPException):
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        finally:
            line.hang_up()


class Line:
    """A connection to the server that is kept, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._open: http.client.HTTPConnection | None = None

    def ask(
        self,
        method: str,
        path: str,
        body: JSON | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, JSON]:
        """Send a request and wait for the answer; this is a `Wire`."""
        self.say(method, path, body, headers)
        return self.hear()

    def say(
        self,
        method: str,
        path: str,
        body: JSON | bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Send a request, once more where a kept connection had been closed."""
        packed = json.dumps(body).encode() if isinstance(body, dict) else body
        sent = {"Content-Type": "application/json", **(headers or {})}
        kept = self._open is not None
        try:
            self._connection().request(method, path, packed, sent)
        except (OSError, http.client.HTTPException):
            self.hang_up()
            if not kept:
                raise
            self._connection().request(method, path, packed, sent)

    def hear(self) -> tuple[int, JSON]:
        """Wait for the answer."""
        try:
            answer = self._connection().getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException):
            self.hang_up()
            raise
        self.retry_after = float(answer.headers.get("Retry-After") or 0)
        return answer.status, json.loads(data) if data else {}

    def hang_up(self) -> None:
        """Drop the connection; whatever is under way is answered to nobody."""
        if self._open is not None:
            self._open.close()
        self._open = None

    def _connection(self) -> http.client.HTTPConnection:
        if self._open is None:
            self._open = http.client.HTTPConnection(HERE, self.port, timeout=PATIENCE)
        return self._open
