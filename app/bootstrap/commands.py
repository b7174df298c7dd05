"""`python3 wsgi.py up` and `python3 wsgi.py test`."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from app.bootstrap.checks import (
    Check,
    Result,
    carry_out,
    environment_for_tests,
    handheld_checks,
    pytest_check,
    python_checks,
    summed_up,
)
from app.bootstrap.environment import Environment
from app.bootstrap.handheld import Handheld, Node
from app.bootstrap.terminal import Stop, say

CHECKOUT = Path(__file__).resolve().parent.parent.parent
INTERRUPTED = 130
TLS_PORT = 8443
SCREENS = "var/screens"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the two commands; the exit code is 0 when all went well."""
    chosen = parser().parse_args(arguments)
    try:
        if chosen.command == "up":
            up(port=chosen.port, demo=chosen.demo, lan=chosen.lan)
        if chosen.screens is not None:
            return picture_everything(chosen.screens)
        return check_everything(fast=chosen.fast)
    except Stop as stop:
        sys.stdout.flush()
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped by you; the same command goes on from here.", file=sys.stderr)
        return INTERRUPTED


def parser() -> argparse.ArgumentParser:
    """Say what the two commands are and take."""
    top = argparse.ArgumentParser(
        prog="python3 wsgi.py",
        description="Tallyman on a machine that has nothing but Python 3.11 or newer.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="{up,test}")
    start = commands.add_parser("up", help="install, build, migrate and serve on this machine")
    start.add_argument("--port", type=int, default=8000, help="default: 8000")
    start.add_argument(
        "--no-demo",
        dest="demo",
        action="store_false",
        help="start with an empty site instead of the demo site",
    )
    start.add_argument(
        "--lan",
        action="store_true",
        help=f"serve handhelds over HTTPS on port {TLS_PORT}; the port above shows how to connect",
    )
    check = commands.add_parser("test", help="install what the tests need and run all of them")
    check.add_argument("--fast", action="store_true", help="leave out the slow tests")
    check.add_argument(
        "--screens",
        nargs="?",
        const=SCREENS,
        metavar="FOLDER",
        help=f"test nothing; write every screen in every theme as PNG, by default to {SCREENS}",
    )
    return top


def up(*, port: int, demo: bool, lan: bool) -> NoReturn:
    """Set up what is missing, then become the server."""
    os.chdir(CHECKOUT)  # where the site keeps its files, wherever we were called from
    for taken in (port, TLS_PORT) if lan else (port,):
        need_port(taken)
    environment = Environment(CHECKOUT)
    environment.provide({"node"})
    Handheld(CHECKOUT / "pwa").build(Node.among(environment.packages()))
    furnished = [] if demo else ["--no-demo"]
    network = ["--lan", "--tls-port", str(TLS_PORT)] if lan else []
    become([environment.program("tallyman"), "start", "--port", str(port), *furnished, *network])


def need_port(port: int) -> None:
    """Say now, not after the installation, that somebody else listens there."""
    with socket.socket() as trial:
        if os.name != "nt":  # elsewhere this would let two programs share the port
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as refusal:
            raise Stop(
                f"port {port} cannot be used: {refusal}",
                f"end the program that uses it, or try `python3 wsgi.py up --port {port + 1}`.",
            ) from refusal


def become(command: list[str]) -> NoReturn:
    """Leave the stage to another program, which then gets the signals."""
    sys.stdout.flush()
    if os.name == "nt":  # exec would give the terminal back at once there
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)


def check_everything(*, fast: bool) -> int:
    """Install everything the tests need, run every check, and say at the end how it went."""
    environment = Environment(CHECKOUT)
    environment.provide({"node", "postgres", "rfid", "test", "xlsx"})
    node = Node.among(environment.packages())
    results = [
        provided("handheld app", lambda: make_handheld(node)),
        *(
            carry_out(tool, environment_for_tests(environment, node))
            for tool in (browser(environment), axe(environment))
        ),
    ]
    with tempfile.TemporaryDirectory(prefix="tallyman-reports-") as folder:
        reports = Path(folder)
        checks = (
            *python_checks(environment),
            *handheld_checks(environment, node, reports),
            pytest_check(environment, reports, fast=fast),
        )
        env = environment_for_tests(environment, node)
        results += [carry_out(check, env) for check in checks]
    return reported(results)


def make_handheld(node: Node) -> None:
    """Build the app; its packages are needed for its checks even when it is current."""
    handheld = Handheld(CHECKOUT / "pwa")
    handheld.install(node)
    handheld.build(node)


def browser(environment: Environment) -> Check:
    """The browser is found, or fetched, by the tests' own code."""
    command = [environment.python, "-m", "tests.provision.chromium"]
    return Check("browser for the tests", command, CHECKOUT)


def axe(environment: Environment) -> Check:
    """What looks over the screens for those who see, hear or move differently."""
    command = [environment.python, "-m", "tests.provision.axe"]
    return Check("axe for the tests", command, CHECKOUT)


def picture_everything(folder: str) -> int:
    """Install what pictures need, and take one of every screen."""
    target = Path(folder).absolute()
    environment = Environment(CHECKOUT)
    environment.provide({"node", "postgres", "rfid", "test", "xlsx"})
    node = Node.among(environment.packages())
    make_handheld(node)
    env = environment_for_tests(environment, node)
    for command in (browser(environment).command, screens(environment, target)):
        ended = subprocess.run(command, cwd=CHECKOUT, env=env, check=False).returncode
        if ended:
            return ended
    return 0


def screens(environment: Environment, folder: Path) -> list[str]:
    """The tour of the house with a camera in hand."""
    return [str(environment.python), "-m", "tests.e2e.screens", str(folder)]


def provided(name: str, provide: Callable[[], None]) -> Result:
    """Provide something; the other checks run even where that fails."""
    started = time.monotonic()
    try:
        provide()
    except Stop as stop:
        say(str(stop))
        return Result(name, ok=False, seconds=time.monotonic() - started)
    return Result(name, ok=True, seconds=time.monotonic() - started)


def reported(results: Sequence[Result]) -> int:
    """Print every result and the closing line."""
    say("")
    for result in results:
        say(str(result))
    total = summed_up(results)
    say(f"tests: {total}")
    return 0 if total.passed and not total.failed else 1
