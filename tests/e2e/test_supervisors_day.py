"""A supervisor's day at the desk, while two scanners are in hand on the floor."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from app.kernel.clock import millis, now
from app.people.sessions import set_secret
from tests.e2e.conftest import DESK, GiveScanner
from tests.e2e.contradictions import (
    MUG,
    SPARE,
    TOWEL,
    VERDICTS,
    clear_out,
    count_mugs,
    receive_too_much,
    settle,
)
from tests.e2e.house import GTINS, SKUS, House, Installation, Server
from tests.e2e.office import Desk
from tests.e2e.scanner import Scanner

LAMP, TOTE, ORDER, WANTED = "Desk lamp", "T-07", "SO-9001", 2
GiveDesk = Callable[[str], Desk]


@pytest.fixture
def at_desk(
    new_context: Callable[..., BrowserContext],
    installation: Installation,
    server: Server,
    house: House,
) -> GiveDesk:
    """Employ one more person with this role and sit him at a desk of his own."""

    def sit(role: str) -> Desk:
        badge = f"Z-{role}"
        house.done("people.save_person", {"badge": badge, "name": f"Zoe {role}", "roles": [role]})
        pepper = (installation.home / "secret").read_text().strip()
        set_secret(pepper, house.person(badge), username=role, password="a password")
        page = new_context(viewport=DESK, has_touch=False).new_page()
        desk = Desk(page, f"http://127.0.0.1:{server.port}/")
        return desk.sign_in(role, "a password")

    return sit


@pytest.fixture
def sam(
    new_context: Callable[..., BrowserContext], installation: Installation, server: Server
) -> Desk:
    """The supervisor whose day it is."""
    page = new_context(viewport=DESK, has_touch=False).new_page()
    desk = Desk(page, f"http://127.0.0.1:{server.port}/")
    desk.sign_in("sam", installation.password)
    desk.at("desk-now").click()  # the start page comes first while no handheld is enrolled
    return desk


@pytest.fixture
def only_order(house: House) -> str:
    """One order is open, the demo's own ones wait."""
    for n in range(1, 9):
        house.done("ordering.hold_back", {"number": f"SO-{2000 + n}"})
    line = {"n": 1, "item": house.item(SKUS[LAMP]), "quantity": WANTED}
    yesterday = millis(now()) - 86_400_000
    order = {"number": ORDER, "customer": None, "due": yesterday, "placed_at": yesterday}
    house.done("ordering.save_order", {**order, "lines": [line]})
    return ORDER


def look_at_the_list(sam: Desk, tile: str, part: str) -> None:
    sam.at(f"tile-{tile}").click()
    expect(sam.at(part).first).to_be_visible()
    sam.shoot(tile)


def take_work(paul: Scanner) -> None:
    paul.door("pick")
    paul.tap("primary")
    paul.says("Go there and scan")


def pick(alex: Scanner, tote: str = TOTE) -> str:
    """Go where the scanner says, take the lamps into the tote; returns the place."""
    alex.says("Go there and scan")
    place = alex.reads("target")
    alex.scan(place, "Scan the goods")
    alex.scan(GTINS[LAMP], "Scan the tote")
    alex.scan(f"TMT:{tote}", f"{WANTED} × {LAMP}")
    return place


def reassign(sam: Desk, to: str) -> None:
    sam.at("tile-walks").click()
    walk = sam.row("walk", ORDER)
    expect(walk).to_contain_text("Paul Picker")
    sam.shoot("walks")
    walk.get_by_test_id("reassign").click()
    sam.shoot("reassign")
    sam.at("to-handheld").filter(has_text=to).click()
    expect(walk).to_contain_text(to)


def cancel(sam: Desk) -> None:
    sam.at("tile-picked").click()
    order = sam.row("order", ORDER)
    order.get_by_test_id("cancel").click()
    sam.at("note").fill("Customer changed his mind")
    sam.shoot("cancel")
    sam.at("cancel-yes").click()
    expect(order).to_have_count(0)


def put_back(alex: Scanner, place: str, tote: str = TOTE) -> None:
    """The tote tells what is in it; the goods go where they came from."""
    alex.door("move")
    alex.scan(f"TMT:{tote}", "put back")
    alex.scan(GTINS[LAMP], "Scan the new place")
    alex.shoot("put-back")
    alex.scan(place, f"in {place}")
    alex.drained()


def test_a_walk_changes_hands_and_its_order_is_called_off(
    scanner: GiveScanner, sam: Desk, house: House, only_order: str
) -> None:
    """The desk follows the floor without being asked, and the floor the desk."""
    before = house.on_hand(SKUS[LAMP])
    paul, alex = scanner("B-200"), scanner("B-400")
    take_work(paul)
    sam.figure("walks", 1)

    reassign(sam, "Alex Allround")
    alex.pulled()
    alex.door("pick")
    place = pick(alex)
    alex.drained()
    paul.drained()
    paul.door("pick")
    expect(paul.at("target")).to_be_hidden()

    sam.figure("picked", 1)
    expect(sam.at("tile-picked")).to_contain_text("1 late")
    cancel(sam)
    sam.figure("put_back", 1)
    sam.at("tile-put_back").click()
    expect(sam.at("put-back-row")).to_contain_text(TOTE)
    expect(sam.at("put-back-row")).to_contain_text(LAMP)
    sam.shoot("put-back")
    look_at_the_list(sam, "handhelds", "handheld")
    look_at_the_list(sam, "exceptions", "exception-figures")
    look_at_the_list(sam, "held", "release")
    assert house.codes() == {"pick_for_cancelled"}

    alex.pulled()
    put_back(alex, place)

    sam.figure("put_back", 0)
    assert (house.on_hand(SKUS[LAMP], place), house.on_hand(SKUS[LAMP])) == (before, before)
    assert house.order_status(ORDER)[0] == "cancelled"
    assert house.codes() == set()


def test_what_one_person_may_not_decide_alone(sam: Desk, at_desk: GiveDesk, house: House) -> None:
    """Scrap above the limit waits for another supervisor; a wish becomes an order."""
    before, place = house.on_hand(SKUS[LAMP]), house.place_of(SKUS[LAMP])
    kim, rita = at_desk("supervisor"), at_desk("requester")
    sam.shoot("now")

    sam.at("desk-adjustments").click()
    sam.at("correct").click()
    sam.at("what-scrap").click()
    sam.find("place", place)
    sam.find("item", LAMP)
    sam.at("pieces").fill("25")
    sam.at("reason").filter(has_text="Broken").click()
    sam.shoot("correct")
    sam.at("post").click()
    expect(sam.at("feedback")).to_have_text("Waits for a second person")
    expect(sam.at("adjustment")).to_contain_text("Somebody else must approve")
    expect(sam.at("approve")).to_have_count(0)
    assert house.on_hand(SKUS[LAMP]) == before

    kim.at("desk-now").click()
    kim.figure("adjustments", 1)
    kim.at("tile-adjustments").click()
    kim.shoot("adjustments")
    kim.at("approve").click()
    expect(kim.at("adjustment")).to_have_count(0)
    expect(sam.at("adjustment")).to_have_count(0)
    assert house.on_hand(SKUS[LAMP]) == before - 25

    expect(rita.at("desk-now")).to_have_count(0)
    rita.at("for-whom").fill("Reception")
    rita.find("item", "mug white")
    rita.at("pieces").fill("3")
    rita.at("add").click()
    rita.shoot("wish")
    rita.at("send").click()
    expect(rita.at("standing")).to_have_text("Asked")

    sam.at("desk-now").click()
    sam.figure("requisitions", 1)
    sam.at("tile-requisitions").click()
    sam.at("granted").fill("2")
    sam.shoot("requisitions")
    sam.at("approve").click()
    expect(sam.at("standing")).to_have_text("Granted, waiting")
    expect(rita.at("standing")).to_have_text("Granted, waiting")
    sam.at("desk-now").click()
    expect(sam.row("order", "REQ-0001")).to_contain_text("Reception")
    assert house.order_status("REQ-0001")[0] == "open"


def two_pick_one_order(sam: Desk, paul: Scanner, alex: Scanner) -> str:
    """The walk changes hands while Paul, out of reach, goes on with it; returns the place."""
    take_work(paul)
    paul.wire.cut()
    reassign(sam, "Alex Allround")
    alex.pulled()
    alex.door("pick")
    place = pick(alex)
    pick(paul, "T-08")
    paul.wire.mend()
    for one in (alex, paul):
        one.drained()
    return place


def test_five_contradictions_and_a_count_in_one_day(
    scanner: GiveScanner, sam: Desk, house: House, only_order: str
) -> None:
    """Three handhelds, out of reach of each other, contradict each other in five ways."""
    lamps, towels = house.on_hand(SKUS[LAMP]), house.on_hand(SKUS[TOWEL])
    shelf, mugs = house.place_of(SKUS[TOWEL]), house.place_of(SKUS[MUG])
    counted = house.on_hand(SKUS[MUG]) - 1
    paul, alex, rosa = scanner("B-200"), scanner("B-400"), scanner("B-100")
    place = two_pick_one_order(sam, paul, alex)
    for one, dock in ((rosa, "DOCK-1"), (alex, "DOCK-2")):
        receive_too_much(one, dock)
    clear_out(rosa, shelf, towels, SPARE)
    clear_out(alex, shelf, towels, place)
    count_mugs(alex, mugs, counted)
    for one in (rosa, alex):
        one.wire.mend()
        one.drained()
    assert house.codes() == set(VERDICTS)

    sam.at("desk-exceptions").click()
    for code, (resolution, *tellers) in VERDICTS.items():
        settle(sam, code, resolution, *tellers)
    assert house.codes() == set()

    sam.at("desk-counts").click()
    expect(sam.at("count-sheet")).to_contain_text("-1")
    sam.at("approve").click()
    expect(sam.at("count-sheet")).to_have_count(0)
    assert house.on_hand(SKUS[MUG], mugs) == counted

    sam.at("desk-now").click()
    cancel(sam)
    sam.figure("put_back", 2)
    for one, tote in ((alex, TOTE), (paul, "T-08")):
        one.pulled()
        put_back(one, place, tote)
    sam.figure("put_back", 0)
    assert house.on_hand(SKUS[LAMP], place) == house.on_hand(SKUS[LAMP]) == lamps
    assert house.codes() == set()
