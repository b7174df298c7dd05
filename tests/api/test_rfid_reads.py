"""`POST /rfid/reads`: whatever a reader says, each report counts once and none spoils another."""

import base64
import gzip
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.kernel.clock import from_micros, now
from app.readers.models import TagRead
from tests.api.desk import OFFICE, bearer, visitor
from tests.api.fixed_reader import PALLET, READS, FixedReader, impinj, pallet, piece, zebra
from tests.operations.records import all_of
from tests.warehouse import DOCK, Warehouse

NOTHING = {"accepted": 0, "duplicates": 0, "ignored": 0, "bad": 0}


@pytest.fixture
def reader(site: Warehouse) -> FixedReader:
    return FixedReader(site).looks_at(DOCK, "dock_in", 1)


def accepted(n: int, **more: int) -> dict[str, int]:
    return {**NOTHING, "accepted": n, **more}


class TestZebra:
    def test_an_object_an_array_and_objects_glued_to_each_other(self, reader: FixedReader) -> None:
        events = [zebra(pallet(n), n, reader.clock) for n in range(6)]

        one = reader.post(json.dumps(events[0]).encode())
        many = reader.post(json.dumps(events[1:3]).encode())
        glued = reader.post("".join(json.dumps(event) for event in events[3:5]).encode())
        lines = reader.post(("\n".join(json.dumps(each) for each in events[4:])).encode())

        assert [answer.status_code for answer in (one, many, glued, lines)] == [200] * 4
        assert one.get_json() == accepted(1)
        assert many.get_json() == accepted(2)
        assert glued.get_json() == accepted(2)
        assert lines.get_json() == accepted(1, duplicates=1)
        assert {row.tag for row in all_of(TagRead)} == {pallet(n) for n in range(6)}

    def test_its_own_time_strength_and_antenna_are_kept(self, reader: FixedReader) -> None:
        reader.says(zebra(PALLET, 7, reader.clock, antenna=3, rssi=-61))

        (row,) = all_of(TagRead)
        kept = from_micros(row.at)
        assert abs(kept - reader.clock) < timedelta(milliseconds=1)
        assert (row.antenna, row.rssi, row.key) == (3, -6_100, "e:7")

    def test_only_the_tag_is_certain(self, reader: FixedReader) -> None:
        before = now()
        reader.says({"data": {"idHex": PALLET}})

        (row,) = all_of(TagRead)
        assert (row.tag, row.antenna, row.rssi, row.reads) == (PALLET, 0, None, 1)
        assert before <= from_micros(row.at) <= now()

    def test_what_tells_of_no_tag_is_ignored(self, reader: FixedReader) -> None:
        beat = {"type": "heartbeat", "timestamp": "2026-01-01T00:00:00Z", "data": {"cpu": 3}}

        assert reader.says(beat, {"eventType": "gpi"}) == {**NOTHING, "ignored": 2}


class TestImpinj:
    def test_hex_and_base64_name_the_same_tag(self, reader: FixedReader) -> None:
        first, second = reader.clock, reader.clock + timedelta(seconds=1)

        assert reader.says(impinj(PALLET, first), impinj(PALLET, second, coded=True)) == accepted(2)

        rows = all_of(TagRead)
        assert {row.tag for row in rows} == {PALLET}
        assert {row.rssi for row in rows} == {-5_250}
        assert sorted(from_micros(row.at) for row in rows) == [first, second]

    def test_plain_base64_too(self, reader: FixedReader) -> None:
        tag = "FBEFFE" * 4  # with a slash and a plus
        event = impinj(tag, reader.clock)
        event["tagInventoryEvent"] = {"epc": base64.b64encode(bytes.fromhex(tag)).decode()}

        assert reader.says(event) == accepted(1)
        assert all_of(TagRead)[0].tag == tag

    def test_other_events_are_ignored(self, reader: FixedReader) -> None:
        status = {"timestamp": "2026-01-01T00:00:00.123456789Z", "inventoryStatusEvent": {}}

        assert reader.says(status, impinj(PALLET, reader.clock)) == accepted(1, ignored=1)

    def test_replays_are_known_by_time_antenna_and_tag(self, reader: FixedReader) -> None:
        event = impinj(PALLET, reader.clock)
        elsewhere = impinj(PALLET, reader.clock, port=2)
        other = impinj(pallet(2), reader.clock)

        assert reader.says(event, elsewhere, other) == accepted(3)
        assert reader.says(event, elsewhere, other) == {**NOTHING, "duplicates": 3}


class TestNeutral:
    def test_one_many_and_a_parcel_of_them(self, reader: FixedReader) -> None:
        one, two, three = (reader.read(pallet(n), n) for n in range(3))

        answer = reader.post(json.dumps({"reads": [one, two]}).encode())

        assert answer.get_json() == accepted(2)
        assert reader.says(two, three) == accepted(1, duplicates=1)

    def test_milliseconds_and_words_are_the_same_time(self, reader: FixedReader) -> None:
        moment = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
        spoken: list[Any] = [
            int(moment.timestamp() * 1000),
            "2026-11-01T08:30:00Z",
            "2026-11-01T09:30:00+01:00",
            "2026-11-01T08:30:00",
        ]

        answers = [reader.says({"epc": PALLET, "event": 1, "time": said}) for said in spoken]

        assert answers == [accepted(1), *[{**NOTHING, "duplicates": 1}] * 3]

    def test_the_same_number_at_another_time_is_another_read(self, reader: FixedReader) -> None:
        """A reader that starts anew counts anew."""
        early, late = reader.read(PALLET), reader.read(PALLET, 60)
        late["event"] = early["event"]

        assert reader.says(early, late) == accepted(2)

    def test_without_a_time_the_number_and_the_tag_tell_a_replay(self, reader: FixedReader) -> None:
        untimed = {"epc": PALLET, "event": 9}

        assert reader.says(untimed) == accepted(1)
        assert reader.says(untimed) == {**NOTHING, "duplicates": 1}

    def test_a_clock_that_is_not_set_is_not_believed(self, reader: FixedReader) -> None:
        before = now()
        reader.says({"epc": PALLET, "event": 1, "time": "1970-01-01T00:03:00Z"})

        (row,) = all_of(TagRead)
        assert before <= from_micros(row.at) <= now()


class TestOneBadTag:
    BAD: tuple[Any, ...] = (
        {"data": {"idHex": "not hex"}},
        {"data": {"idHex": ""}},
        {"data": {"idHex": None}},
        {"data": {"idHex": 7}},
        {"data": {"idHex": "A" * 1_000_000}},
        {"data": {"idHex": "ABC"}},
        {"tagInventoryEvent": {"epc": "&&&"}},
        {"tagInventoryEvent": None},
        {"tagInventoryEvent": {}},
        {"epc": "<script>alert(1)</script>"},
        {"epc": "\u202e30"},
        {"reads": [None]},
        None,
        17,
        "30",
    )

    @pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
    def test_spoils_no_other(self, reader: FixedReader, bad: Any) -> None:
        counts = reader.says(reader.read(PALLET), bad, reader.read(piece(1)))

        assert counts == accepted(2, bad=1)

    STRANGE: tuple[dict[str, Any], ...] = (
        {"antenna": "x", "rssi": "loud", "time": "yesterday", "event": {}},
        {"antenna": -1, "rssi": 1e300, "time": 1e300, "event": True},
        {"antenna": 10**30, "rssi": None, "time": -(10**30), "event": 10**60},
        {"antenna": [], "rssi": [], "time": "9999-99-99T99:99:99Z", "event": "\ud800"},
        {"time": "0001-01-01T00:00:00+23:59", "event": "x" * 5_000, "reads": 10**12},
        {"time": 2**63, "event": "\u0000", "reads": -4},
    )

    @pytest.mark.parametrize("strange", STRANGE, ids=range(len(STRANGE)))
    def test_strange_company_of_a_good_tag(
        self, reader: FixedReader, strange: dict[str, Any]
    ) -> None:
        body = json.dumps([{"epc": PALLET, **strange}]).encode()

        answer = reader.post(body)

        assert (answer.status_code, answer.get_json()) == (200, accepted(1))

    def test_a_torn_end_leaves_what_came_before(self, reader: FixedReader) -> None:
        whole = json.dumps(zebra(PALLET, 1, reader.clock))

        answer = reader.post((whole + whole.replace("1", "2")[:40]).encode())

        assert (answer.status_code, answer.get_json()) == (200, accepted(1, bad=1))


class TestBodies:
    REFUSED: tuple[tuple[bytes, int, str], ...] = (
        (b"", 400, "request.not_json"),
        (b"   ", 400, "request.not_json"),
        (b"not json", 400, "request.not_json"),
        (b"\xff\xfe\x00", 400, "request.not_json"),
        (b"[" * 100_000, 400, "request.not_json"),
        (b'{"a":' * 100_000, 400, "request.not_json"),
        (b"[" + b"{}," * 20_001 + b"{}]", 413, "readers.too_many"),
        (b'{"reads":[' + b"{}," * 20_001 + b"{}]}", 413, "readers.too_many"),
        (b" " * (4 * 1024 * 1024 + 1), 413, "request.too_large"),
    )

    @pytest.mark.parametrize(("body", "status", "code"), REFUSED, ids=range(len(REFUSED)))
    def test_what_is_no_batch_is_refused_by_name(
        self, reader: FixedReader, body: bytes, status: int, code: str
    ) -> None:
        answer = reader.post(body)

        assert (answer.status_code, answer.get_json()["code"]) == (status, code)

    def test_nothing_is_a_batch_too(self, reader: FixedReader) -> None:
        assert reader.says() == NOTHING

    def test_packed(self, reader: FixedReader) -> None:
        body = gzip.compress(json.dumps([reader.read(PALLET)]).encode())

        answer = reader.post(body, **{"Content-Encoding": "gzip"})

        assert answer.get_json() == accepted(1)


class TestTheToken:
    def test_nobody_else_comes_in(self, reader: FixedReader) -> None:
        for said in ("", "Bearer x", "Bearer", "Basic !!!", "Device abc", "Digest x=1"):
            answer = reader.client.post(READS, json=[], headers={"Authorization": said})
            assert (answer.status_code, answer.get_json()["code"]) == (401, "readers.unknown")
        automation = bearer(reader.site, "admin")
        assert reader.client.post(READS, json=[], headers=automation).status_code == 401

    def test_it_opens_nothing_else(self, reader: FixedReader) -> None:
        headers = {"Authorization": f"Bearer {reader.token}"}
        for path in ("/api/v1/session", "/api/v1/stock", f"{OFFICE}/readers"):
            assert reader.client.get(path, headers=headers).status_code == 401

    def test_readers_that_know_names_and_passwords_only(self, reader: FixedReader) -> None:
        said = base64.b64encode(f"reader:{reader.token}".encode()).decode()

        answer = reader.client.post(READS, json=[], headers={"Authorization": f"Basic {said}"})

        assert answer.status_code == 200

    def test_a_revoked_reader_is_told_so(self, reader: FixedReader) -> None:
        boss = bearer(reader.site, "admin")
        path = f"{OFFICE}/readers/{reader.id}/revoke"
        for _ in range(2):
            assert reader.client.post(path, json={}, headers=boss).status_code == 204

        answer = reader.post(b"[]")

        assert (answer.status_code, answer.get_json()["code"]) == (403, "readers.revoked")

    def test_another_token_ends_the_first(self, reader: FixedReader) -> None:
        body = {"name": "Gate", "reader": reader.id}
        answer = reader.client.post(
            f"{OFFICE}/readers", json=body, headers=bearer(reader.site, "admin")
        )
        assert answer.status_code == 201

        assert reader.post(b"[]").status_code == 401
        reader.token = answer.get_json()["token"]
        assert reader.post(b"[]").status_code == 200

    def test_it_is_kept_as_a_hash_only(self, reader: FixedReader) -> None:
        (listed,) = (
            visitor(reader.site)
            .get(f"{OFFICE}/readers", headers=bearer(reader.site, "admin"))
            .get_json()["items"]
        )

        assert reader.token not in json.dumps(listed)
        assert "token" not in json.dumps(listed)


class TestTheList:
    def test_says_what_was_heard_and_what_is_bound_to_nothing(self, reader: FixedReader) -> None:
        reader.says(reader.read(PALLET), {"epc": "bad"}, reader.read(PALLET, 1, antenna=4))
        reader.says(reader.read(PALLET, 2))

        answer = reader.client.get(f"{OFFICE}/readers", headers=bearer(reader.site, "admin"))

        (listed,) = answer.get_json()["items"]
        assert (listed["accepted"], listed["bad"], listed["unbound"]) == (3, 1, [4])
        assert [point["place_code"] for point in listed["points"]] == [DOCK]
        assert listed["seen_at"] is not None
