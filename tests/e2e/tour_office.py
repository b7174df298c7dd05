"""A tour of the desk: every page, and what opens on it."""

from playwright.sync_api import FilePayload, expect

from tests.e2e.house import SKUS, House
from tests.e2e.office import Desk
from tests.e2e.tour import Look

TABLES = (
    "orders",
    "order_lines",
    "purchase_orders",
    "purchase_order_lines",
    "asns",
    "asn_units",
    "asn_lines",
    "stock",
    "stock_by_item",
    "handling_units",
    "tag_visits",
    "count_sheets",
    "operations",
    "changes",
    "items",
    "identifiers",
    "places",
    "zones",
    "reasons",
    "customers",
    "suppliers",
    "people",
    "devices",
)
PAGES = (
    "exceptions",
    "counts",
    "adjustments",
    "gates",
    "requisitions",
    "codes",
    "rules",
    "limits",
    "books",
    "start",
    "imports",
    "labels",
    "readers",
    "scanners",
)
BEHIND = ("pins", "handhelds", "opening")
TILES = ("open", "held", "picked", "walks", "handhelds", "exceptions", "counts")
IN_SPANISH = ("now", "exceptions", "counts", "devices", "labels", "readers", "scanners")
SPEAK = "(language) => localStorage.setItem('tallyman.language', language)"
BLANKET = "Wool blanket"
GOOD_AND_BAD = "sku,name\nNEW-1,Linen napkin\n,Nameless\nNEW-2,Oak tray\n"


class OfficeTour:
    """Opens everything a supervisor can open."""

    def __init__(self, desk: Desk, look: Look, house: House) -> None:
        self.desk = desk
        self.look = look
        self.house = house

    def see(self, name: str) -> None:
        """Look at the page once it has fetched what it shows."""
        self.desk.page.wait_for_timeout(300)
        expect(self.desk.at("waiting")).to_have_count(0)
        self.look(self.desk.page, name)

    def go(self, page: str) -> None:
        """Open a page by its address."""
        self.desk.page.goto(f"{self.desk.address}#/office/{page}")

    def everything(self, password: str) -> None:
        """Sign in and look at all of it."""
        self.desk.page.goto(f"{self.desk.address}#/office")
        expect(self.desk.at("sign-in")).to_be_visible()
        self.look(self.desk.page, "sign-in")
        self.desk.sign_in("sam", password)
        self.now()
        for table in TABLES:
            self.go(table)
            expect(self.desk.at("page")).to_have_attribute("data-table", table)
            self.see(table)
        for page in (*PAGES, *BEHIND):
            self.go(page)
            self.see(page)
        for step in (self.row, self.handheld, self.correction, self.wish, self.import_file):
            step()
        self.in_spanish()

    def now(self) -> None:
        """The figures, and the list behind each."""
        self.go("now")
        expect(self.desk.at("tile-open")).to_be_visible()
        self.see("now")
        for tile in TILES:
            self.go("now")
            self.desk.at(f"tile-{tile}").click()
            self.see(f"now-{tile}")

    def in_spanish(self) -> None:
        """Longer words must fit too."""
        for language, pages in (("es", IN_SPANISH), ("en", ())):
            self.desk.page.evaluate(SPEAK, language)
            self.desk.page.reload()
            for page in pages:
                self.go(page)
                if page == "now":
                    expect(self.desk.at("tile-open")).to_be_visible()
                self.see(f"es-{page}")

    def row(self) -> None:
        """A row with all it has to say, and the form that changes it."""
        self.go("items")
        self.desk.at("open-row").first.click()
        expect(self.desk.at("drawer")).to_be_visible()
        self.see("item-open")
        self.desk.at("edit").click()
        expect(self.desk.at("record-form")).to_be_visible()
        self.see("item-form")
        self.go("operations")
        self.desk.at("open-row").first.click()
        expect(self.desk.at("drawer")).to_be_visible()
        self.see("operation-open")
        self.desk.at("to-postings").click()
        expect(self.desk.at("page")).to_have_attribute("data-table", "postings")
        self.see("postings")
        self.go("people")
        self.go("items")
        self.desk.at("filter").click()
        self.see("items-filters")
        self.desk.search("nothing is called so")
        expect(self.desk.at("empty")).to_be_visible()
        self.see("items-none")

    def handheld(self) -> None:
        """How a handheld joins, how its work comes in without it, and before one is shut out."""
        self.go("devices")
        self.desk.at("enrol").click()
        expect(self.desk.at("invitation")).to_be_visible()
        self.see("device-joins")
        self.desk.at("enrolled").click()
        self.desk.at("rescue").click()
        expect(self.desk.at("rescue-card")).to_be_visible()
        self.see("device-rescue")
        self.go("people")
        self.go("devices")
        self.desk.at("open-row").first.click()
        self.desk.at("revoke").click()
        self.see("device-shut-out")

    def correction(self) -> None:
        self.go("adjustments")
        self.desk.at("correct").click()
        self.desk.at("what-scrap").click()
        self.desk.find("place", self.house.place_of(SKUS[BLANKET]))
        self.desk.find("item", BLANKET)
        self.see("correct")

    def wish(self) -> None:
        self.go("requisitions")
        self.desk.at("ask-for").click()
        expect(self.desk.at("ask-form")).to_be_visible()
        self.see("wish")

    def import_file(self) -> None:
        """A file of which one line cannot come in."""
        self.go("imports")
        file = FilePayload(name="items.csv", mimeType="text/csv", buffer=GOOD_AND_BAD.encode())
        self.desk.page.locator("input[type=file]").first.set_input_files(file)
        expect(self.desk.at("bring-in").or_(self.desk.at("looked")).first).to_be_visible()
        self.see("import-opened")
