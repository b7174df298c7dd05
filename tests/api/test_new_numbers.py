"""Numbers for new units: blocks a handheld uses without a network, and nobody else ever."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.db import db
from app.identification import identify
from app.labels.numbers import number
from app.proving.handheld import Handheld
from tests.api.callers import on_handheld, the_other_site
from tests.api.desk import OFFICE, bearer, visitor
from tests.unit.labels.fake_printer import nobody_there
from tests.unit.labels.reading import scans
from tests.unit.labels.zebra import printed
from tests.warehouse import GTINS, MILK, TEA, Warehouse

PREFIX = "39501234"
NUMBERS = "/api/v1/labels/numbers"


def ask(
    site: Warehouse, device: Handheld, kind: str = "lpn", after: str | None = None
) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Device {device.credential}"}
    return site.wire("POST", NUMBERS, {"kind": kind, "after": after}, headers)


def block(site: Warehouse, device: Handheld, kind: str = "lpn", after: str | None = None) -> Any:
    status, answer = ask(site, device, kind, after)
    assert status == 200, answer
    return answer["block"]


def spelled(block: dict[str, Any]) -> Iterator[str]:
    for n in range(block["first"], block["first"] + block["size"]):
        yield number(block["kind"], block["prefix"], n)


@pytest.fixture
def company(site: Warehouse) -> Warehouse:
    """The site has a GS1 company prefix."""
    described = {"code": "S1", "name": "Test site", "settings": {"sscc_prefix": PREFIX}}
    site.done("locations.save_site", described)
    return site


class TestBlocks:
    def test_of_two_handhelds_never_meet(self, site: Warehouse) -> None:
        first, second = site.handheld("H1"), site.handheld("H2", "B2")

        blocks = [block(site, device) for device in (first, second, first, second)]

        given = [number for one in blocks for number in spelled(one)]
        assert len(given) == len(set(given)) == 4 * 200

    def test_whose_answer_got_lost_are_given_again(self, site: Warehouse) -> None:
        device = site.handheld()
        first = block(site, device)
        lost = block(site, device, after=first["id"])

        again = block(site, device, after=first["id"])

        assert again == lost
        assert block(site, device, after=lost["id"])["first"] > lost["first"]

    def test_of_a_handheld_that_forgot_are_not_given_again(self, site: Warehouse) -> None:
        """It may have used some of them before."""
        device = site.handheld()
        first = block(site, device)

        assert block(site, device, after=None)["first"] >= first["first"] + first["size"]

    def test_of_another_handheld_are_not_continued(self, site: Warehouse) -> None:
        first, second = site.handheld("H1"), site.handheld("H2", "B2")
        theirs = block(site, first)
        more = block(site, first, after=theirs["id"])

        assert block(site, second, after=theirs["id"])["id"] != more["id"]

    def test_leave_out_what_somebody_wrote_on_a_unit_before(self, site: Warehouse) -> None:
        device = site.handheld()
        lpn = site.lpn("U0000007")
        scan = {"data": "TMU:U0000007", "symbology": "keyed"}
        site.receive(device, TEA, 4, lpn=lpn, scans=[scan])
        device.sync()

        assert "U0000007" not in set(spelled(block(site, device)))

    def test_asked_for_at_the_same_time_are_different(self, site: Warehouse) -> None:
        devices = [site.handheld(f"H{n}") for n in range(4)]

        def get(device: Handheld) -> int:
            with site.app.app_context():
                try:
                    return int(block(site, device)["first"])
                finally:
                    db.session.remove()

        with ThreadPoolExecutor(4) as pool:
            firsts = list(pool.map(get, devices))

        assert len(set(firsts)) == 4


class TestSscc:
    def test_has_a_check_digit_and_is_read_as_one(self, company: Warehouse) -> None:
        codes = list(spelled(block(company, company.handheld(), "sscc")))

        assert codes[0].startswith(PREFIX)
        assert all(identify(code, None).sscc == code for code in codes)

    def test_needs_a_company_prefix(self, site: Warehouse) -> None:
        status, answer = ask(site, site.handheld(), "sscc")

        assert (status, answer["code"]) == (422, "labels.no_prefix")

    def test_of_one_company_on_two_sites_never_meet(self, company: Warehouse) -> None:
        other = the_other_site(company)
        described = {"code": "Z9", "name": "Other", "settings": {"sscc_prefix": PREFIX}}
        other.done("locations.save_site", described)

        here = block(company, company.handheld(), "sscc")
        there = block(other, other.handheld("H2", "B2"), "sscc")

        assert not set(spelled(here)) & set(spelled(there))

    @pytest.mark.parametrize("prefix", ["", "123", "39501234567890", "3950123x", 39501234])
    def test_is_not_made_from_what_is_no_prefix(self, site: Warehouse, prefix: Any) -> None:
        described = {"code": "S1", "name": "Test site", "settings": {"sscc_prefix": prefix}}
        site.done("locations.save_site", described)

        assert ask(site, site.handheld(), "sscc")[0] == 422

    def test_ends_where_the_prefix_has_no_more(self, site: Warehouse) -> None:
        described = {"code": "S1", "name": "Test site", "settings": {"sscc_prefix": "3" * 13}}
        site.done("locations.save_site", described)
        device = site.handheld()
        status, answer = 200, dict[str, Any]()
        for _ in range(60):
            status, answer = ask(site, device, "sscc")
            if status != 200:
                break

        assert (status, answer["code"]) == (422, "labels.numbers_used_up")


class TestTheOffice:
    def test_gets_numbers_that_are_nobody_elses(self, company: Warehouse) -> None:
        client, headers = visitor(company), bearer(company, "planner")
        ours = set(spelled(block(company, company.handheld(), "sscc")))

        body = {"kind": "sscc", "count": 3}
        given = client.post(f"{OFFICE}/labels/numbers", json=body, headers=headers).get_json()
        query = f"first={given['first']}&last={given['last']}"
        counted = client.get(f"{OFFICE}/labels?kind=lpn&{query}", headers=headers).get_json()

        assert counted["labels"] == 3
        assert given["first"] not in ours


class TestAtTheDock:
    """One tap after receiving."""

    def wish(self, **over: Any) -> dict[str, Any]:
        blank = dict.fromkeys(("code", "item", "lot", "expiry", "quantity"))
        return {"id": "0198a000-0000-7000-8000-0000000000aa", "kind": "lpn", **blank, **over}

    def post(self, site: Warehouse, wish: dict[str, Any]) -> Any:
        caller = on_handheld(site, site.handheld("H1"), "B1", "receiver")
        answer = caller.call("POST", "/api/v1/labels/print", json=wish)
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()

    def test_a_label_of_the_pallet_just_filled(self, site: Warehouse) -> None:
        desk, headers = visitor(site), bearer(site, "admin")
        dock = {"name": "Dock", "host": "127.0.0.1", "port": nobody_there(), "dpi": 300}
        body = {**dock, "media": "roll-105x148"}
        desk.post(f"{OFFICE}/printers", json=body, headers=headers)
        wish = self.wish(code="U0000001", item=site.item(MILK), lot="L7", quantity=48)

        told = self.post(site, {**wish, "expiry": "2027-03-31"})

        assert told["printer"] == "Dock"
        (content,) = contents()
        (label,) = printed(content)
        assert scans(label.picture) == [("]C0", "TMU:U0000001")]
        assert {"MILK", "L7", "2027-03-31", "48 pcs"} <= set(label.words)

    def test_without_a_printer_is_drawn_for_the_browser(self, site: Warehouse) -> None:
        wish = self.wish(kind="lot", item=site.item(MILK), lot="L7", expiry="2027-03-31")

        told = self.post(site, wish)

        assert told["printer"] is None
        assert told["page"]["source"].startswith("data:image/svg+xml;base64,")

    def test_of_an_item_alone(self, site: Warehouse) -> None:
        assert GTINS[TEA]
        assert self.post(site, self.wish(kind="item", item=site.item(TEA)))["page"]

    def test_of_nothing_is_refused(self, site: Warehouse) -> None:
        caller = on_handheld(site, site.handheld("H1"), "B1", "receiver")

        for wrong in (self.wish(), self.wish(kind="lot"), {**self.wish(), "book": 1}):
            answer = caller.call("POST", "/api/v1/labels/print", json=wrong)
            assert answer.status_code == 422


def contents() -> list[str]:
    from app.db import snapshot  # noqa: PLC0415
    from app.labels.models import PrintJob  # noqa: PLC0415

    with snapshot() as session:
        return [job.content or "" for job in session.query(PrintJob)]
