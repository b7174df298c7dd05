"""Who is at the handheld or the desk: PINs that cannot be tried, cookies that cannot be kept."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.db import db, snapshot, writing
from app.kernel.clock import now
from app.people.models import LoginSession, TryCounter
from tests.api.sync.wiring import client_of, problem, send
from tests.warehouse import PIN, Warehouse

SESSION = "/api/v1/session"
DECIDE = "/api/v1/operations"
HERE = {"Origin": "http://localhost"}


def at_the_desk(site: Warehouse) -> tuple[FlaskClient, str]:
    client = client_of(site)
    answer = client.post(SESSION, json={"username": "s1", "password": "p" * 12})
    assert answer.status_code == 200
    return client, answer.get_json()["csrf"]


def left_for(pause: timedelta) -> None:
    """Nobody has asked anything since."""
    with writing() as session:
        session.execute(update(LoginSession).values(last_seen=now() - pause))
    db.session.remove()


class TestPins:
    def test_tries_cost_more_and_more_time(self, site: Warehouse) -> None:
        device = site.handheld()
        wrong = {"badge": "B2", "pin": "000000"}
        for _ in range(5):
            assert problem(send(site, SESSION, wrong, device=device)) == (401, "session.bad_login")
        waits = []
        for _ in range(3):
            answer = send(site, SESSION, {"badge": "B2", "pin": PIN}, device=device)
            assert problem(answer) == (429, "session.too_many_tries")
            waits.append(answer.get_json()["wait_seconds"])
            self._let_time_pass()
            assert problem(send(site, SESSION, wrong, device=device))[0] == 401
        assert waits[0] < waits[1] < waits[2]
        self._let_time_pass()
        assert send(site, SESSION, {"badge": "B2", "pin": PIN}, device=device).status_code == 200

    def _let_time_pass(self) -> None:
        with writing() as session:
            for counter in session.query(TryCounter):
                counter.last_at -= timedelta(seconds=60)

    def test_a_pin_opens_nothing_without_a_handheld(self, site: Warehouse) -> None:
        body = {"badge": "B1", "pin": PIN}
        assert problem(send(site, SESSION, body)) == (401, "device.unknown")

    @pytest.mark.parametrize("badge", ["", "B1 ", "nobody", "b1", "\0"])
    def test_strangers_and_typing_errors_look_alike(self, site: Warehouse, badge: str) -> None:
        answer = send(site, SESSION, {"badge": badge, "pin": PIN}, device=site.handheld())
        assert problem(answer)[0] in (401, 422)


class TestCookies:
    def test_a_copied_cookie_is_dead_after_logout(self, site: Warehouse) -> None:
        client, csrf = at_the_desk(site)
        stolen = client.get_cookie("tallyman")
        assert stolen is not None
        thief = client_of(site)
        thief.set_cookie("tallyman", stolen.value)
        assert thief.get(SESSION).status_code == 200

        left = client.delete(SESSION, headers={**HERE, "X-CSRF-Token": csrf})
        assert left.status_code == 204
        db.session.remove()
        assert problem(thief.get(SESSION)) == (401, "session.required")

    def test_an_expired_session_is_none(self, site: Warehouse) -> None:
        client, _ = at_the_desk(site)
        with writing() as session:
            for row in session.query(LoginSession):
                row.expires_at = now() - timedelta(seconds=1)
        db.session.remove()
        assert problem(client.get(SESSION)) == (401, "session.required")

    def test_a_desk_left_alone_is_locked(self, site: Warehouse) -> None:
        client, _ = at_the_desk(site)
        left_for(timedelta(minutes=15))
        assert problem(client.get(SESSION)) == (401, "session.required")

    def test_whoever_asks_now_and_then_stays(self, site: Warehouse) -> None:
        client, _ = at_the_desk(site)
        for _ in range(2):
            left_for(timedelta(minutes=14))
            assert client.get(SESSION).status_code == 200
            db.session.remove()
        with snapshot() as session:
            (seen,) = session.scalars(select(LoginSession.last_seen))
            assert now() - seen < timedelta(minutes=1)

    def test_a_handheld_locks_itself_and_may_be_silent_for_hours(self, site: Warehouse) -> None:
        handheld = site.handheld()
        client = client_of(site)
        where = {"Authorization": f"Device {handheld.credential}"}
        login = {"badge": "B1", "pin": PIN}
        assert client.post(SESSION, json=login, headers=where).status_code == 200
        left_for(timedelta(hours=8))
        assert client.get(SESSION).status_code == 200

    def test_a_write_needs_its_token_and_our_own_page(self, site: Warehouse) -> None:
        client, csrf = at_the_desk(site)
        body = {"id": "0d6d1a34-7e5c-7a10-8a2b-000000000001", "kind": "x", "payload": {}}
        for headers in (
            {},
            {"X-CSRF-Token": csrf},
            HERE,
            {**HERE, "X-CSRF-Token": "guess"},
            {"Origin": "https://evil.example", "X-CSRF-Token": csrf},
            {"Origin": "null", "X-CSRF-Token": csrf},
        ):
            answer = client.post(DECIDE, json=body, headers=headers)
            assert problem(answer) == (403, "session.csrf")
        answer = client.post(DECIDE, json=body, headers={**HERE, "X-CSRF-Token": csrf})
        assert problem(answer) == (422, "operations.unknown_kind")

    def test_the_cookie_is_for_this_server_only(self, site: Warehouse) -> None:
        client = client_of(site)
        answer = client.post(SESSION, json={"username": "s1", "password": "p" * 12})
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert problem(client.post(SESSION, json={"username": "s1", "password": "wrong"}))[0] == 401
