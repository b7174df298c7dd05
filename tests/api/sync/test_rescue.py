"""Queues handed in by others, and doubts about who is speaking."""

import copy
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.kernel.ids import derived, uuid7
from app.people.models import Device
from app.pipeline.models import Epoch
from app.proving.handheld import Handheld
from app.sync.stamps import LONGEST
from tests.api.callers import the_other_site
from tests.api.desk import bearer, signed_in, visitor
from tests.api.sync.wiring import filled, problem, revoke, send
from tests.operations.records import record
from tests.properties.hands import answers, lay, log, rewritten, rotate, stored
from tests.warehouse import TEA, Warehouse

RESCUE = "/api/v1/sync/rescue"


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

    def test_a_young_journal_takes_the_offset_that_was_measured_last(self, site: Warehouse) -> None:
        broken, other = site.handheld(), site.handheld("H2", "B2")
        broken.clock.wrong_by = -7_200_000
        broken.push_once(count=0)
        broken.epoch = 2  # enrolled anew, and broken before it was heard of again
        site.clock.pass_(5)
        lay(site, broken, TEA, 1, "A-01")
        written = site.clock.ms
        site.clock.pass_(60)
        _, body = self.rescue(other, broken)

        eff_at = stored(body["results"][0]["id"]).eff_at
        assert abs(eff_at.timestamp() * 1000 - written) < 2

    def test_by_clocks_that_were_compared_hours_before_they_were_told(
        self, site: Warehouse
    ) -> None:
        """Found by the simulator, seed 60410: crystals had run apart since, uncounted."""
        broken, other = site.handheld(), site.handheld("H2", "B2")
        compared = {"offset_ms": 0, "rtt_ms": 40, "wall_ms": round(broken.clock.wall)}
        site.clock.pass_(100)
        broken.push_once(count=0, clock=compared)
        lay(site, broken, TEA, 1, "A-01")
        _, body = self.rescue(other, broken)

        assert stored(body["results"][0]["id"]).u >= (250 + 20 + 600) * 1_000

    @pytest.mark.parametrize("wrong_by", [-7_200_000, 36_000_000])
    def test_by_clocks_that_nobody_ever_measured_it_may_be_from_any_time(
        self, site: Warehouse, wrong_by: float
    ) -> None:
        """Found by the simulator, seed 25: stamps were hours off and vouched for to 250 ms."""
        broken, other = site.handheld(), site.handheld("H2", "B2")
        broken.clock.wrong_by = wrong_by
        lay(site, broken, TEA, 1, "A-01")
        lay(site, broken, TEA, 1, "A-01")
        _, body = self.rescue(other, broken)

        assert [stored(each["id"]).u for each in body["results"]] == [LONGEST, LONGEST]

    def test_nor_by_one_that_called_and_never_heard_an_answer(self, site: Warehouse) -> None:
        """Found by the simulator, seed 40040: no offset was taken for an offset of nothing."""
        broken, other = site.handheld(), site.handheld("H2", "B2")
        broken.clock.wrong_by = 36_000_000
        unheard = {"offset_ms": 0, "rtt_ms": 60_000, "wall_ms": round(broken.clock.wall)}
        broken.push_once(count=0, clock=unheard)
        site.clock.pass_(5)
        lay(site, broken, TEA, 1, "A-01")
        _, body = self.rescue(other, broken)

        assert [stored(each["id"]).u for each in body["results"]] == [LONGEST]
        journal = record(Epoch, (broken.id, 1))  # type: ignore[arg-type]
        assert (journal.offset_ms, journal.complete_cut_at) == (None, None)
        assert journal.last_contact is not None

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


class TestFromADesk:
    """The file that a broken handheld saved, brought in by whoever may."""

    def rescue(
        self, site: Warehouse, who: dict[str, str], device: Handheld, first: int = 1
    ) -> tuple[int, dict]:  # type: ignore[type-arg]
        ops = device.queue[first - 1 :]
        body = {"device": device.id, "epoch": device.epoch, "first_seq": first, "ops": ops}
        answer = visitor(site).post(RESCUE, json=body, headers=who)
        return answer.status_code, answer.get_json()

    def test_what_is_new_is_posted_and_what_is_known_is_said(self, site: Warehouse) -> None:
        broken = filled(site)
        broken.push_once(count=1)
        client, headers = signed_in(site, "s1")
        body = {
            "device": broken.id, "epoch": broken.epoch, "first_seq": 1, "ops": broken.queue,
        }  # fmt: skip

        first = client.post(RESCUE, json=body, headers=headers).get_json()["results"]
        again = client.post(RESCUE, json=body, headers=headers).get_json()["results"]

        assert [r["duplicate"] for r in first] == [True, False, False, False]
        assert all("sync.rescued" in r["codes"] for r in first[1:])
        assert [r["duplicate"] for r in again] == [True] * 4
        assert site.on_hand(TEA) == 10

    def test_in_the_name_of_whose_hands_it_was(self, site: Warehouse) -> None:
        broken = filled(site, 1)

        _, body = self.rescue(site, bearer(site, "supervisor"), broken)

        kept = stored(body["results"][0]["id"])
        assert (kept.actor, kept.device) == (site.person("B1"), broken.id)

    def test_a_handheld_that_was_shut_out_has_its_work_kept_aside(self, site: Warehouse) -> None:
        broken = filled(site, 2)
        revoke(broken)

        _, body = self.rescue(site, bearer(site, "admin"), broken)

        assert {r["outcome"] for r in body["results"]} == {"exception"}
        assert site.on_hand(TEA) == 0

    def test_what_is_missing_before_it_is_asked_for(self, site: Warehouse) -> None:
        status, body = self.rescue(site, bearer(site, "supervisor"), filled(site), first=3)

        assert (status, body["code"], body["expected_seq"]) == (409, "sync.sequence_gap", 1)

    @pytest.mark.parametrize("role", ["planner", "picker", "counter", "requester"])
    def test_is_not_for_everybody(self, site: Warehouse, role: str) -> None:
        status, body = self.rescue(site, bearer(site, role), filled(site, 1))

        assert (status, body["code"]) == (403, "session.forbidden")

    def test_of_another_site_it_is_nobodys(self, site: Warehouse) -> None:
        abroad = the_other_site(site).handheld("ABROAD")

        status, body = self.rescue(site, bearer(site, "supervisor"), abroad)

        assert (status, body["code"]) == (422, "request.invalid")


class TestAGapThatNobodyCanFill:
    """A supervisor gives up what is missing, out loud, and the rest comes in."""

    def hand_in(
        self, site: Warehouse, who: dict[str, str], device: Handheld, first: int, **over: object
    ) -> tuple[int, dict]:  # type: ignore[type-arg]
        body = {
            "device": device.id,
            "epoch": device.epoch,
            "first_seq": first,
            "ops": device.queue[first - 1 :],
            **over,
        }
        answer = visitor(site).post(RESCUE, json=body, headers=who)
        return answer.status_code, answer.get_json()

    def test_is_declared_and_what_follows_is_posted(self, site: Warehouse) -> None:
        broken, sam = filled(site), bearer(site, "supervisor")
        broken.push_once(count=1)
        status, answer = self.hand_in(site, sam, broken, 4)
        assert (status, answer["expected_seq"]) == (409, 2)

        for _ in range(2):
            status, answer = self.hand_in(site, sam, broken, 4, lost=[2, 3])
            assert (status, answer["acked_seq"]) == (200, 4)
            assert ("device_gap", f"{broken.id}|1") in site.exceptions()
            assert len([row for row in log() if row.kind == "system.declare_loss"]) == 1
        assert site.on_hand(TEA) == 1 + 4

    def test_that_turns_up_after_all_is_taken_in_a_new_journal(self, site: Warehouse) -> None:
        broken, sam = filled(site), bearer(site, "supervisor")
        self.hand_in(site, sam, broken, 4, lost=[1, 3])
        assert site.on_hand(TEA) == 4

        status, answer = broken.push_once()
        assert (status, answer["code"]) == (409, "sync.rotate_epoch")
        _, fresh = rotate(broken, uuid7())
        rewritten(broken, list(broken.queue), fresh["epoch"])
        broken.push()

        assert site.on_hand(TEA) == 10
        assert broken.results[4]["duplicate"]

    @pytest.mark.parametrize("lost", [[1, 1], [3, 2], [2, 4]], ids=str)
    def test_is_exactly_what_is_missing(self, site: Warehouse, lost: list[int]) -> None:
        broken, sam = filled(site), bearer(site, "supervisor")
        status, _ = self.hand_in(site, sam, broken, 4, lost=lost)
        assert status == 422
        assert site.on_hand(TEA) == 0

    def test_no_handheld_gives_up_for_another(self, site: Warehouse) -> None:
        broken, other = filled(site), site.handheld("H2", "B2")
        body = {"device": broken.id, "epoch": 1, "first_seq": 3, "ops": broken.queue[2:]}
        status, _ = other.call("POST", RESCUE, {**body, "lost": [1, 2]})
        assert status == 422
        assert site.on_hand(TEA) == 0


class TestAFileThatHasForked:
    """Seed 20045 of the simulator: an image was put back, both stories told, one in a file."""

    ROTATE = "/api/v1/sync/rotate"

    @pytest.fixture
    def forked(self, site: Warehouse) -> Handheld:
        """Two are known; under number 3 the server knows something else than the file."""
        device = filled(site, 2)
        device.push()
        other = copy.copy(device)
        other.queue = list(device.queue)
        lay(site, device, TEA, 100, "A-01")
        lay(site, device, TEA, 100, "A-01")
        lay(site, other, TEA, 10, "A-01")
        other.push()
        return device

    def branching(self, device: Handheld) -> dict[str, object]:
        return {
            "rotation": derived(device.id, "the file"), "device": device.id,
            "from_epoch": device.epoch, "reason": "clone", "lost": None, "head_seq": None,
        }  # fmt: skip

    def hand_in(
        self, client: FlaskClient, headers: dict[str, str], device: Handheld
    ) -> list[dict[str, Any]]:
        """As the office does: until it forks, and the rest in a journal of its own."""
        body = {"device": device.id, "epoch": device.epoch, "first_seq": 1, "ops": device.queue}
        refused = client.post(RESCUE, json=body, headers=headers)
        told = refused.get_json()
        assert (refused.status_code, told["code"]) == (409, "sync.rotate_epoch")
        at = told["seq"] - 1
        branch = client.post(self.ROTATE, json=self.branching(device), headers=headers)
        assert branch.status_code == 200
        moved = copy.copy(device)
        rewritten(moved, device.queue[at:], branch.get_json()["epoch"])
        body = {"device": device.id, "epoch": moved.epoch, "first_seq": 1, "ops": moved.queue}
        results: list[dict[str, Any]] = client.post(RESCUE, json=body, headers=headers).get_json()[
            "results"
        ]
        return results

    def test_goes_on_in_a_journal_of_its_own_and_once(
        self, site: Warehouse, forked: Handheld
    ) -> None:
        client, headers = signed_in(site, "s1")
        first = self.hand_in(client, headers, forked)
        again = self.hand_in(client, headers, forked)

        assert [r["duplicate"] for r in first] == [False, False]
        assert [r["duplicate"] for r in again] == [True, True]
        assert site.on_hand(TEA) == 1 + 2 + 10 + 200
        assert {row.epoch for row in log() if row.device == forked.id} == {1, 2}

    def test_asked_for_anew_it_is_all_aliases(self, site: Warehouse, forked: Handheld) -> None:
        """Another desk may put another question: the operations are the same."""
        client, headers = signed_in(site, "s1")
        self.hand_in(client, headers, forked)
        asked = {**self.branching(forked), "rotation": uuid7()}
        epoch = client.post(self.ROTATE, json=asked, headers=headers).get_json()["epoch"]
        rewritten(forked, forked.queue[2:], epoch)
        body = {"device": forked.id, "epoch": epoch, "first_seq": 1, "ops": forked.queue}
        results = client.post(RESCUE, json=body, headers=headers).get_json()["results"]

        assert [r["duplicate"] for r in results] == [True, True]
        assert site.on_hand(TEA) == 213

    def test_its_own_handheld_brings_it_in_beside_its_running_journal(
        self, site: Warehouse, forked: Handheld
    ) -> None:
        assert forked.call("POST", self.ROTATE, self.branching(forked))[1]["epoch"] == 2

        assert record(Device, forked.id).epoch == 1
        assert not record(Epoch, (forked.id, 1)).closed  # type: ignore[arg-type]

    @pytest.mark.parametrize("role", ["planner", "picker", "counter", "requester"])
    def test_is_not_for_everybody(self, site: Warehouse, forked: Handheld, role: str) -> None:
        answer = visitor(site).post(
            self.ROTATE, json=self.branching(forked), headers=bearer(site, role)
        )
        assert problem(answer) == (403, "session.forbidden")

    def test_nor_for_handhelds_of_another_site_or_of_nobody(
        self, site: Warehouse, forked: Handheld
    ) -> None:
        abroad = the_other_site(site).handheld("ABROAD")
        for named in (abroad.id, uuid7(), None):
            answer = visitor(site).post(
                self.ROTATE,
                json={**self.branching(forked), "device": named},
                headers=bearer(site, "supervisor"),
            )
            assert problem(answer) == (422, "request.invalid")
