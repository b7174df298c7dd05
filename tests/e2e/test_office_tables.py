"""A supervisor's questions: an order, a number and the scan behind it, a handheld come and gone."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.e2e.conftest import DESK, GiveScanner
from tests.e2e.house import GTINS, House, Installation
from tests.e2e.office import Desk
from tests.e2e.scanner import Scanner

AT_A_ROW = "() => document.activeElement.dataset.test === 'open-row'"
MUG, PIECES = "Ceramic mug white", 5
NewContext = Callable[..., BrowserContext]


def receive(scanner: Scanner) -> None:
    scanner.door("receive")
    scanner.scan("DOCK-1", "Dock DOCK-1")
    scanner.scan("PO-1001", "Order PO-1001")
    scanner.scan(GTINS[MUG], f"1 × {MUG}")
    scanner.key_in(PIECES)
    scanner.says(f"{PIECES} × {MUG}")
    scanner.drained()


def finds_an_order(sam: Desk) -> None:
    sam.open("orders")
    sam.search("so-2003")
    expect(sam.rows).to_have_count(1)
    sam.search("")
    expect(sam.rows).to_have_count(8)
    expect(sam.cells("number").first).to_have_text("SO-2008")
    sam.at("sort-number").click()
    expect(sam.cells("number").first).to_have_text("SO-2001")
    expect(sam.page.locator("th[aria-sort=ascending]")).to_have_text("Number")
    sam.at("filter").click()
    sam.at("filter-status").select_option("cancelled")
    expect(sam.at("empty")).to_be_visible()
    sam.at("filter-status").select_option("open")
    expect(sam.rows).to_have_count(8)


def walks_by_keyboard(sam: Desk) -> None:
    sam.at("search").focus()
    while not sam.page.evaluate(AT_A_ROW):
        sam.page.keyboard.press("Tab")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "Enter"):
        sam.page.keyboard.press(key)
    expect(sam.at("drawer").locator("h2")).to_have_text("SO-2002")
    sam.page.keyboard.press("Escape")
    expect(sam.at("drawer")).to_have_count(0)


def takes_it_along(sam: Desk) -> list[dict[str, str]]:
    with sam.page.expect_download() as waiting:
        sam.at("export-csv").click()
    text = Path(waiting.value.path()).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def drills_to_the_scan(sam: Desk) -> None:
    sam.open("stock")
    sam.search("DOCK-1")
    expect(sam.cells("quantity")).to_have_count(2)  # the demo's pallet stands there too
    received = sam.rows.filter(has_text=MUG)
    expect(received.locator("td[data-column=quantity]")).to_have_text(str(PIECES))
    received.get_by_test_id("open-row").click()
    sam.at("to-postings").click()
    expect(sam.cells("quantity")).to_have_text([str(PIECES - 1), "1"])
    sam.at("open-row").last.click()
    story = sam.at("whole-story")
    for words in (f"1 × D-007 {MUG}", "Rosa Receiver", "Received", "happened", "known"):
        expect(story).to_contain_text(words)
    expect(sam.at("scan").filter(has_text=GTINS[MUG])).to_have_count(1)
    sam.page.reload()
    expect(sam.at("whole-story")).to_contain_text("Rosa Receiver")
    sam.page.go_back()
    sam.page.go_back()
    expect(sam.at("page")).to_have_attribute("data-table", "stock")


def test_from_a_number_to_the_scan_behind_it(
    scanner: GiveScanner, new_context: NewContext, house: House, installation: Installation
) -> None:
    """Orders are found, sorted, narrowed and taken along; stock opens to who scanned what when."""
    rosa = scanner("B-100")
    receive(rosa)
    page = new_context(viewport=DESK, has_touch=False).new_page()
    sam = Desk(page, rosa.address).sign_in("sam", installation.password)

    finds_an_order(sam)
    walks_by_keyboard(sam)
    taken = takes_it_along(sam)
    assert [row["number"] for row in taken] == [f"SO-{n}" for n in range(2001, 2009)]
    assert {row["status"] for row in taken} == {"open"}
    drills_to_the_scan(sam)
    sam.is_fit_for_everybody()


def test_a_handheld_comes_by_its_code_and_is_revoked(
    scanner: GiveScanner, new_context: NewContext, house: House, installation: Installation
) -> None:
    """The code on the screen brings it in once; revoked it does nothing more."""
    rosa = scanner("B-100")
    page = new_context(viewport=DESK, has_touch=False).new_page()
    sam = Desk(page, rosa.address).sign_in("sam", installation.password)
    sam.open("devices")
    expect(sam.rows).to_have_count(1)
    sam.at("enrol").click()
    code = sam.at("enrolment-code").inner_text()

    newcomer = Scanner(new_context().new_page(), rosa.wire).open().enrol(code)
    newcomer.sign_in("B-400", installation.pin)
    sam.at("enrolled").click()
    expect(sam.rows).to_have_count(2)
    sam.page.get_by_test_id("sort-last_seen").click()
    sam.at("open-row").last.click()
    sam.at("revoke").click()
    sam.at("revoke-sure").click()
    expect(sam.at("drawer")).to_contain_text("Revoked: it may only hand in its work.")
    sam.is_fit_for_everybody()


def test_a_new_item_is_saved_and_what_is_missing_is_said(
    scanner: GiveScanner, new_context: NewContext, house: House, installation: Installation
) -> None:
    """A form says what is wrong beside its field; what is saved is in the table at once."""
    rosa = scanner("B-100")
    page = new_context(viewport=DESK, has_touch=False).new_page()
    sam = Desk(page, rosa.address).sign_in("sam", installation.password)
    sam.open("items")
    sam.at("new").click()
    form = sam.at("record-form")
    form.locator("input[name=sku]").fill("N-1")
    sam.at("save").click()
    expect(sam.at("bad-name")).to_have_text("Needed")
    form.locator("input[name=name]").fill("New lamp")
    sam.at("save").click()
    expect(sam.at("saved")).to_have_text("Saved")
    sam.search("N-1")
    expect(sam.cells("name")).to_have_text(["New lamp"])
    sam.at("open-row").click()
    sam.at("edit").click()
    form.locator("input[name=name]").fill("Newer lamp")
    sam.at("save").click()
    expect(sam.cells("name")).to_have_text(["Newer lamp"])
    sam.is_fit_for_everybody()


def test_what_labels_bear_is_said_on_forms(
    scanner: GiveScanner, new_context: NewContext, house: House, installation: Installation
) -> None:
    """The AIs of labels without separators, for a maker; wrong ones are said, none forgets them."""
    rosa = scanner("B-100")
    page = new_context(viewport=DESK, has_touch=False).new_page()
    sam = Desk(page, rosa.address).sign_in("sam", installation.password)
    sam.open("suppliers")
    sam.at("new").click()
    form = sam.at("record-form")
    form.locator("input[name=code]").fill("MAKER")
    form.locator("input[name=name]").fill("Maker")
    form.locator("input[name=company_prefix]").fill("95")
    form.locator("input[name=label_ais]").fill("01 99999")
    form.get_by_test_id("save").click()
    expect(sam.at("bad-label_ais")).to_contain_text("Known AIs")
    expect(sam.at("bad-company_prefix")).to_contain_text("4 to 12 digits")
    sam.shoot("supplier-form")
    form.locator("input[name=company_prefix]").fill("9521234")
    form.locator("input[name=label_ais]").fill("(01) (17) (10)")
    form.get_by_test_id("save").click()
    sam.search("MAKER")
    expect(sam.cells("label_ais")).to_have_text("(01) (17) (10)")
    expect(sam.cells("company_prefix")).to_have_text("9521234")
    sam.at("open-row").click()
    sam.at("edit").click()
    expect(form.locator("input[name=label_ais]")).to_have_value("(01) (17) (10)")
    form.locator("input[name=label_ais]").fill("")
    form.get_by_test_id("save").click()
    expect(sam.at("saved")).to_have_text("Saved")
    page.get_by_role("button", name="Close").click()
    expect(sam.cells("label_ais")).to_have_text("–")
    sam.is_fit_for_everybody()
