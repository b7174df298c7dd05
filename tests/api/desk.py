"""Somebody at a desk: a browser without the browser."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.db import db
from app.people.sessions import issue_token
from tests.warehouse import Warehouse

PASSWORD = "p" * 12
OFFICE = "/api/v1/office"


class Visitor(FlaskClient):
    """A client whose requests each see the present moment, as real ones do."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        answer = super().open(*args, **kwargs)
        db.session.remove()
        return answer


def visitor(site: Warehouse) -> FlaskClient:
    """Nobody yet."""
    return Visitor(site.app, site.app.response_class)


def signed_in(site: Warehouse, username: str) -> tuple[FlaskClient, dict[str, str]]:
    """Somebody with a session, and the headers that their writes need."""
    client = visitor(site)
    login = {"username": username, "password": PASSWORD}
    answer = client.post("/api/v1/session", json=login)
    assert answer.status_code == 200
    return client, {"Origin": "http://localhost", "X-CSRF-Token": answer.get_json()["csrf"]}


def bearer(site: Warehouse, role: str) -> dict[str, str]:
    """The header of an integration with this role."""
    return {"Authorization": f"Bearer {issue_token(role, role, site.site)}"}
