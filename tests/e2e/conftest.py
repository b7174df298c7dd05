"""A server, a wire and scanners for every story; what a page complains about fails it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, ViewportSize, expect

from tests.e2e.house import (
    ROOT,
    House,
    Installation,
    Server,
    furnished,
    look_into,
    tallyman,
)
from tests.e2e.scanner import Scanner, Watch
from tests.e2e.wire import Wire
from tests.provision.fixtures import leave_out
from tests.provision.postgres import Cluster

PATIENCE_MS = 30_000
HANDHELD = ViewportSize(width=360, height=640)
DESK = ViewportSize(width=1280, height=800)

Furnish = Callable[[str], Installation]
GiveScanner = Callable[[str], Scanner]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every story needs the browser, and takes its time."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def pwa() -> Path:
    """The built app: of the checkout, or what `TALLYMAN_PWA` names."""
    built = Path(os.environ.get("TALLYMAN_PWA") or ROOT / "pwa" / "dist")
    if not (built / "index.html").is_file():
        pytest.fail("the handheld app is not built; `python3 wsgi.py test` builds it")
    return built


@pytest.fixture(scope="session")
def furnish_once(tmp_path_factory: pytest.TempPathFactory) -> Furnish:
    """Make the demo site at most once an engine; tests copy it."""
    made: dict[str, Installation] = {}

    def make(database: str) -> Installation:
        engine = database.partition(":")[0]
        if engine not in made:
            home = tmp_path_factory.mktemp("demo")
            made[engine] = furnished(home, database or f"sqlite:///{home / 'tallyman.db'}")
        return made[engine]

    return make


@pytest.fixture
def engine() -> str:
    """SQLite; a story that runs on both databases parametrises this."""
    return "sqlite"


@pytest.fixture
def installation(
    engine: str, furnish_once: Furnish, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Installation]:
    """A demo site of this test's own."""
    home = tmp_path / "home"
    if engine == "sqlite":
        made = furnish_once("")
        shutil.copytree(made.home, home)
        yield Installation(home, f"sqlite:///{home / 'tallyman.db'}", made.pin, made.password)
        return
    cluster: Cluster | None = request.getfixturevalue("running_postgres")
    if cluster is None:
        leave_out(request.config, "PostgreSQL server or its driver psycopg is not installed")
    template = request.getfixturevalue("postgres_demo")
    made = furnish_once(template)
    shutil.copytree(made.home, home)
    name = f"e2e_{os.getpid()}_{abs(hash(request.node.nodeid)) % 10**8}"
    yield Installation(
        home, cluster.create_database(name, template="demo_e2e"), made.pin, made.password
    )
    cluster.drop_database(name)


@pytest.fixture(scope="session")
def postgres_demo(running_postgres: Cluster | None) -> str:
    """The database the demo site is furnished in, once."""
    assert running_postgres
    return running_postgres.create_database("demo_e2e")


@pytest.fixture
def server(installation: Installation, pwa: Path) -> Iterator[Server]:
    """The running server; its log must not know a traceback in the end."""
    running = Server(installation, pwa)
    running.start()
    yield running
    running.stop()
    assert "Traceback" not in running.log(), running.log()


@pytest.fixture
def new_wire(server: Server) -> Iterator[Callable[[], Wire]]:
    """Lay wires to the server, one a scanner, so that each can be cut by itself."""
    laid: list[Wire] = []

    def new() -> Wire:
        laid.append(Wire(server.port))
        return laid[-1]

    yield new
    for wire in laid:
        wire.close()


@pytest.fixture
def house(installation: Installation, server: Server) -> Iterator[House]:
    """The database beside the running server."""
    with look_into(installation) as opened:
        yield opened


@pytest.fixture
def watch() -> Iterator[Watch]:
    """No page may complain: no error in the console, no breach of the content policy."""
    expect.set_options(timeout=PATIENCE_MS)
    watching = Watch()
    yield watching
    assert not watching.complaints, "\n".join(watching.complaints)


@pytest.fixture
def new_context(
    browser: Browser, playwright_driver: Playwright, watch: Watch
) -> Iterator[Callable[..., BrowserContext]]:
    """Open watched browser contexts that are gone after the test."""
    playwright_driver.selectors.set_test_id_attribute("data-test")
    opened: list[BrowserContext] = []

    def new(**how: object) -> BrowserContext:
        context = browser.new_context(**{"viewport": HANDHELD, "has_touch": True, **how})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        watch.over(context)
        opened.append(context)
        return context

    yield new
    for context in opened:
        context.close()


@pytest.fixture
def scanner(
    new_context: Callable[..., BrowserContext],
    installation: Installation,
    new_wire: Callable[[], Wire],
) -> GiveScanner:
    """Hand out enrolled scanners: badge → a scanner on which that person is signed in."""
    shots = os.environ.get("TALLYMAN_TEST_SHOTS")

    def give(badge: str) -> Scanner:
        page = new_context().new_page()
        handed = Scanner(page, new_wire(), Path(shots) if shots else None)
        code = tallyman(installation, "enrolment-code").strip()
        return handed.open().enrol(code).sign_in(badge, installation.pin)

    return give
