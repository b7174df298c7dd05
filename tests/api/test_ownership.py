"""What belongs to another site does not exist here: not by id, not in a list, not in a file."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.documents.naming import order_id
from app.kernel.ids import derived, uuid7
from app.office.tables.every import TABLES
from app.proving.handheld import Handheld
from tests.api.callers import Caller, at_desk, employ, on_handheld, the_other_site
from tests.warehouse import LAMP, TEA, Warehouse

MARK = "ABROAD"
ABSENT = "00000000-0000-0000-0000-000000000000"


class Abroad:
    """Another site of the same organisation in which something happened."""

    def __init__(self, site: Warehouse) -> None:
        self.house = house = the_other_site(site)
        for code, kind in ((f"{MARK}-1", "bin"), (f"{MARK}-D", "dock"), ("A-01", "bin")):
            house.done("locations.save_location", {"code": code, "kind": kind})
        house.stock(TEA, 4711, f"{MARK}-1")
        self.order = house.order(f"{MARK}-SO", (TEA, 3))
        house.purchase_order(f"{MARK}-PO", (LAMP, 5))
        self.device: Handheld = house.handheld(f"{MARK}-H", "B2")
        self.sheet = house.count(self.device, f"{MARK}-1", (TEA, 4700))
        self.device.sync()
        self.place = house.place(f"{MARK}-1")
        wanted = house.done("counting.ask_for", {"place": house.place("A-01")})
        self.asked = derived(str(wanted.id), f"count|{house.place('A-01')}")
        self.operation = house.count(self.device, "A-01")  # still on the handheld: nobody knows it
        self.device.sync()


@pytest.fixture
def abroad(site: Warehouse) -> Abroad:
    return Abroad(site)


def bosses(site: Warehouse) -> Iterator[Caller]:
    """Whoever may do most, at a desk and on a handheld of here."""
    employ(site, "BOSS", "supervisor", "planner", "admin")
    yield at_desk(site, "BOSS")
    yield on_handheld(site, site.handheld("HERE"), "BOSS")


class TestById:
    def test_paths(self, site: Warehouse, abroad: Abroad) -> None:
        """Foreign and absent are one answer."""
        known = site.handheld("MINE")
        site.receive(known, TEA, 1)
        known.push()
        mine = known.results[1]["id"]
        theirs = abroad.device.results[1]["id"]
        for boss in bosses(site):
            for method, path, own, foreign in (
                ("GET", "/api/v1/office/operations/{}", mine, theirs),
                ("POST", "/api/v1/office/devices/{}/revoke", known.id, abroad.device.id),
            ):
                body: dict[str, Any] = {} if method == "GET" else {"json": {}}
                said = [
                    boss.call(method, path.format(id_), **body) for id_ in (own, foreign, ABSENT)
                ]
                assert [answer.status_code // 100 for answer in said] == [2, 4, 4], boss.name
                assert said[1].get_data() == said[2].get_data()

    def test_files_brought_elsewhere(self, site: Warehouse, abroad: Abroad) -> None:
        employ(site, "AWAY", "supervisor", "planner", "admin")
        away = on_handheld(site, abroad.device, "AWAY")
        file = {"kind": "items", "name": f"{MARK}.csv", "content": "c2t1LG5hbWUKQSxCCg=="}
        brought = away.call("POST", "/api/v1/office/imports", json=file).get_json()["id"]
        one = f"/api/v1/office/imports/{brought}"
        assert away.call("GET", one).status_code == 200
        for boss in bosses(site):
            assert boss.call("GET", one).status_code == 404
            assert boss.call("GET", f"{one}/bad-rows").status_code == 404
            for step in ("preview", "run"):
                assert boss.call("POST", f"{one}/{step}", json={}).status_code == 404
            assert MARK not in boss.call("GET", "/api/v1/office/imports").get_data(as_text=True)

    def test_questions(self, site: Warehouse, abroad: Abroad) -> None:
        tea = site.item(TEA)
        for boss in bosses(site):
            for path in (
                f"/api/v1/stock?place={abroad.place}",
                f"/api/v1/stock?item={tea}",
                f"/api/v1/stock/ledger?holder={abroad.place}&item={tea}",
            ):
                assert boss.call("GET", path).get_json()["items"] == []

    def test_a_handheld_asks_for_places_of_its_own_site(
        self, site: Warehouse, abroad: Abroad
    ) -> None:
        employ(site, "BOSS", "supervisor")
        here = on_handheld(site, site.handheld("HERE"), "BOSS")
        check = {"item": site.item(TEA), "target": abroad.place}
        assert here.call("POST", "/api/v1/putaway/check", json=check).status_code == 404
        scan = {"data": f"TMP:{MARK}-1", "symbology": "qr"}
        resolved = here.call("POST", "/api/v1/scans/resolve", json=scan).get_json()
        assert resolved["type"] == "unknown"

    def test_a_handheld_hands_in_no_queue_of_another_site(
        self, site: Warehouse, abroad: Abroad
    ) -> None:
        mine = site.handheld("MINE")
        queue = {"device": abroad.device.id, "epoch": 1, "first_seq": 1, "ops": []}
        status, _ = mine.call("POST", "/api/v1/sync/rescue", queue)
        assert status == 422


def decisions(site: Warehouse, abroad: Abroad) -> Iterator[tuple[str, dict[str, Any]]]:
    """Requests that name something of the other site."""
    yield "counting.approve", {"sheet": abroad.sheet}
    yield "counting.reject", {"sheet": abroad.sheet}
    yield "counting.recount", {"sheet": abroad.sheet}
    yield "counting.ask_for", {"place": abroad.place}
    yield "counting.withdraw", {"task": abroad.asked}
    yield "ordering.cancel_order", {"number": f"{MARK}-SO"}
    yield "ordering.prioritise", {"number": f"{MARK}-SO", "priority": 1}
    yield "ordering.hold_back", {"number": f"{MARK}-SO"}
    yield "picking.reassign", {"task": derived(abroad.order, "task"), "device": None}
    opened = {"place": abroad.place, "goods": site.goods(TEA, 5)}
    yield "stock.open_stock", opened


class TestDecisions:
    def test_nothing_abroad_is_decided_from_here(self, site: Warehouse, abroad: Abroad) -> None:
        employ(site, "BOSS", "supervisor", "admin")
        boss = at_desk(site, "BOSS")
        for kind, payload in decisions(site, abroad):
            body = {"id": uuid7(), "kind": kind, "payload": payload}
            answer = boss.call("POST", "/api/v1/operations", json=body)
            said = answer.get_json()
            assert answer.status_code == 422 or said["outcome"] == "exception", (kind, said)
        assert abroad.house.on_hand(TEA, f"{MARK}-1") == 4711
        assert order_id(abroad.house.site, f"{MARK}-SO") == abroad.order

    def test_a_badge_without_a_pin_decides_nothing(self, site: Warehouse) -> None:
        """Cold start opens floor work; whoever claims to be the supervisor approves nothing."""
        counter = site.handheld("H1")
        site.stock(TEA, 20, "A-01")
        sheet = site.count(counter, "A-01", (TEA, 3))
        counter.push()
        counter.actor, counter.grant = site.person("S1"), None
        counter.record("counting.approve", {"sheet": sheet, "note": None, "reason": None})
        counter.push()

        said = counter.results[3]
        assert (said["outcome"], said["codes"]) == ("exception", ["sync.unsupported"])
        assert site.on_hand(TEA, "A-01") == 20

    def test_who_left_asks_for_nothing(self, site: Warehouse) -> None:
        device = site.handheld("H1", "S1")
        gone = {"badge": "S1", "name": "Person S1", "roles": ["supervisor"], "active": False}
        site.done("people.save_person", gone)
        device.record("picking.take_work", {"orders": 1, "scans": []})
        device.push()

        assert device.results[1]["outcome"] == "refused"


class TestLists:
    def test_no_list_names_what_is_abroad(self, site: Warehouse, abroad: Abroad) -> None:
        """Every list and file of the office, and everything a handheld fetches."""
        lists = [
            "/exceptions?state=all", "/counts", "/counts/asked", "/adjustments",
            "/requisitions?state=all", "/office/rules", "/office/codes",
            *(f"/office/codes/find?what={what}&q={q}" for what in ("item", "place", "lpn", "person")
              for q in ("A", "B", "M")),
            "/adjustments/find?what=place&q=A", "/office/now", "/office/now/orders",
            "/office/opening", "/office/start", "/office/imports", "/office/labels",
            *(f"/office/tables/{name}{end}" for name in TABLES for end in ("", ".csv")),
        ]  # fmt: skip
        for boss in bosses(site):
            for path in lists:
                answer = boss.call("GET", f"/api/v1{path}")
                assert MARK not in answer.get_data(as_text=True), path

    def test_no_handheld_fetches_what_is_abroad(self, site: Warehouse, abroad: Abroad) -> None:
        mine = site.handheld("MINE")
        mine.pull()
        assert mine.rows
        assert MARK not in repr(mine.rows)
        abroad.device.pull()
        assert MARK in repr(abroad.device.rows)
