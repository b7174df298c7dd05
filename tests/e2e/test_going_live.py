"""From an empty site to the first shipped order, through the screens alone."""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from app.db import db
from app.demo.cast import gtin
from app.proving.rebuild import verify
from tests.e2e.conftest import DESK, PATIENCE_MS
from tests.e2e.house import House, Installation, Server, look_into, tallyman
from tests.e2e.office import Desk
from tests.e2e.scanner import Scanner
from tests.e2e.wire import Wire
from tests.provision.fixtures import leave_out
from tests.provision.postgres import Cluster

TEA, MUG = gtin(1), gtin(2)
PLACES = "code,kind,x\nA-01,bin,100\nA-02,bin,200\nA-03,bin,300\nDOCK-1,dock,0\nSTAGE-1,stage,0\n"
ITEMS = f"Artículo;Descripción;EAN\nTEA;Té verde;{TEA}\nMUG;Taza;{MUG}\n;Sin código;\n"
PEOPLE = "badge,name,roles\nB-1,Carla,counter\nB-2,Pablo,picker|packer\n"
ORDERS = "number,customer,sku,quantity,released\nSO-1,,TEA,4,yes\nSO-1,,MUG,2,yes\n"
TOTE = "TMT:T-01"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    """Both databases."""
    name: str = request.param
    return name


@pytest.fixture
def installation(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Installation]:
    """What `tallyman init` leaves: an empty site and one administrator."""
    home = tmp_path / "home"
    cluster: Cluster | None = None
    name = f"live_{os.getpid()}"
    url = f"sqlite:///{home / 'tallyman.db'}"
    if engine == "postgresql":
        cluster = request.getfixturevalue("running_postgres")
        if cluster is None:
            leave_out(request.config, "PostgreSQL server or its driver psycopg is not installed")
        url = cluster.create_database(name)
    told = tallyman(
        Installation(home, url, "", ""),
        "init",
        "MAIN",
        "Main warehouse",
        "--language",
        "es",
        "--json",
    )
    admin = json.loads(told.splitlines()[-1])["admin"]
    yield Installation(home, url, admin["pin"], admin["password"])
    if cluster is not None:
        cluster.drop_database(name)


@pytest.fixture
def new_scanner(
    new_context: Callable[..., BrowserContext],
    playwright_driver: Playwright,
    new_wire: Callable[[], Wire],
) -> Callable[[], Scanner]:
    """Take a handheld out of its box."""
    playwright_driver.selectors.set_test_id_attribute("data-test")
    return lambda: Scanner(new_context().new_page(), new_wire()).open()


class Office(Desk):
    """The desk of whoever gets the site going."""

    def step(self, name: str, *, done: bool) -> None:
        expect(self.at(f"step-{name}")).to_have_attribute("data-done", str(done).lower())

    def tab(self, name: str) -> None:
        self.at(f"desk-{name}").click()

    def follow(self, step: str, way: str) -> None:
        """From the start page into a step."""
        self.tab("start")
        self.at(f"step-{step}").get_by_test_id(way).click()

    def upload(self, name: str, content: str, encoding: str = "utf-8") -> None:
        """Choose a file, and wait until its first rows are on the screen."""
        self.shoot("choose")
        self.page.locator("input[name=file]").set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": content.encode(encoding)}
        )
        expect(self.at("file")).to_contain_text(name)

    def bring_in(self, good: int, bad: int = 0) -> None:
        expect(self.at("looked")).to_be_visible()
        self.shoot("preview")
        self.at("bring-in").click()
        expect(self.at("outcome")).to_have_attribute("data-state", "done")
        expect(self.at("good")).to_have_text(f"Good: {good}")
        expect(self.at("bad")).to_have_text(f"Bad: {bad}")
        self.shoot("brought")

    def shoot(self, name: str) -> None:
        """Keep a picture in every theme, where pictures are wanted."""
        shots = os.environ.get("TALLYMAN_TEST_SHOTS")
        if shots:
            taken = len(list(Path(shots).glob("*.png")))
            for theme in ("light", "dark", "sunlight"):
                self.page.evaluate(f"() => {{document.documentElement.dataset.theme='{theme}'}}")
                path = Path(shots) / f"{taken:02d}-{name}-{theme}.png"
                self.page.screenshot(path=path, full_page=True)
            self.page.evaluate("() => {document.documentElement.dataset.theme='light'}")


def bring_master_data(office: Office) -> None:
    office.follow("places", "import-locations")
    with office.page.expect_download() as empty_file:
        office.at("empty-file").click()
    assert Path(empty_file.value.path()).read_text("utf-8").startswith("code,kind,zone,")
    office.upload("places.csv", PLACES)
    office.bring_in(5)

    office.follow("items", "import-items")
    office.upload("articulos.csv", ITEMS, "cp1252")
    expect(office.page.locator("select[name=column-gtin]")).to_have_value("EAN")
    expect(office.page.locator("[data-test=line][data-bad=true]")).to_have_count(1)
    office.bring_in(2, bad=1)
    with office.page.expect_download() as given_back:
        office.at("bad-rows").click()
    assert "import.cell" in Path(given_back.value.path()).read_text("utf-8")

    office.follow("people", "import-people")
    office.upload("people.csv", PEOPLE)
    office.bring_in(2)


def give_pins(office: Office) -> dict[str, str]:
    """Give everybody a PIN; returns them as the screen shows them."""
    office.follow("people", "pins")
    office.at("give-pins").click()
    expect(office.at("pin")).to_have_count(2)
    office.shoot("pins")
    return {
        row.get_attribute("data-badge") or "": row.get_by_test_id("digits").inner_text()
        for row in office.at("pin").all()
    }


def print_labels(office: Office, page: Page) -> None:
    office.follow("labels", "labels")
    for kind in ("location", "badge"):
        office.page.locator("select[name=kind]").select_option(kind)
        expect(office.at("preview")).to_have_attribute("src", re.compile(f"/{kind}.svg"))
        office.shoot(f"labels-{kind}")
        address = office.at("open-pdf").get_attribute("href")
        printed = page.request.get(f"{office.address.rstrip('/')}{address}")
        assert printed.headers["content-type"] == "application/pdf"
    office.follow("labels", "labels-up")
    office.step("labels", done=True)


def invitation(office: Office) -> str:
    office.tab("start")
    office.at("step-handhelds").get_by_test_id("enrol").click()
    expect(office.at("enrolment-code")).to_have_text(re.compile(r"^[A-Z2-9]{10}$"))
    office.shoot("handheld")
    return office.at("enrolment-code").inner_text()


def count_everything(carla: Scanner) -> None:
    """Nobody has told Carla anything; the third bin is empty."""
    for place, code, goods, quantity in (("A-01", TEA, "Té verde", 10), ("A-02", MUG, "Taza", 6)):
        carla.door("count")
        carla.scan(f"TMP:{place}", f"Count {place}")
        carla.scan(code, f"1 × {goods} noted")
        carla.key_in(quantity)
        carla.says(f"{quantity} × {goods} noted")
        carla.tap("primary")
        carla.says(f"Counted: {place}")
    carla.door("count")
    carla.scan("TMP:A-03", "Count A-03")
    carla.tap("primary")
    carla.says("Is the bin empty?")
    carla.tap("primary")
    carla.says("Counted: A-03")
    carla.drained()


def open_stock(office: Office) -> None:
    office.follow("opening", "opening")
    expect(office.at("opening-sheet")).to_have_count(3)
    office.shoot("opening")
    office.at("approve-all").click()
    expect(office.at("opening-sheet")).to_have_count(0)
    office.at("complete").click()
    expect(office.at("complete")).to_have_count(0)


def pick_and_ship(pablo: Scanner) -> None:
    pablo.door("pick")
    pablo.tap("primary")
    pablo.says("Go there and scan")
    for code, first in ((TEA, True), (MUG, False)):
        pablo.scan(f"TMP:{pablo.reads('target')}", "Scan the goods")
        pablo.scan(code)
        if first:
            pablo.says("Scan the tote")
            pablo.scan(TOTE)
    pablo.says("Ready for work")
    pablo.door("ship")
    pablo.scan(TOTE, "scan the stage")
    pablo.scan("TMP:STAGE-1", "Check, then ship")
    pablo.tap("primary")
    pablo.says("SO-1 shipped")
    pablo.drained()


def test_from_an_empty_site_to_the_first_shipped_order(
    installation: Installation,
    server: Server,
    new_scanner: Callable[[], Scanner],
    new_context: Callable[..., BrowserContext],
) -> None:
    """Everything a newcomer needs is on the start page, in the order in which it is needed."""
    page = new_context(viewport=DESK, has_touch=False).new_page()
    page.set_default_timeout(PATIENCE_MS)
    handheld = new_scanner()
    office = Office(page, f"http://127.0.0.1:{server.port}/")
    office.sign_in("admin", installation.password)
    expect(office.at("start")).to_be_visible()
    office.shoot("start-empty")

    bring_master_data(office)
    pins = give_pins(office)
    print_labels(office, page)
    handheld.enrol(invitation(office))
    carla = handheld.sign_in("B-1", pins["B-1"])
    office.tab("start")
    for step in ("places", "items", "people", "labels", "handhelds"):
        office.step(step, done=True)
    office.shoot("start-nearly")
    count_everything(carla)
    open_stock(office)
    office.tab("start")
    office.step("opening", done=True)
    office.shoot("start-done")

    office.tab("imports")
    page.locator("select[name=kind]").select_option("orders")
    office.upload("orders.csv", ORDERS)
    office.bring_in(2)
    pablo = new_scanner().enrol(invitation(office)).sign_in("B-2", pins["B-2"])
    pick_and_ship(pablo)

    with look_into(installation) as house:
        check(house)


def check(house: House) -> None:
    """The ledger is exact, and the log alone brings it back."""
    status, taken = house.order_status("SO-1")
    assert (status, taken) == ("shipped", {house.item("TEA"): 4, house.item("MUG"): 2})
    assert (house.on_hand("TEA"), house.on_hand("MUG")) == (6, 4)
    assert house.on_hand("TEA", "@variance") == -10
    assert house.exceptions(state="open") == set()
    assert verify(house.playbook, db.engine).differences == ()
