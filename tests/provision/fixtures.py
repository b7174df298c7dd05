"""Fixtures for the real database server and the real browser, and words for what is missing.

In `tests/conftest.py`: `pytest_plugins = ["tests.provision.fixtures"]`.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.provision import chromium
from tests.provision.chromium import Chromium
from tests.provision.postgres import Cluster, find_binaries, running_cluster

EVERYTHING = "TALLYMAN_TEST_ALL"
THE_COMMAND = "python3 wsgi.py test"
LEFT_OUT = pytest.StashKey[Counter[str]]()

CreateDatabase = Callable[[str], str]
StartBrowser = Callable[[Chromium], Browser]


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = Counter()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter,
    config: pytest.Config,
) -> None:
    """Name what this machine could not run."""
    left_out = config.stash[LEFT_OUT]
    if not left_out:
        return
    terminalreporter.section("left out on this machine")
    for missing, tests in sorted(left_out.items()):
        terminalreporter.line(f"{tests} × {missing}")
    terminalreporter.line(f"`{THE_COMMAND}` installs what is missing and runs everything.")


def leave_out(config: pytest.Config, missing: str) -> NoReturn:
    """Skip with a word in the summary; where everything was asked for, fail."""
    if os.environ.get(EVERYTHING):
        pytest.fail(f"{missing}; `{THE_COMMAND}` installs it", pytrace=False)
    config.stash[LEFT_OUT][missing] += 1
    pytest.skip(missing)


@pytest.fixture(scope="session")
def running_postgres() -> Iterator[Cluster | None]:
    """One server for the whole run, or nothing on a machine that has none."""
    if importlib.util.find_spec("psycopg") is None:
        yield None
        return
    binaries = find_binaries()
    if binaries is None:
        yield None
        return
    with running_cluster(binaries) as cluster:
        yield cluster


@pytest.fixture
def postgres(request: pytest.FixtureRequest, running_postgres: Cluster | None) -> Cluster:
    """The running server: `create_database`, `drop_database`, `url`, `stop`, `start`."""
    if running_postgres is None:
        leave_out(request.config, "PostgreSQL server or its driver psycopg is not installed")
    return running_postgres


@pytest.fixture
def create_database(postgres: Cluster) -> Iterator[CreateDatabase]:
    """Make PostgreSQL databases that are gone after the test: name → SQLAlchemy URL."""
    with contextlib.ExitStack() as created:

        def create(name: str) -> str:
            created.callback(postgres.drop_database, name)
            return postgres.create_database(name)

        yield create


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    """Playwright on the Node we install: its own one needs libraries a bare machine lacks."""
    if chromium.node_is_installed():
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(chromium.installed_node().program))
    with sync_playwright() as driver:
        yield driver


@pytest.fixture
def installed_chromium(request: pytest.FixtureRequest) -> Chromium:
    """The browser's program, arguments and environment, for tests that start their own."""
    found = chromium.find()
    if found is None:
        leave_out(request.config, "Chromium is not installed")
    return found


@pytest.fixture(scope="session")
def start_browser(playwright_driver: Playwright) -> Iterator[StartBrowser]:
    """Start a browser, or give the one that runs already."""
    started: list[Browser] = []

    def start(chosen: Chromium) -> Browser:
        if not started or not started[-1].is_connected():
            launched = playwright_driver.chromium.launch(
                executable_path=chosen.program,
                args=chosen.arguments(),
                env=dict(chosen.environment()),
            )
            started.append(launched)
        return started[-1]

    yield start
    for browser in started:
        browser.close()


@pytest.fixture
def browser(request: pytest.FixtureRequest, installed_chromium: Chromium) -> Browser:
    """The shared browser; make a context of your own in it."""
    # Asked for late: where there is no browser, its driver may not start either.
    start: StartBrowser = request.getfixturevalue("start_browser")
    return start(installed_chromium)


@pytest.fixture
def browser_context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile at the size of a handheld."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True)
    yield context
    context.close()


@pytest.fixture
def page(browser_context: BrowserContext) -> Page:
    return browser_context.new_page()
