"""Whatever arrives: a problem with a stable code, never a 5xx, and nothing changed."""

import gzip
import json
from typing import Any

import pytest

from app.proving.handheld import Handheld
from tests.api.sync.wiring import PUSH, problem, send
from tests.properties.hands import lay, log
from tests.warehouse import TEA, Warehouse

ROTATE, RESCUE, PULL = "/api/v1/sync/rotate", "/api/v1/sync/rescue", "/api/v1/sync/pull"
DEVICES, SESSION = "/api/v1/devices", "/api/v1/session"
WRITES = (PUSH, ROTATE, RESCUE, DEVICES, SESSION)


def waiting(site: Warehouse) -> Handheld:
    device = site.handheld()
    lay(site, device, TEA, 1, "A-01")
    return device


class TestBodies:
    @pytest.mark.parametrize("path", WRITES)
    def test_what_is_not_json(self, site: Warehouse, path: str) -> None:
        device = waiting(site)
        before = len(log())
        for raw in (
            b"", b"{", b"[]", b"null", b'"x"', b"1" * 5_000, b"\xff\xfe", b'{"a":NaN}',
            b"[" * 3_000, b'{"a":' * 3_000, b'{"device":"\\ud800"', b"\x1f\x8b",
        ):  # fmt: skip
            status, _ = problem(send(site, path, raw=raw, device=device))
            assert status in (400, 413, 422)
        for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
            answer = send(site, path, {}, device=device, headers={"Content-Type": kind})
            assert problem(answer) == (400, "request.not_json")
        assert len(log()) == before

    @pytest.mark.parametrize("path", WRITES)
    def test_what_has_the_wrong_form(self, site: Warehouse, path: str) -> None:
        device = waiting(site)
        shapes: tuple[Any, ...] = (None, True, -1, 2**70, 1.5, "\0", "\ud800", [], {}, "x" * 500)
        good = device.body()
        for shape in shapes:
            bodies: list[dict[str, Any]] = [{"enrolment_code": shape}]
            bodies += [{"badge": shape, "pin": shape}]
            bodies += [{**good, name: shape} for name in good if path == PUSH]
            bodies += [{**good, "clock": {**good["clock"], "offset_ms": shape}}]
            bodies += [{"rotation": shape, "from_epoch": shape, "reason": shape, "lost": shape}]
            bodies += [{"device": shape, "epoch": shape, "first_seq": shape, "ops": shape}]
            for body in bodies:
                answer = send(site, path, body, device=device)
                if answer.status_code != 200:
                    assert problem(answer)[0] in (401, 403, 409, 413, 422, 426)

    def test_unknown_and_missing_fields(self, site: Warehouse) -> None:
        device = waiting(site)
        body = device.body()
        assert problem(send(site, PUSH, {**body, "more": 1}, device=device))[0] == 422
        for name in body:
            rest = {key: value for key, value in body.items() if key != name}
            assert problem(send(site, PUSH, rest, device=device))[0] == 422
        assert site.on_hand(TEA) == 0

    def test_too_many_operations(self, site: Warehouse) -> None:
        device = waiting(site)
        assert problem(send(site, PUSH, device.body(ops=["x"] * 201), device=device))[0] == 422

    def test_bombs(self, site: Warehouse) -> None:
        device = waiting(site)
        bomb = gzip.compress(b" " * 50_000_000)
        zipped = {"Content-Encoding": "gzip"}
        for path in WRITES:
            assert problem(send(site, path, raw=bomb, device=device, headers=zipped))[0] == 413
        big = b'{"a":"' + b"x" * 5_000_000 + b'"}'
        assert problem(send(site, PUSH, raw=big, device=device))[0] == 413
        cut = gzip.compress(json.dumps(device.body()).encode())[:-20]
        assert problem(send(site, PUSH, raw=cut, device=device, headers=zipped))[0] == 400

    def test_torn_and_forged_gzip(self, site: Warehouse) -> None:
        device = waiting(site)
        whole = gzip.compress(json.dumps(device.body()).encode())
        forged = whole[:-8] + bytes(4) + whole[-4:]  # another checksum
        for raw in (whole[:-1], whole[:-8], forged, whole + whole, whole + b"x", b"", whole[:5]):
            zipped = {"Content-Encoding": "gzip"}
            answer = send(site, PUSH, raw=raw, device=device, headers=zipped)
            assert problem(answer) == (400, "request.not_json"), raw
        assert site.on_hand(TEA) == 0
        answer = send(site, PUSH, raw=whole, device=device, headers={"Content-Encoding": " GZIP "})
        assert answer.status_code == 200
        assert site.on_hand(TEA) == 1

    @pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "x" * 9_000, "ñ"])
    def test_packed_in_another_way(self, site: Warehouse, encoding: str) -> None:
        device = waiting(site)
        whole = gzip.compress(gzip.compress(json.dumps(device.body()).encode()))
        answer = send(site, PUSH, raw=whole, device=device, headers={"Content-Encoding": encoding})
        assert problem(answer) == (415, "request.unknown_encoding")
        assert site.on_hand(TEA) == 0

    def test_gzip_is_taken(self, site: Warehouse) -> None:
        device = waiting(site)
        assert send(site, PUSH, device.body(), device=device, zipped=True).status_code == 200
        assert site.on_hand(TEA) == 1

    def test_clocks_may_say_anything(self, site: Warehouse) -> None:
        device = waiting(site)
        big = 2**53 - 1
        for n, (wall, offset, rtt, mono) in enumerate(
            ((big, big, big, 0), (-big, -big, -big, big), (big, -big, big, -big), (0, big, 0, 0))
        ):
            body = device.body(first=n + 1, cut_wall_ms=wall, cut_mono_ms=mono)
            body["clock"] = {"offset_ms": offset, "rtt_ms": rtt, "wall_ms": wall}
            assert send(site, PUSH, body, device=device).status_code == 200
            lay(site, device, TEA, 1, "A-01")
        assert site.on_hand(TEA) == 4


class TestPull:
    @pytest.mark.parametrize(
        "query",
        [
            "epoch=x", "epoch=-1", "epoch=99999999999999999999", "limit=0", "limit=abc",
            "cursor=%00", "cursor=AAAA", "cursor=W10=", "cursor=bnVsbA==", "cursor=%ED%A0%80",
            "cursor=WyJ4IiwxLDEsMV0=", "cursor=" + "W1tb" * 2_000, "cursor=" + "x" * 9_000,
        ],
    )  # fmt: skip
    def test_whatever_is_asked(self, site: Warehouse, query: str) -> None:
        device = site.handheld()
        answer = send(site, f"{PULL}?{query}", method="GET", device=device)
        if answer.status_code == 200:
            assert answer.get_json()["reset"]
        else:
            assert problem(answer)[0] == 422


class TestStrangers:
    @pytest.mark.parametrize("path", [PUSH, ROTATE, RESCUE, PULL])
    def test_without_a_credential(self, site: Warehouse, path: str) -> None:
        method = "GET" if path == PULL else "POST"
        for header in ("", "Device", "Device  ", "Device " + "0" * 64, "Bearer x", "Device \xff"):
            answer = send(site, path, {}, method=method, headers={"Authorization": header})
            # A rescue may come from a desk too; whoever is no handheld is asked to sign in.
            at_desk = path in (RESCUE, ROTATE) and not header.startswith("Device ")
            code = "session.required" if at_desk else "device.unknown"
            assert problem(answer) == (401, code)

    def test_another_devices_name_in_the_body(self, site: Warehouse) -> None:
        one, two = waiting(site), site.handheld("H2", "B2")
        assert problem(send(site, PUSH, one.body(), device=two)) == (422, "request.invalid")
        assert site.on_hand(TEA) == 0

    def test_another_devices_envelopes(self, site: Warehouse) -> None:
        one, two = waiting(site), site.handheld("H2", "B2")
        body = two.body(ops=list(one.queue), head_seq=1)
        answer = send(site, PUSH, body, device=two)
        assert answer.get_json()["results"][0]["codes"] == ["sync.unreadable"]
        assert site.on_hand(TEA) == 0

    def test_methods_and_paths(self, site: Warehouse) -> None:
        device = site.handheld()
        assert problem(send(site, PUSH, method="GET", device=device))[0] in (404, 405)
        assert problem(send(site, "/api/v1/nothing", {}, device=device))[0] in (404, 405)
