"""Everybody who may stand before a route: at a desk, on a handheld, as a machine, as a stranger."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.db import writing
from app.founding import found_site
from app.kernel.clock import now
from app.people.models import ROLES, LoginSession, Person, Token
from app.people.sessions import issue_token, set_secret
from app.proving.handheld import Handheld
from tests.api.desk import PASSWORD, visitor
from tests.api.fixed_reader import FixedReader
from tests.warehouse import PIN, Warehouse

ORIGIN = "http://localhost"
SESSION = "/api/v1/session"
NONE = "none"  # somebody who works here and has no role


@dataclass
class Caller:
    """Somebody at the other end. `roles` None: nobody the server knows; `device`: on what."""

    name: str
    client: FlaskClient
    roles: frozenset[str] | None = None
    device: str | None = None  # ours | elsewhere | revoked
    headers: dict[str, str] = field(default_factory=dict)

    def call(self, method: str, path: str, **how: Any) -> TestResponse:
        """Ask as this caller; writes come from a page of ours."""
        headers = {"Origin": ORIGIN, **self.headers}
        answer = self.client.open(path, method=method, headers=headers, **how)
        if answer.mimetype == "text/event-stream":  # it has no end of its own
            answer.set_data(next(answer.iter_encoded()))
        else:
            answer.get_data()
        answer.close()
        return answer


def the_other_site(site: Warehouse) -> Warehouse:
    """Open a second site of the same organisation."""
    founded = found_site(site.playbook, "Z9", "Other site")
    return Warehouse(site.app, founded.org, founded.site)


def employ(site: Warehouse, badge: str, *roles: str) -> str:
    """Take somebody on who can sign in everywhere."""
    person = {"badge": badge, "name": f"Person {badge}", "roles": [*roles]}
    site.done("people.save_person", person)
    set_secret("k" * 40, site.person(badge), PIN, badge.lower(), PASSWORD)
    return site.person(badge)


def at_desk(site: Warehouse, badge: str, *roles: str) -> Caller:
    """Signed in with name and password."""
    client = visitor(site)
    answer = client.post(SESSION, json={"username": badge.lower(), "password": PASSWORD})
    assert answer.status_code == 200, answer.get_json()
    headers = {"X-CSRF-Token": answer.get_json()["csrf"]}
    return Caller(f"{badge} at a desk", client, frozenset(roles), headers=headers)


def on_handheld(site: Warehouse, device: Handheld, badge: str, *roles: str) -> Caller:
    """Signed in with badge and PIN."""
    client = visitor(site)
    where = {"Authorization": f"Device {device.credential}"}
    answer = client.post(SESSION, json={"badge": badge, "pin": PIN}, headers=where)
    assert answer.status_code == 200, answer.get_json()
    headers = {**where, "X-CSRF-Token": answer.get_json()["csrf"]}
    return Caller(f"{badge} on a handheld", client, frozenset(roles), "ours", headers)


def everybody(site: Warehouse, other: Warehouse) -> Iterator[Caller]:
    """One of each kind; persons of every role, of none, and of no more."""
    for role in (*ROLES, NONE):
        badge, roles = f"R-{role}", () if role == NONE else (role,)
        employ(site, badge, *roles)
        yield at_desk(site, badge, *roles)
        yield on_handheld(site, site.handheld(role), badge, *roles)
    yield from machines(site)
    yield from strangers(site)
    yield from handhelds(site, other)
    yield from fixed_readers(site)


def fixed_readers(site: Warehouse) -> Iterator[Caller]:
    """At doors and shelves: a token that opens one route only."""
    for name in ("reader", "shut-out reader"):
        gate = FixedReader(site, name)
        if name != "reader":
            site.done("readers.revoke", {"reader": gate.id})
        yield Caller(name, gate.client, headers={"Authorization": f"Bearer {gate.token}"})


def machines(site: Warehouse) -> Iterator[Caller]:
    """Integrations: a token bears one role."""
    for role in ROLES:
        yield _bearer(site, f"token of a {role}", issue_token(role, role, site.site), role)
    ended = issue_token("ended", "admin", site.site)
    with writing() as session:
        session.query(Token).filter_by(label="ended").update(
            {Token.expires_at: now() - timedelta(seconds=1)}
        )
    yield _bearer(site, "token that has ended", ended)
    yield _bearer(site, "token nobody gave", "0" * 64)


def _bearer(site: Warehouse, name: str, secret: str, *roles: str) -> Caller:
    headers = {"Authorization": f"Bearer {secret}"}
    return Caller(name, visitor(site), frozenset(roles) if roles else None, headers=headers)


def strangers(site: Warehouse) -> Iterator[Caller]:
    """Nobody, and those who were somebody once."""
    yield Caller("stranger", visitor(site))
    guessed = Caller("cookie nobody gave", visitor(site))
    guessed.client.set_cookie("tallyman", "f" * 64)
    yield guessed
    for badge, end in (("X-LEFT", _dismiss), ("X-LATE", _expire)):
        person = employ(site, badge, "admin", "supervisor")
        gone = at_desk(site, badge)
        end(person)
        yield Caller(f"{badge} at a desk", gone.client, headers=gone.headers)


def _dismiss(person: str) -> None:
    with writing() as session:
        session.get_one(Person, person).active = False


def _expire(person: str) -> None:
    with writing() as session:
        for row in session.query(LoginSession).filter_by(person=person):
            row.expires_at = now() - timedelta(seconds=1)


def handhelds(site: Warehouse, other: Warehouse) -> Iterator[Caller]:
    """Handhelds nobody is signed in on, of here, of elsewhere, lost ones, invented ones."""
    yield _handheld(site, "handheld", site.handheld("H-OURS"), "ours")
    abroad = other.handheld("H-ABROAD")
    yield _handheld(site, "handheld of another site", abroad, "elsewhere")
    yield Caller(
        "handheld nobody enrolled", visitor(site), headers={"Authorization": f"Device {'0' * 64}"}
    )
    lost = site.handheld("H-LOST")
    employ(site, "X-LOST", "admin", "supervisor")
    held = on_handheld(site, lost, "X-LOST")
    boss = at_desk(site, "R-supervisor", "supervisor")
    revoked = boss.call("POST", f"/api/v1/office/devices/{lost.id}/revoke", json={})
    assert revoked.status_code == 204
    yield Caller("admin on a revoked handheld", held.client, None, "revoked", held.headers)


def _handheld(site: Warehouse, name: str, device: Handheld, where: str) -> Caller:
    credential = {"Authorization": f"Device {device.credential}"}
    return Caller(name, visitor(site), None, where, credential)
