"""The demo's doors open with one tap; a site that is no demo has none."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from werkzeug.test import TestResponse

from app.db import db
from app.demo.keys import FILE, Keys, keep
from app.factory import MIGRATIONS, create_app
from app.founding import found_site
from app.playbook import PLAYBOOK
from app.proving.demo import furnish
from app.settings import Settings

ORIGIN = {"Origin": "http://localhost"}
ROUTES = ("/api/v1/demo", "/demo/sheet", "/demo/sheet.css")


def served(home: Path, *, demo: bool) -> Flask:
    return create_app(
        Settings(
            home=home,
            database=f"sqlite:///{home / 'tallyman.db'}",
            secret_key="k" * 40,
            secure_cookies=False,
            demo=demo,
        )
    )


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo site, made once."""
    home = tmp_path_factory.mktemp("demo")
    app = served(home, demo=False)
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
        list(furnish())
        db.session.remove()
        db.engine.dispose()
    return home


def closed(client: FlaskClient) -> bool:
    """Nothing to read, and nothing that takes a door: 405 is what a path unknown to POST gets."""
    unread = {client.get(route).status_code for route in ROUTES} == {404}
    return unread and opened(client, "receive").status_code in {404, 405}


def opened(client: FlaskClient, door: str, *, enrol: bool = True) -> TestResponse:
    body = {"door": door, "enrol": enrol}
    return client.post("/api/v1/demo/door", json=body, headers=ORIGIN)


@pytest.mark.parametrize("door", ["receive", "putaway", "pick", "count"])
def test_what_a_door_hands_out_enrols_and_signs_in(furnished: Path, door: str) -> None:
    client = served(furnished, demo=True).test_client()
    keys = opened(client, door).get_json()
    device = client.post(
        "/api/v1/devices",
        json={"enrolment_code": keys["code"], "label": "demo", "replaces": None},
    ).get_json()
    header = {"Authorization": f"Device {device['credential']}"}
    entered = client.post(
        "/api/v1/session", json={"badge": keys["badge"], "pin": keys["pin"]}, headers=header
    )

    assert entered.status_code == 200
    assert entered.get_json()["grant"]


def test_the_office_opens_with_the_name_and_password_of_the_demo(furnished: Path) -> None:
    client = served(furnished, demo=True).test_client()

    entered = client.post("/api/v1/session", json=opened(client, "office").get_json())

    assert "supervisor" in entered.get_json()["person"]["roles"]


def test_an_enrolled_handheld_gets_no_second_code(furnished: Path) -> None:
    client = served(furnished, demo=True).test_client()

    assert opened(client, "pick", enrol=False).get_json()["code"] is None


def test_a_page_of_somebody_else_opens_nothing(furnished: Path) -> None:
    client = served(furnished, demo=True).test_client()
    body = {"door": "pick", "enrol": True}
    for headers in ({}, {"Origin": "http://elsewhere.example"}):
        assert client.post("/api/v1/demo/door", json=body, headers=headers).status_code == 403


def test_the_demo_site_served_in_earnest_has_no_doors(furnished: Path) -> None:
    assert closed(served(furnished, demo=False).test_client())


@pytest.mark.parametrize("keys", [None, "of another site"])
def test_a_real_site_has_no_doors_even_if_it_is_served_as_a_demo(
    tmp_path: Path, keys: str | None
) -> None:
    app = served(tmp_path, demo=True)
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
        found_site(PLAYBOOK, "MAIN", "Main warehouse")
    if keys:
        keep(tmp_path, Keys("00000000-0000-7000-8000-000000000000", "123456", "sam", "x"))

    assert closed(app.test_client())


def test_the_keys_are_for_their_owner_only(furnished: Path) -> None:
    assert (furnished / FILE).stat().st_mode & 0o777 == 0o600
