"""Every answer of a push: prefix, gap, fork, repeat, closed and forgotten journals, rescue."""

import json

from app.kernel.ids import uuid7
from app.people.models import Device
from app.pipeline.models import Epoch, OpenException
from app.sync.enrolment import issue_code
from tests.api.sync.wiring import PUSH, filled, problem, send
from tests.operations.records import all_of, record
from tests.properties.hands import answers, lay, log, open_codes, rewritten, rotate
from tests.warehouse import TEA, Warehouse

RESCUE = "/api/v1/sync/rescue"


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
        site.clock.catch_up()
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

    def test_an_older_image_that_knows_less_than_was_told_has_lost_something(
        self, site: Warehouse
    ) -> None:
        """Found by the simulator: nobody said so, and what was gone was awaited for ever."""
        device = filled(site)
        device.push_once(count=2)  # and tells of four
        device.queue, device.prev = device.queue[:2], json.loads(device.queue[2])["prev"]
        lay(site, device, TEA, 7, "A-01")
        status, answer = device.push_once()
        assert (status, answer["code"]) == (409, "sync.rotate_epoch")
        assert device.push_once(count=1, first=2)[0] == 200  # a repeat says nothing new

        rotation = uuid7()
        for _ in range(2):
            status, answer = rotate(device, rotation, head_seq=3)
            assert (status, answer["epoch"]) == (200, 2)
        assert ("device_gap", f"{device.id}|1") in open_codes()
        (gap,) = [row for row in all_of(OpenException) if row.code == "device_gap"]
        assert (gap.detail["first"], gap.detail["last"], gap.detail["at_least"]) == (4, 4, 1)
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

    def test_an_adopted_journal_is_the_one_that_is_waited_for(self, site: Warehouse) -> None:
        """Found by the simulator: a restored server waited for ever for one that nobody uses."""
        device = filled(site)
        rewritten(device, list(device.queue), 9)
        device.push()

        assert record(Device, device.id).epoch == 9

    def test_an_older_journal_that_comes_back_is_not(self, site: Warehouse) -> None:
        device = filled(site)
        rewritten(device, list(device.queue), 9)
        device.push()
        device.epoch, device.sent = 5, 0
        device.push_once(count=0)

        assert record(Device, device.id).epoch == 9

    def test_what_an_enrolment_replaces_is_closed(self, site: Warehouse) -> None:
        """Found by the simulator: what moved into the new journal was awaited in the old one."""
        device = filled(site)
        device.push_once(count=0)  # it tells of four, and hands in none
        code = issue_code(site.site)
        again = {"enrolment_code": code, "label": "again", "replaces": device.id}
        status, welcome = site.wire("POST", "/api/v1/devices", again, {})

        assert (status, welcome["epoch"]) == (201, 2)
        assert record(Epoch, (device.id, 1)).closed  # type: ignore[arg-type]
        assert not record(Epoch, (device.id, 2)).closed  # type: ignore[arg-type]


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
