"""A handheld holds so much and no more: work always, of master data what was changed last."""

from collections import Counter

import pytest

from app.kernel import jsontext
from app.proving.handheld import JSON, Handheld
from app.sync import workset
from tests.warehouse import GTINS, TEA, Warehouse

ROOM = 60  # rows, in a house that is too large for it


@pytest.fixture
def full(site: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Handheld:
    """A house of more goods than a handheld has room for, and work to be done in it."""
    monkeypatch.setattr(workset, "MOST_ROWS", ROOM)
    monkeypatch.setattr(workset, "MOST_BYTES", 0)
    for n in range(60):
        site.done("items.save_item", {"sku": f"SKU-{n:02}", "name": f"Goods {n}"})
    site.stock(TEA, 10, "A-01")
    site.order("SO-1", (TEA, 3))
    return site.handheld()


def page(device: Handheld) -> JSON:
    """Catch up and return the last answer; the handheld checks that it holds what it should."""
    device.pull(limit=25)
    _, answer = device.call(
        "GET", f"/api/v1/sync/pull?epoch={device.epoch}&cursor={device.cursor}&limit=25"
    )
    return answer


def held(device: Handheld) -> Counter[str]:
    return Counter(entity for entity, _ in device.rows)


def named(device: Handheld) -> set[str]:
    return {row["sku"] for row in device.all("item")}


def test_it_fits_and_says_how_much_is_left_out(full: Handheld) -> None:
    answer = page(full)

    assert sum(held(full).values()) <= ROOM
    assert answer["left_out"] > 0
    assert sum(each["n"] for each in answer["sums"].values()) == sum(held(full).values())
    # Work, people and places first; of the goods those that were changed last.
    assert held(full)["location"] > 0
    assert "SKU-59" in named(full)
    assert "SKU-00" not in named(full)


def test_what_changes_comes_whether_it_was_left_out_or_not(site: Warehouse, full: Handheld) -> None:
    before = page(full)["left_out"]
    site.done("items.save_item", {"sku": "SKU-00", "name": "Named anew"})

    after = page(full)

    assert "SKU-00" in named(full)
    assert after["left_out"] == before - 1
    assert not after["reset"]


def test_the_sums_agree_however_much_is_left_out(
    full: Handheld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left out is less than what is held, and more: both ways lead to the same sums."""
    for room in (75, 30):
        monkeypatch.setattr(workset, "MOST_ROWS", room)
        full.cursor = ""
        assert page(full)["left_out"] > 0  # and the handheld has compared the sums


def test_work_is_never_left_out(site: Warehouse, full: Handheld) -> None:
    page(full)
    full.record("picking.take_work", {"orders": 1, "scans": []})
    full.sync()

    assert [row["quantity"] for row in full.all("pick_line")] == [3]


def old_code(site: Warehouse, sku: str, code: str) -> str:
    """A barcode of goods that nobody has touched since the house was furnished."""
    site.done("items.save_identifier", {"code": code, "item": site.item(sku)})
    for n in range(60, 130):
        site.done("items.save_item", {"sku": f"SKU-{n}", "name": f"Goods {n}"})
    return code


def codes(device: Handheld) -> set[str]:
    return {row["code"] for row in device.all("identifier")}


def test_a_walk_brings_its_goods_with_every_barcode(site: Warehouse, full: Handheld) -> None:
    """Without network a picker can ask nobody what it is that he has in his hand."""
    code = old_code(site, TEA, "09521000000032")
    site.done("locations.save_location", {"code": "B-03", "kind": "bin"})
    page(full)
    assert TEA not in named(full)
    assert code not in codes(full)
    left = page(full)["left_out"]

    full.record("picking.take_work", {"orders": 1, "scans": []})
    full.sync()

    assert TEA in named(full)
    assert {code, GTINS[TEA]} <= codes(full)
    line = full.all("pick_line")[0]
    assert line["source"] in {row["id"] for row in full.all("location")}
    assert page(full)["left_out"] <= left + 10  # the sums tell as before; what came is no part


def test_what_is_expected_comes_before_what_changed_last(site: Warehouse, full: Handheld) -> None:
    code = old_code(site, "SKU-00", "09521000000032")
    site.purchase_order("PO-1", ("SKU-00", 5))

    page(full)

    assert "SKU-00" in named(full)
    assert code in codes(full)
    assert len(full.channels) <= ROOM


def test_what_work_brought_changes_and_goes_like_the_rest(site: Warehouse, full: Handheld) -> None:
    code = old_code(site, "SKU-00", "09521000000032")
    site.purchase_order("PO-1", ("SKU-00", 5))
    page(full)
    assert ("asked", "item", site.item("SKU-00")) in full.channels

    site.done("items.save_item", {"sku": "SKU-00", "name": "Named anew"})
    site.done("items.save_identifier", {"code": code, "item": site.item(TEA)})
    page(full)

    assert [row["name"] for row in full.all("item") if row["sku"] == "SKU-00"] == ["Named anew"]
    assert ("asked", "item", site.item("SKU-00")) not in full.channels
    meant = {row["item"] for row in full.all("identifier") if row["code"] == code}
    assert site.item(TEA) in meant


def test_what_is_left_out_is_known_before_the_last_page(full: Handheld) -> None:
    """Whoever loses the network in between must know that he does not hold everything."""
    path = f"/api/v1/sync/pull?epoch={full.epoch}&cursor=&limit=25"

    _, answer = full.call("GET", path)

    assert answer["has_more"]
    assert answer["left_out"] > 0


def test_a_set_that_shrank_below_either_bound_is_whole_again(
    site: Warehouse, full: Handheld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that leave make it light enough, long before they are few enough."""
    lines = [site.line(site.purchase_order(f"PO-{n}", ("SKU-00", 5)), 1) for n in range(20)]
    monkeypatch.setattr(workset, "MOST_BYTES", 2_000_000)
    full.cursor = ""
    assert page(full)["left_out"] == 0
    heavy = sum(len(jsontext.write(row)) for row in full.rows.values())
    monkeypatch.setattr(workset, "MOST_BYTES", heavy - 1_500)
    full.cursor = ""
    assert page(full)["left_out"] > 0

    for line in lines:
        short: JSON = {"po_line": line, "asn_line": None, "missing": 5, "reason": None, "scans": []}
        full.record("receiving.report_short", short)
    full.push()

    assert page(full)["left_out"] == 0
    assert sum(held(full).values()) > ROOM


def test_what_was_left_out_is_lent_to_whoever_scans_it(site: Warehouse, full: Handheld) -> None:
    code = {"code": "09521000000032", "item": site.item("SKU-00")}
    site.done("items.save_identifier", code)
    page(full)

    status, answer = full.call("GET", "/api/v1/sync/rows?data=09521000000032")

    assert status == 200
    assert {row["entity"]: row["row"].get("sku") for row in answer["rows"]} == {
        "item": "SKU-00",
        "identifier": None,
    }
    status, answer = full.call("GET", "/api/v1/sync/rows?data=nothing")
    assert (status, answer["rows"]) == (200, [])


def test_with_room_again_everything_comes(full: Handheld, monkeypatch: pytest.MonkeyPatch) -> None:
    page(full)
    monkeypatch.setattr(workset, "MOST_ROWS", 5_000)

    answer = page(full)

    assert answer["left_out"] == 0
    assert {"SKU-00", "SKU-59"} <= named(full)


def test_many_rows_that_are_light_are_held_until_they_are_too_heavy(
    full: Handheld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without network there is nobody to ask: what fits either bound is held whole."""
    monkeypatch.setattr(workset, "MOST_ROWS", 10)
    monkeypatch.setattr(workset, "MOST_BYTES", 2_000_000)
    assert page(full)["left_out"] == 0

    monkeypatch.setattr(workset, "MOST_BYTES", 15_000)
    full.cursor = ""
    assert page(full)["left_out"] > 0
    assert "SKU-59" in named(full)


def test_what_fitted_is_weighed_again_when_it_has_grown_by_a_fifth(
    site: Warehouse, full: Handheld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every row is read for it, so not at each of a thousand pulls."""
    monkeypatch.setattr(workset, "MOST_ROWS", 10)
    monkeypatch.setattr(workset, "MOST_BYTES", 2_000_000)
    page(full)
    rows = sum(held(full).values())
    monkeypatch.setattr(workset, "MOST_BYTES", 15_000)
    assert not page(full)["reset"]

    for n in range(rows // 5 + 2):
        site.done("items.save_item", {"sku": f"MORE-{n:02}", "name": f"More {n}"})
    page(full)
    assert "SKU-00" not in named(full)
