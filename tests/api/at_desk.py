"""Somebody at a desk, signed in with name and password."""

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient

from app.db import db
from app.people.sessions import set_secret
from tests.warehouse import Warehouse

JSON = dict[str, Any]


@dataclass
class AtDesk:
    """A browser whose cookies belong to one person."""

    client: FlaskClient
    csrf: str = ""

    def get(self, path: str) -> tuple[int, JSON]:
        """Read something."""
        db.session.remove()  # no two requests share what they have read
        answer = self.client.get(f"/api/v1{path}")
        return answer.status_code, answer.get_json()

    def read(self, path: str) -> JSON:
        """Read something that this person may read."""
        status, body = self.get(path)
        assert status == 200, body
        return body

    def post(self, path: str, body: JSON) -> tuple[int, JSON]:
        """Write something, from a page of ours."""
        db.session.remove()
        headers = {"X-CSRF-Token": self.csrf, "Origin": "http://localhost"}
        answer = self.client.post(f"/api/v1{path}", json=body, headers=headers)
        return answer.status_code, answer.get_json()


def at_desk(site: Warehouse, username: str) -> AtDesk:
    """Sign somebody in."""
    client = site.app.test_client()
    signed = client.post("/api/v1/session", json={"username": username, "password": "p" * 12})
    assert signed.status_code == 200
    return AtDesk(client, signed.get_json()["csrf"])


def employ(site: Warehouse, badge: str, *roles: str) -> AtDesk:
    """Take somebody on, and sign him in."""
    site.done("people.save_person", {"badge": badge, "name": f"Person {badge}", "roles": [*roles]})
    set_secret("k" * 40, site.person(badge), username=badge.lower(), password="p" * 12)
    return at_desk(site, badge.lower())
