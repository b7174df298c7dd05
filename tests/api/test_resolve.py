"""What a code means here: one thing, several, or nothing; never a guess."""

import pytest

from app.proving.handheld import Handheld
from tests.warehouse import GTINS, TEA, Warehouse


def meaning(device: Handheld, data: str, symbology: str | None = None) -> tuple[str, str | None]:
    status, body = device.call(
        "POST", "/api/v1/scans/resolve", {"data": data, "symbology": symbology}
    )
    assert status == 200
    return body["type"], body["id"]


class TestResolveScan:
    def test_known_codes(self, site: Warehouse) -> None:
        device = site.handheld()
        order = site.order("SO-1", (TEA, 1))
        tea = ("item", site.item(TEA))

        assert meaning(device, "A-01") == ("place", site.place("A-01"))
        assert meaning(device, "TMP:A-01") == ("place", site.place("A-01"))
        assert meaning(device, GTINS[TEA]) == tea
        assert meaning(device, GTINS[TEA][1:]) == tea  # as EAN-13
        assert meaning(device, f"(01){GTINS[TEA]}(10)L1") == tea
        assert meaning(device, TEA) == tea
        assert meaning(device, "SO-1") == ("order", order)
        assert meaning(device, "TMB:B1") == ("person", site.person("B1"))
        assert meaning(device, "TMC:UNDO") == ("command", "UNDO")

    @pytest.mark.parametrize("code", ["", "nothing", "\x00\x1b[2J", "<b>", "@customer", "9" * 500])
    def test_unknown_codes_are_unknown(self, site: Warehouse, code: str) -> None:
        device = site.handheld()
        status, body = device.call(
            "POST", "/api/v1/scans/resolve", {"data": code, "symbology": None}
        )

        assert status in (200, 422)
        assert body.get("type", "unknown") in (
            "unknown",
            f"urn:tallyman:problem:{body.get('code')}",
        )

    def test_two_meanings_are_both_named(self, site: Warehouse) -> None:
        site.done("locations.save_location", {"code": TEA, "kind": "bin"})
        device = site.handheld()

        _, body = device.call("POST", "/api/v1/scans/resolve", {"data": TEA, "symbology": None})

        assert body["type"] == "ambiguous"
        assert {(m["type"], m["id"]) for m in body["readings"]} == {
            ("item", site.item(TEA)),
            ("place", site.place(TEA)),
        }
