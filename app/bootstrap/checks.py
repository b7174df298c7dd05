"""Every check and every test, one after the other, and one line that says how it went."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap.environment import Environment
from app.bootstrap.handheld import Node
from app.bootstrap.terminal import Ended, say, watch

MOST_WORKERS = 4  # beyond this browsers and databases are in each other's way


@dataclass(frozen=True)
class Count:
    """Tests that passed, failed, were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
        )

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


@dataclass(frozen=True)
class Check:
    """One command. With a `report` its tests are counted and its output is shown as it comes."""

    name: str
    command: Sequence[str]
    cwd: Path
    report: Path | None = None


@dataclass(frozen=True)
class Result:
    name: str
    ok: bool
    seconds: float
    count: Count = Count()

    def __str__(self) -> str:
        counted = f"  {self.count}" if self.count != Count() else ""
        return f"  {'ok' if self.ok else 'FAILED':6}  {self.name:24} {self.seconds:6.1f} s{counted}"


def python_checks(environment: Environment) -> tuple[Check, ...]:
    """Lint, format, types and layers of the Python half."""
    program, root = environment.program, environment.checkout
    return (
        Check("ruff check", [program("ruff"), "check"], root),
        Check("ruff format", [program("ruff"), "format", "--check"], root),
        Check("mypy", [program("mypy")], root),
        Check("import layers", [program("lint-imports")], root),
    )


def handheld_checks(environment: Environment, node: Node, reports: Path) -> tuple[Check, ...]:
    """Lint, types and tests of the handheld app."""
    folder = environment.checkout / "pwa"
    report = reports / "vitest.xml"
    written = ("--reporter=default", "--reporter=junit", f"--outputFile.junit={report}")

    def script(name: str, *arguments: str) -> list[str]:
        return node.run(node.npm, "run", "--silent", name, *arguments)

    return (
        Check("biome", script("lint"), folder),
        Check("tsc", script("types"), folder),
        Check("vitest", script("test", "--", *written), folder, report),
    )


def pytest_check(environment: Environment, reports: Path, *, fast: bool) -> Check:
    """The Python tests: pure, on both databases, and in a real browser."""
    report = reports / "pytest.xml"
    chosen = ("-m", "not slow") if fast else ()
    asked = ("-q", f"--junitxml={report}", *side_by_side(os.cpu_count() or 1), *chosen)
    return Check(
        "pytest", [environment.python, "-m", "pytest", *asked], environment.checkout, report
    )


def side_by_side(cores: int) -> tuple[str, ...]:
    """A file of tests keeps to one worker; each worker has a database server and a browser."""
    workers = min(cores, MOST_WORKERS)
    return ("-n", str(workers), "--dist", "loadfile") if workers > 1 else ()


def carry_out(check: Check, env: Mapping[str, str]) -> Result:
    """Run one check; what it printed is shown when it is wanted or when it failed."""
    try:
        ended = shown(check, env) if check.report else watched(check, env)
    except OSError as missing:
        ended = Ended(127, 0.0, f"{check.command[0]} could not be started: {missing}")
    if ended.code != 0 and ended.output:
        say(ended.output)
    count = counted(check.report) if check.report else Count()
    result = Result(check.name, ended.code == 0, ended.seconds, count)
    say(str(result))
    return result


def watched(check: Check, env: Mapping[str, str]) -> Ended:
    return watch(check.name, check.command, cwd=check.cwd, env=env)


def shown(check: Check, env: Mapping[str, str]) -> Ended:
    """Run a command whose output goes straight to the terminal."""
    say(f"{check.name} …")
    started = time.monotonic()
    done = subprocess.run(check.command, cwd=check.cwd, env=env, check=False)
    return Ended(done.returncode, time.monotonic() - started, "")


def counted(report: Path) -> Count:
    """Read the numbers out of a JUnit report; no report counts nothing."""
    try:
        root = ET.parse(report).getroot()  # noqa: S314 – written by our own run a moment ago
    except (OSError, ET.ParseError):
        return Count()
    suites = [root] if root.tag == "testsuite" else root.findall("testsuite")
    return sum((count_of(suite) for suite in suites), Count())


def count_of(suite: ET.Element) -> Count:
    total, failures, errors, skipped = (
        int(suite.get(name) or 0) for name in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    return Count(total - failed - skipped, failed, skipped)


def summed_up(results: Iterable[Result]) -> Count:
    """Add up; a check that failed without a failing test counts as one failure."""
    total = Count()
    for result in results:
        total += result.count
        if not result.ok and not result.count.failed:
            total += Count(failed=1)
    return total


def environment_for_tests(environment: Environment, node: Node) -> dict[str, str]:
    """Nothing may be left out, and every tool finds the programs installed here first."""
    path = os.pathsep.join([str(environment.programs), node.environment()["PATH"]])
    plain = {} if sys.stdout.isatty() else {"NO_COLOR": "1"}
    return {
        **os.environ,
        **plain,
        "PATH": path,
        "PLAYWRIGHT_NODEJS_PATH": str(node.program),
        "TALLYMAN_TEST_ALL": "1",
    }
