"""What cannot be read, or is not a handheld's to say, is kept and blocks nothing."""

import json

import pytest

from tests.api.sync.wiring import filled
from tests.properties.hands import answers, lay, log, see, stored
from tests.warehouse import LAMP, TEA, Warehouse

RESCUE = "/api/v1/sync/rescue"


class TestUnreadable:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "null",
            "{}",
            "[" * 20_000,
            '{"v":1,"quantity":NaN}',
            '{"id":"\ud800"}',
            "\udfff\ud800\x00",
            "x" * 20_000,
            "9" * 6_000,
        ],
        ids=["empty", "null", "object", "deep", "nan", "surrogate", "raw", "long", "number"],
    )
    def test_is_kept_and_blocks_nothing(self, site: Warehouse, text: str) -> None:
        device = filled(site, 1)
        device.put(text)
        lay(site, device, LAMP, 2, "A-01")
        device.push()

        assert answers(device)[2] == ("exception", ("sync.unreadable",))
        assert site.on_hand(LAMP) == 2
        (row,) = [row for row in log() if row.codes == ["sync.unreadable"]]
        assert row.envelope == text.encode("utf-8", "surrogatepass")[: 16 * 1024]
        device.push_once(first=1)
        assert device.results[2]["duplicate"]

    @pytest.mark.parametrize(
        "over",
        [
            {"device": "1e0c5d52-94d3-5b3e-8d4e-1c2f6d0f0a11"},
            {"epoch": 2},
            {"seq": 9},
            {"seq": True},
            {"v": 2},
            {"id": "not-an-id"},
            {"kind": None},
            {"actor": "\ud800"},
            {"wall_ms": "noon"},
            {"wall_ms": 2**60},
            {"lease": -1},
            {"more": 1},
        ],
        ids=str,
    )
    def test_so_is_an_envelope_that_contradicts_its_push(
        self, site: Warehouse, over: dict[str, object]
    ) -> None:
        device = filled(site, 1)
        envelope = json.loads(device.queue.pop())
        device.put(json.dumps({**envelope, **over}))
        lay(site, device, LAMP, 2, "A-01")
        device.push()

        assert answers(device)[1] == ("exception", ("sync.unreadable",))
        assert site.on_hand(TEA) == 0
        assert site.on_hand(LAMP) == 2

    def test_its_id_is_not_believed(self, site: Warehouse) -> None:
        one, two = filled(site, 1), site.handheld("H2", "B2")
        two.put(json.dumps({**json.loads(one.queue[0]), "seq": "1"}))  # wears the other's id
        two.push()
        one.push()

        assert site.on_hand(TEA) == 1

    def test_a_payload_that_cannot_be_read_names_its_fields(self, site: Warehouse) -> None:
        device = site.handheld()
        device.record("counting.finish_bin", {"sheet": 1, "place": None, "empty": "no"})
        device.push()

        row = stored(device.results[1]["id"])
        assert row.detail == {"fields": ["empty", "place", "sheet"]} or row.detail


class TestOnlyHands:
    def test_desks_decisions_do_not_come_out_of_a_handheld(self, site: Warehouse) -> None:
        device = site.handheld(badge="S1")
        sheet = see(site, device, "A-01")
        device.record("counting.approve", {"sheet": sheet, "note": None})
        device.record("items.save_item", {"sku": "X", "name": "X"})
        device.record(
            "system.declare_loss",
            {"device": device.id, "epoch": 1, "first": 1, "last": 2, "at_least": 2},
        )
        device.push()

        assert [answers(device)[n] for n in (2, 3, 4)] == [("exception", ("sync.unsupported",))] * 3
        assert "device_gap" not in site.codes()
