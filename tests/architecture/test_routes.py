"""Deny by default: every route says whom it lets in, and lets nobody else in."""

from pathlib import Path

import pytest
from flask import Flask

from app.factory import create_app
from app.settings import Settings
from app.web.access import access_of

PUBLIC = {
    "sync.enrol",
    "people.sign_in",
    "people.who",
    "delivering.shell",
    "delivering.asset",
    "health.live",
    "openapi.document",
    "health.ready",
}
NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def product(tmp_path: Path) -> Flask:
    url = f"sqlite:///{tmp_path / 'routes.db'}"
    return create_app(Settings(home=tmp_path, database=url, secret_key="k" * 40))


def test_every_route_declares_its_access(product: Flask) -> None:
    silent = [name for name, view in product.view_functions.items() if access_of(view) is None]

    assert silent == []


def test_the_public_ones_are_listed_here(product: Flask) -> None:
    public = {
        name
        for name, view in product.view_functions.items()
        if (access := access_of(view)) is not None and access.public
    }

    assert public == PUBLIC


def test_the_openapi_document_names_every_kind_and_route(product: Flask) -> None:
    document = product.test_client().get("/openapi.json").get_json()

    kinds = {name for name, _ in product.extensions["tallyman_playbook"].kinds}
    assert document["x-operations"].keys() == kinds
    assert document["x-operations"]["picking.pick"]["class"] == "fact"
    assert "/api/v1/sync/push" in document["paths"]
    goods = document["components"]["schemas"]["picking.pick.v1"]["properties"]["goods"]
    assert goods["properties"]["quantity"] == {
        "type": "integer",
        "format": "int64",
        "minimum": 1,
        "maximum": 1_000_000_000,
    }


def test_strangers_get_401_everywhere_else(product: Flask) -> None:
    client = product.test_client()
    let_in = []
    for rule in product.url_map.iter_rules():
        if rule.endpoint in PUBLIC:
            continue
        path = rule.rule
        for argument in rule.arguments:
            path = path.replace(f"<{argument}>", NOBODY)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            answer = client.open(path, method=method, json={})
            if answer.status_code != 401 or not answer.json or "code" not in answer.json:
                let_in.append(f"{method} {path} {answer.status_code}")

    assert let_in == []
