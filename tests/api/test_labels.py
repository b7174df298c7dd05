"""Labels from the records of the site: printed by the office, read by a scanner, understood."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.items.naming import packaging_id
from app.kernel.ids import derived
from app.labels.cli import labels
from tests.api.desk import OFFICE, bearer, visitor
from tests.unit.labels.reading import opened, pictures, scans
from tests.unit.labels.zebra import printed
from tests.warehouse import GTINS, LAMP, MILK, TEA, Warehouse

LABELS = f"{OFFICE}/labels"


def get(site: Warehouse, path: str, role: str = "planner") -> TestResponse:
    return visitor(site).get(f"{LABELS}{path}", headers=bearer(site, role))


def told(site: Warehouse, query: str) -> dict[str, Any]:
    body: dict[str, Any] = get(site, query).get_json()
    return body


def on_paper(site: Warehouse, path: str) -> list[tuple[str, str]]:
    answer = get(site, path)
    assert answer.status_code == 200, answer.get_json(silent=True)
    return [scan for page in pictures(answer.data) for scan in scans(page)]


def meant(site: Warehouse, scan: tuple[str, str]) -> tuple[str, str]:
    """What the site makes of a scan: the type and the words."""
    body = {"data": scan[1], "symbology": scan[0]}
    device = site.handheld(f"H{scan}")
    headers = {"Authorization": f"Device {device.credential}"}
    status, answer = site.wire("POST", "/api/v1/scans/resolve", body, headers)
    assert status == 200, answer
    return answer["type"], str(answer["label"])


class TestPlaces:
    def test_are_read_back_and_lead_to_the_place(self, site: Warehouse) -> None:
        read = on_paper(site, "/location.pdf?first=A-01&last=A-03&symbology=code128")

        assert read == [("]C0", f"TMP:A-{n:02d}") for n in (1, 2, 3)]
        assert meant(site, read[1]) == ("place", "A-02")

    def test_of_a_range_are_those_within_every_part(self, site: Warehouse) -> None:
        for bay in range(1, 4):
            for level in range(1, 5):
                code = f"C-{bay:02d}-{level}"
                site.done("locations.save_location", {"code": code, "kind": "bin"})

        chosen = told(site, "?kind=location&first=C-01-1&last=C-03-2&copies=3")

        assert chosen == {
            "labels": 6, "pages": 2, "first": "C-01-1", "last": "C-03-2",
        }  # fmt: skip

    @pytest.mark.parametrize("query", ["zone=NONE", "purpose=x", "first=zzz"])
    def test_that_are_not_there_are_not_printed(self, site: Warehouse, query: str) -> None:
        assert get(site, f"/location.pdf?{query}").status_code == 404

    def test_of_the_books_have_no_label(self, site: Warehouse) -> None:
        read = on_paper(site, "/location.pdf")

        assert len(read) == told(site, "")["labels"]
        assert not any("@" in data for _, data in read)


class TestGoods:
    def test_items_are_read_as_the_shop_prints_them(self, site: Warehouse) -> None:
        (read,) = on_paper(site, f"/item.pdf?first={TEA}")

        assert read == ("]E0", GTINS[TEA][1:])
        assert meant(site, read)[0] == "item"

    def test_items_without_a_code_are_read_by_their_sku(self, site: Warehouse) -> None:
        site.done("items.save_item", {"sku": "SCREW-8", "name": "Screw"})

        (read,) = on_paper(site, "/item.pdf?first=SCREW-8")

        assert read == ("]C0", "SCREW-8")
        assert meant(site, read)[0] == "item"

    def test_packagings_have_their_own_code(self, site: Warehouse) -> None:
        case = {"name": "Case", "quantity": 12}
        site.done("items.save_item", {"sku": TEA, "name": "Green tea", "packagings": [case]})
        code = {
            "code": "19521234543210",
            "item": site.item(TEA),
            "packaging": packaging_id(site.item(TEA), "Case"),
        }
        site.done("items.save_identifier", code)

        assert on_paper(site, "/packaging.pdf") == [("]C1", "0119521234543210")]

    def test_lots_are_known_from_their_first_receipt(self, site: Warehouse) -> None:
        device = site.handheld()
        lot = {"data": "(10)L7", "symbology": "keyed"}
        gtin = {"data": f"(01){GTINS[MILK]}", "symbology": "keyed"}
        site.receive(
            device, MILK, 12, lot=site_lot(site, "L7"), expiry="2027-03-31", scans=[gtin, lot]
        )
        device.sync()

        (read,) = on_paper(site, f"/lot.pdf?first={MILK}")

        assert read == ("]C1", f"01{GTINS[MILK]}1727033110L7")
        assert told(site, f"?kind=lot&first={MILK}&lot=L8")["labels"] == 0


def site_lot(site: Warehouse, code: str) -> str:
    return derived(site.item(MILK), code)


class TestUnitsAndPeople:
    def test_units_need_not_be_known_yet(self, site: Warehouse) -> None:
        read = on_paper(site, "/lpn.pdf?first=U-0008&last=U-0010&symbology=code128")

        assert read == [("]C0", f"TMU:U-{n:04d}") for n in (8, 9, 10)]

    def test_sscc_run_without_their_check_digit(self, site: Warehouse) -> None:
        query = "first=395012345678901238&last=395012345678901252&media=roll-105x148"

        read = on_paper(site, f"/lpn.pdf?{query}")

        assert [data for _, data in read] == [
            "00395012345678901238",
            "00395012345678901245",
            "00395012345678901252",
        ]

    def test_totes(self, site: Warehouse) -> None:
        assert [d for _, d in on_paper(site, "/tote.pdf?first=T-01&last=T-03")] == [
            "TMT:T-01", "TMT:T-02", "TMT:T-03",
        ]  # fmt: skip

    def test_units_that_are_not_built_alike_are_no_range(self, site: Warehouse) -> None:
        answer = get(site, "/tote.pdf?first=T-01&last=X-1-1")

        assert (answer.status_code, answer.get_json()["code"]) == (422, "labels.no_range")

    def test_more_than_anybody_prints_are_refused(self, site: Warehouse) -> None:
        answer = get(site, "/tote.pdf?first=T-0001&last=T-9999")

        assert (answer.status_code, answer.get_json()["code"]) == (422, "labels.too_many")

    def test_badges_of_everybody_and_of_one(self, site: Warehouse) -> None:
        assert [data for _, data in on_paper(site, "/badge.pdf")] == [
            "TMB:B1", "TMB:B2", "TMB:C1", "TMB:S1",
        ]  # fmt: skip
        assert on_paper(site, "/badge.pdf?first=B1&symbology=code128") == [("]C0", "TMB:B1")]

    def test_the_code_that_checks_a_scanner(self, site: Warehouse) -> None:
        signs = '91YzAqWmi-_/:.()+=?%&"\x1d9203456781'

        assert on_paper(site, "/scanner.pdf") == [("]C1", signs)]

    def test_the_command_sheet(self, site: Warehouse) -> None:
        assert ("]Q1", "TMC:UNDO") in on_paper(site, "/command.pdf")


class TestForms:
    def test_a_picture_shows_one_page(self, site: Warehouse) -> None:
        answer = get(site, "/tote.png?first=T-01&last=T-30&page=2")

        assert answer.mimetype == "image/png"
        assert [data for _, data in scans(opened(answer.data))] == [
            f"TMT:T-{n}" for n in range(25, 31)
        ]
        assert get(site, "/tote.png?first=T-01&last=T-30&page=3").status_code == 404

    def test_a_drawing_is_svg_without_scripts(self, site: Warehouse) -> None:
        answer = get(site, "/tote.svg?first=T-<script>")

        assert answer.mimetype == "image/svg+xml"
        assert "<script" not in answer.get_data(as_text=True)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]

    @pytest.mark.parametrize("dpi", [203, 300])
    def test_a_label_printer_gets_its_own_language(self, site: Warehouse, dpi: int) -> None:
        answer = get(site, f"/tote.zpl?first=T-01&last=T-02&media=roll-57x32&copies=2&dpi={dpi}")

        first, second = printed(answer.get_data(as_text=True))

        assert scans(first.picture) == [("]Q1", "TMT:T-01")]
        assert scans(second.picture) == [("]Q1", "TMT:T-02")]
        assert first.copies == 2

    def test_a_sheet_is_no_roll(self, site: Warehouse) -> None:
        assert get(site, "/tote.zpl?first=T-01").status_code == 404

    @pytest.mark.parametrize("path", ["/tote.exe?first=T", "/__class__.pdf", "/secret.pdf"])
    def test_what_there_is_not(self, site: Warehouse, path: str) -> None:
        assert get(site, path).status_code == 404

    @pytest.mark.parametrize("query", ["media=a5", "symbology=aztec", "arrow=left", "nonsense=1"])
    def test_what_nobody_offers_is_refused(self, site: Warehouse, query: str) -> None:
        assert get(site, f"/tote.pdf?first=T-1&{query}").status_code == 422

    def test_paper_that_is_too_small_is_refused(self, site: Warehouse) -> None:
        answer = get(site, "/lpn.pdf?first=U-1&media=roll-57x32")

        assert (answer.status_code, answer.get_json()["code"]) == (422, "labels.wrong_media")

    def test_every_kind_names_paper_it_fits(self, site: Warehouse) -> None:
        kinds = {one["kind"]: one for one in told(site, "/kinds")["items"]}

        assert set(kinds) == {
            "location", "item", "packaging", "lot", "lpn", "tote", "badge", "command",
            "scanner",
        }  # fmt: skip
        for one in kinds.values():
            assert one["usual"] in [media["name"] for media in one["media"]]
            assert any(media["roll"] for media in one["media"])
        assert json.dumps(kinds)


class TestInvitations:
    def test_are_labels_that_let_handhelds_in(self, site: Warehouse) -> None:
        desk, headers = visitor(site), bearer(site, "supervisor")
        answer = desk.post(f"{LABELS}/enrolment", json={"count": 3}, headers=headers).get_json()

        (page,) = pictures(b64decode(answer["pdf"]))
        codes = [data for said, data in scans(page) if said == "]Q1"]

        assert len(set(codes)) == answer["count"] == 3
        for code in codes:
            body = {"enrolment_code": code.removeprefix("TME:"), "label": "H"}
            assert site.wire("POST", "/api/v1/devices", body, {})[0] == 201

    def test_are_not_for_everybody(self, site: Warehouse) -> None:
        headers = bearer(site, "planner")
        answer = visitor(site).post(f"{LABELS}/enrolment", json={"count": 1}, headers=headers)

        assert answer.status_code == 403


class TestTheCommandLine:
    def test_writes_the_same_labels(self, site: Warehouse, tmp_path: Path) -> None:
        sheet, roll = tmp_path / "totes.pdf", tmp_path / "totes.zpl"
        run = site.app.test_cli_runner().invoke
        totes = ("tote", "--first", "T-1", "--last", "T-2")

        made = run(labels, [*totes, str(sheet)])
        fed = run(labels, [*totes, "--media", "roll-57x32", "--dpi", "300", str(roll)])

        assert (made.exit_code, fed.exit_code) == (0, 0), made.output + fed.output
        (page,) = pictures(sheet.read_bytes())
        expected = [("]Q1", "TMT:T-1"), ("]Q1", "TMT:T-2")]
        assert scans(page) == expected
        assert [s for one in printed(roll.read_text()) for s in scans(one.picture)] == expected

    @pytest.mark.parametrize("wrong", [("tote",), ("tote", "--first", "A", "--last", "1")])
    def test_says_when_there_are_none(
        self, site: Warehouse, tmp_path: Path, wrong: tuple[str, ...]
    ) -> None:
        answer = site.app.test_cli_runner().invoke(labels, [*wrong, str(tmp_path / "x.pdf")])

        assert answer.exit_code == 1
        assert "Error: " in answer.output


def test_a_counter_prints_nothing(site: Warehouse) -> None:
    assert get(site, "/lot.pdf?first=MILK", role="counter").status_code == 403
    assert get(site, f"/item.pdf?first={LAMP}", role="counter").status_code == 403
