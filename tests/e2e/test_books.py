"""The books are closed from the office: asked twice, for good, and said wherever rules are told."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, expect

from app.db import snapshot
from app.pipeline.models import Stream
from tests.e2e.conftest import DESK
from tests.e2e.house import House, Installation, Server
from tests.e2e.office import Desk


def first_day(house: House) -> str | None:
    """From when the books are open."""
    with snapshot() as session:
        return session.get_one(Stream, house.site).first_day


@pytest.fixture
def sam(
    new_context: Callable[..., BrowserContext], installation: Installation, server: Server
) -> Desk:
    """The supervisor at his desk."""
    page = new_context(viewport=DESK, has_touch=False).new_page()
    desk = Desk(page, f"http://127.0.0.1:{server.port}/")
    return desk.sign_in("sam", installation.password)


def test_a_day_is_closed_for_good(sam: Desk, house: House) -> None:
    today = datetime.now(UTC).date()
    before = today - timedelta(days=3)
    sam.at("desk-books").click()
    expect(sam.at("books-says")).to_have_text("Nothing has been closed yet.")
    expect(sam.at("close-books")).to_be_disabled()
    sam.at("through").fill((today + timedelta(days=1)).isoformat())
    expect(sam.at("close-books")).to_be_disabled()
    sam.at("through").fill(before.isoformat())
    sam.at("close-books").click()
    expect(sam.at("ask")).to_contain_text("It stays closed.")
    sam.shoot("books-ask")
    sam.is_fit_for_everybody()
    sam.at("ask-back").click()
    assert first_day(house) is None

    sam.at("close-books").click()
    sam.at("close-yes").click()
    expect(sam.at("books-says")).to_contain_text("Closed; open from")
    expect(sam.at("feedback")).to_have_text("Done")
    sam.shoot("books")
    sam.at("through").fill(before.isoformat())
    expect(sam.at("close-books")).to_be_disabled()
    assert first_day(house) == (before + timedelta(days=1)).isoformat()

    sam.at("desk-rules").click()
    expect(sam.page.locator("[data-rule=books]")).to_contain_text("Sam Supervisor")
    sam.at("desk-books").click()
    expect(sam.at("books-says")).to_contain_text("Closed; open from")
