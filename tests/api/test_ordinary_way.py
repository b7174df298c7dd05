"""The ordinary ways in work: `wsgi.py up`, `flask db upgrade`, gunicorn, an installed wheel."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.bootstrap.handheld import Handheld
from tests.provision.fixtures import EVERYTHING, leave_out

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
pytestmark = pytest.mark.slow


def environment(site: Path) -> dict[str, str]:
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": programs, "TALLYMAN_HOME": str(site)}


def run(command: Sequence[str | Path], cwd: Path, site: Path) -> str:
    """Run to the end; a failure shows what the program said."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment(site),
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def serving(command: Sequence[str | Path], cwd: Path, site: Path) -> Iterator[None]:
    """Run a server, and end it and its workers."""
    log = cwd / "server.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment(site),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield
    except BaseException:
        print(log.read_text())  # noqa: T201 – pytest shows it beside the failure
        raise
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=PATIENCE)


def answer(url: str) -> tuple[int, str]:
    """Ask until somebody listens."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 – loopback
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@pytest.fixture
def port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        number: int = found.getsockname()[1]
        return number


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of its own."""
    home = tmp_path / "site"
    home.mkdir()
    return home


class TestFromTheCheckout:
    def test_flask_and_gunicorn_find_wsgi(self, site: Path, port: int) -> None:
        run([sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"], CHECKOUT, site)

        gunicorn = [
            *(sys.executable, "-m", "gunicorn", "wsgi:app", "--chdir", str(CHECKOUT)),
            *("--bind", f"127.0.0.1:{port}", "--no-control-socket"),
        ]
        with serving(gunicorn, site, site):
            status, _ = answer(f"http://127.0.0.1:{port}/health/live")

        assert status == 200


class TestUp:
    def test_serves_what_is_there(
        self, request: pytest.FixtureRequest, site: Path, tmp_path: Path, port: int
    ) -> None:
        if not os.environ.get(EVERYTHING):
            leave_out(request.config, "`python3 wsgi.py up` would install into the checkout")
        up = [sys.executable, str(CHECKOUT / "wsgi.py"), "up", "--port", str(port)]

        with serving(up, tmp_path, site):
            status, page = answer(f"http://127.0.0.1:{port}/")

        assert status == 200
        assert "<script" in page


class TestFromTheWheel:
    @pytest.fixture
    def programs(self, request: pytest.FixtureRequest, tmp_path: Path, site: Path) -> Path:
        """Install the wheel where the checkout is out of sight; dependencies are borrowed."""
        if Handheld(CHECKOUT / "pwa").is_stale() and not os.environ.get(EVERYTHING):
            leave_out(request.config, "the handheld app is not built")
        home, wheels = tmp_path / "installed", tmp_path / "wheels"
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
        run(build, CHECKOUT, site)
        run([sys.executable, "-m", "venv", "--without-pip", home], tmp_path, site)
        python = home / "bin" / "python"
        packages = run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], tmp_path, site
        ).strip()
        borrowed = Path(packages) / "borrowed.pth"
        borrowed.write_text(sysconfig.get_path("purelib") + "\n")
        offline = ("install", "--no-deps", "--no-index")
        pip: list[str | Path] = [pip_python(), "-m", "pip", "--python", python, *offline]
        run([*pip, *wheels.glob("*.whl")], tmp_path, site)
        return home / "bin"

    def test_tallyman_serves_from_anywhere(
        self, programs: Path, site: Path, tmp_path: Path, port: int
    ) -> None:
        tallyman = programs / "tallyman"
        run([tallyman, "migrate"], tmp_path, site)

        with serving([tallyman, "serve", "--port", str(port)], tmp_path, site):
            live, _ = answer(f"http://127.0.0.1:{port}/health/live")
            status, page = answer(f"http://127.0.0.1:{port}/")

        assert (live, status) == (200, 200)
        assert "<script" in page


def pip_python() -> str:
    """Find a Python with pip: an environment made without ensurepip has none."""
    if importlib.util.find_spec("pip"):
        return sys.executable
    base: str = getattr(sys, "_base_executable", sys.executable)
    return base
