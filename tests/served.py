"""The server of a test's own site, as a process that can be killed."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.proving.served import environment
from app.serving import command
from app.settings import Settings
from tests.warehouse import Warehouse

ROOT = Path(__file__).parent.parent
PATIENCE = 60
OURS = "app.factory:served()"


class Died(Exception):
    """The server went away instead of answering."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


@dataclass
class Served:
    """gunicorn as `tallyman serve` starts it; `entry` is what it serves."""

    site: Warehouse
    entry: str = OURS
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def settings(self) -> Settings:
        found: Settings = self.site.app.config["TALLYMAN"]
        return found

    @property
    def environment(self) -> dict[str, str]:
        return {**environment(self.settings), "PYTHONPATH": str(ROOT)}

    def start(self) -> None:
        """Start it and wait until it answers."""
        line = [self.entry if part == OURS else part for part in self._line()]
        with (self.settings.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                line, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + PATIENCE
        while not self._lives():
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)

    def _line(self) -> list[str]:
        return command(self.settings, "127.0.0.1", self.port)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Take the power away from all its processes."""
        self._end(signal.SIGKILL)

    def has_died(self) -> bool:
        """Wait until it is gone by itself."""
        assert self.process is not None
        self.process.wait(timeout=PATIENCE)
        self.process = None
        return True

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, how)
            self.process.wait(timeout=PATIENCE)
            self.process = None

    def log(self) -> str:
        return (self.settings.home / "server.log").read_text()

    def tallyman(self, *words: str) -> str:
        """Run the command line beside the server, or instead of it."""
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def wire(
        self, method: str, path: str, body: Mapping[str, Any] | None, headers: Mapping[str, str]
    ) -> tuple[int, dict[str, Any]]:
        data = None if body is None else json.dumps(body)
        sent = {"Content-Type": "application/json", **headers}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request(method, path, data, sent)
            answer = line.getresponse()
            return answer.status, json.loads(answer.read() or b"{}")
        except (OSError, http.client.HTTPException) as error:
            raise Died from error
        finally:
            line.close()

    def _lives(self) -> bool:
        try:
            return self.wire("GET", "/health/live", None, {})[0] == 200
        except Died:
            return False


@contextmanager
def serving(site: Warehouse, entry: str = OURS) -> Iterator[Served]:
    """Serve a site until the test is over."""
    served = Served(site, entry)
    served.start()
    try:
        yield served
    finally:
        served.kill()
