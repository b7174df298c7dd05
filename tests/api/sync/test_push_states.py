"""Every answer of a push: prefix, gap, fork, repeat, closed and forgotten journals, rescue."""

import json

import pytest

from app.db import writing
from app.kernel.clock import now
from app.kernel.ids import uuid7
from app.people.models import Device
from app.pipeline.models import Epoch
from app.proving.handheld import Handheld
from tests.api.sync.wiring import PUSH, problem, send
from tests.operations.records import record
from tests.properties.hands import answers, lay, log, open_codes, rewritten, rotate, see, stored
from tests.warehouse import LAMP, TEA, Warehouse

RESCUE = "/api/v1/sync/rescue"


def revoke(device: Handheld) -> None:
    with writing() as session:
        session.get_one(Device, device.id).revoked_at = now()


def filled(site: Warehouse, operations: int = 4) -> Handheld:
    device = site.handheld()
    for n in range(1, operations + 1):
        lay(site, device, TEA, n, "A-01")
    return device


class TestGap:
    def test_names_what_is_missing_and_applies_nothing(self, site: Warehouse) -> None:
        device = filled(site)
        status, body = device.push_once(first=3)
        assert (status, body["code"], body["expected_seq"]) == (409, "sync.sequence_gap", 1)
        assert site.on_hand(TEA) == 0

        device.push()
        assert site.on_hand(TEA) == 10

    def test_a_heartbeat_is_answered_and_remembered(self, site: Warehouse) -> None:
        device = filled(site)
        status, body = device.push_once(count=0)
        assert (status, body["results"], body["expected_seq"]) == (200, [], 1)
        assert record(Epoch, (device.id, 1)).head_seq == 4  # type: ignore[arg-type]


class TestOverlap:
    def test_what_is_known_is_answered_as_before_and_the_rest_applied(
        self, site: Warehouse
    ) -> None:
        device = filled(site)
        device.push_once(count=2)
        _, body = device.push_once(first=1, count=4)

        assert [(r["seq"], r["duplicate"]) for r in body["results"]] == [
            (1, True), (2, True), (3, False), (4, False),
        ]  # fmt: skip
        assert site.on_hand(TEA) == 10

    def test_other_bytes_under_the_same_number_are_a_clone(self, site: Warehouse) -> None:
        device = filled(site)
        device.push_once(count=2)
        device.queue[1] = device.queue[1].replace('"quantity":2', '"quantity":20')
        status, body = device.push_once(first=1, count=4)

        assert (status, body["code"], body["seq"]) == (409, "sync.rotate_epoch", 2)
        assert site.on_hand(TEA) == 3

    def test_a_chain_that_does_not_connect_is_a_clone(self, site: Warehouse) -> None:
        device = filled(site)
        device.push_once(count=2)
        envelope = json.loads(device.queue[2])
        device.queue[2] = json.dumps({**envelope, "prev": "f" * 64})
        status, body = device.push_once(count=1)

        assert (status, body["code"]) == (409, "sync.rotate_epoch")
        assert device.sent == 2


class TestRotation:
    def test_is_the_same_however_often_it_is_asked(self, site: Warehouse) -> None:
        device = filled(site)
        rotation = uuid7()
        first = rotate(device, rotation)
        assert first == (200, {"epoch": 2, "expected_seq": 1})
        assert rotate(device, rotation) == first
        assert rotate(device, uuid7())[1]["epoch"] == 3
        assert record(Epoch, (device.id, 1)).closed  # type: ignore[arg-type]

    def test_what_was_applied_is_an_alias_and_keeps_its_answer(self, site: Warehouse) -> None:
        device = filled(site, 2)
        device.push_once(count=1)
        first = device.results[1]
        _, answer = rotate(device, uuid7())
        rewritten(device, list(device.queue), answer["epoch"])
        device.push()

        assert device.results[1] == {**first, "duplicate": True}
        assert site.on_hand(TEA) == 3

    def test_a_stolen_id_is_no_alias(self, site: Warehouse) -> None:
        device = filled(site, 1)
        device.push()
        _, answer = rotate(device, uuid7())
        changed = device.queue[0].replace('"quantity":1', '"quantity":9')
        rewritten(device, [changed], answer["epoch"])
        device.push()
        first = device.results[1]
        device.push_once(first=1)

        assert answers(device) == {1: ("exception", ("sync.id_reused",))}
        assert device.results[1] == {**first, "duplicate": True}
        assert site.on_hand(TEA) == 1

    def test_the_same_id_twice_in_one_batch_counts_once(self, site: Warehouse) -> None:
        device = filled(site, 1)
        envelope = json.loads(device.queue[0])
        again = {**envelope, "seq": 2, "prev": device.prev}
        device.put(json.dumps(again))
        device.push()

        assert device.results[2]["duplicate"]
        assert site.on_hand(TEA) == 1

    def test_the_other_clone_opens_the_journal_again(self, site: Warehouse) -> None:
        device = filled(site)
        device.push_once(count=2)
        rotate(device, uuid7())
        device.push()

        assert site.on_hand(TEA) == 10
        assert not record(Epoch, (device.id, 1)).closed  # type: ignore[arg-type]

    def test_a_loss_is_put_before_a_supervisor_once(self, site: Warehouse) -> None:
        device = filled(site)
        rotation = uuid7()
        for _ in range(2):
            status, _ = rotate(device, rotation, reason="wiped", lost=[1, None], head_seq=4)
            assert status == 200
        assert open_codes() == {("device_gap", f"{device.id}|1")}
        assert len([row for row in log() if row.kind == "system.declare_loss"]) == 1

    def test_after_a_restore_a_forgotten_journal_can_be_left(self, site: Warehouse) -> None:
        device = filled(site)
        device.epoch = 7
        status, answer = rotate(device, uuid7())
        assert (status, answer["epoch"]) == (200, 8)

    def test_an_unknown_journal_is_adopted_from_its_start(self, site: Warehouse) -> None:
        device = filled(site)
        rewritten(device, list(device.queue), 9)
        assert device.push_once(first=2)[1]["code"] == "sync.sequence_gap"
        device.push()
        assert site.on_hand(TEA) == 10
        assert rotate(device, uuid7())[1]["epoch"] == 10


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

        assert [answers(device)[n] for n in (2, 3, 4)] == [
            ("exception", ("sync.unsupported",))
        ] * 3
        assert "device_gap" not in site.codes()


class TestPeople:
    def test_doubts_flag_a_fact_and_refuse_a_request(self, site: Warehouse) -> None:
        device = site.handheld(badge="C1")
        lay(site, device, TEA, 1, "A-01")  # counts, does not receive
        device.grant = None
        lay(site, device, TEA, 1, "A-01")
        device.grant = uuid7()
        lay(site, device, TEA, 1, "A-01")
        device.record("picking.take_work", {"orders": 1, "scans": []})
        device.actor = None
        lay(site, device, TEA, 1, "A-01")
        device.push()

        assert answers(device) == {
            1: ("flagged", ("sync.role_missing", "not_ordered")),
            2: ("flagged", ("sync.role_missing", "sync.actor_unverified", "not_ordered")),
            3: ("exception", ("sync.actor_unproven",)),
            4: ("refused", ("sync.actor_unproven",)),
            5: ("exception", ("sync.actor_unproven",)),
        }
        assert site.on_hand(TEA) == 2

    def test_a_revoked_handheld_hands_in_and_nothing_else(self, site: Warehouse) -> None:
        device = filled(site, 2)
        revoke(device)
        device.push()

        assert set(answers(device).values()) == {("exception", ("sync.device_revoked",))}
        assert site.on_hand(TEA) == 0
        status, body = device.call("GET", "/api/v1/sync/pull")
        assert (status, body["code"]) == (403, "device.revoked")


class TestRescue:
    def rescue(self, by: Handheld, device: Handheld, first: int = 1) -> tuple[int, dict]:  # type: ignore[type-arg]
        body = {
            "device": device.id, "epoch": device.epoch, "first_seq": first,
            "ops": device.queue[first - 1 :],
        }  # fmt: skip
        return by.call("POST", RESCUE, body)

    def test_goes_on_in_the_journal_it_was_written_in(self, site: Warehouse) -> None:
        broken, other = filled(site), site.handheld("H2", "B2")
        broken.push_once(count=2)
        before = record(Epoch, (broken.id, 1))  # type: ignore[arg-type]
        site.clock.pass_(30)
        status, body = self.rescue(other, broken)

        assert status == 200
        assert [r["duplicate"] for r in body["results"]] == [True, True, False, False]
        assert body["results"][2]["codes"] == ["sync.rescued", "not_ordered"]
        assert site.on_hand(TEA) == 10
        after = record(Epoch, (broken.id, 1))  # type: ignore[arg-type]
        assert (after.last_seq, after.device) == (4, broken.id)
        # Whoever rescues promises nothing in the other's name.
        assert after.complete_cut_at == before.complete_cut_at
        assert (after.offset_ms, after.last_contact) == (before.offset_ms, before.last_contact)

    def test_is_stamped_by_its_own_clock(self, site: Warehouse) -> None:
        broken, other = site.handheld(), site.handheld("H2", "B2")
        broken.clock.wrong_by = 3_600_000  # an hour ahead, and measured so
        broken.push_once(count=0)
        site.clock.pass_(5)
        lay(site, broken, TEA, 1, "A-01")
        written = site.clock.ms
        site.clock.pass_(60)
        _, body = self.rescue(other, broken)

        eff_at = stored(body["results"][0]["id"]).eff_at
        assert abs(eff_at.timestamp() * 1000 - written) < 2

    def test_by_a_revoked_handheld_is_kept_without_effect(self, site: Warehouse) -> None:
        broken, other = filled(site), site.handheld("H2", "B2")
        revoke(other)
        _, body = self.rescue(other, broken)

        assert {r["outcome"] for r in body["results"]} == {"exception"}
        assert site.on_hand(TEA) == 0

    def test_of_nobodys_handheld_is_refused(self, site: Warehouse) -> None:
        other = site.handheld()
        body = {"device": uuid7(), "epoch": 1, "first_seq": 1, "ops": []}
        assert problem(send(site, RESCUE, body, device=other)) == (422, "request.invalid")


class TestTooMuch:
    def test_halve_it_but_a_single_one_is_always_taken(self, site: Warehouse) -> None:
        device = site.handheld()
        device.put("x" * 300_000)
        device.put("y" * 300_000)
        body = device.body()
        assert problem(send(site, PUSH, body, device=device)) == (413, "request.too_large")

        for _ in range(2):
            assert device.push_once(count=1)[0] == 200
        assert answers(device)[2] == ("exception", ("sync.unreadable",))

    def test_an_old_protocol_is_told_so(self, site: Warehouse) -> None:
        device = filled(site)
        assert device.push_once(protocol=0)[0] == 426
        assert device.push_once(protocol="1")[0] == 422
