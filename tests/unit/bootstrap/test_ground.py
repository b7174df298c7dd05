"""The tests' own ground: a real server, a real browser."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from sqlalchemy import create_engine, text

from tests.provision.fixtures import CreateDatabase


class TestPostgres:
    def test_gives_a_new_database(self, create_database: CreateDatabase) -> None:
        engine = create_engine(create_database("provision"))

        with engine.connect() as connection:
            answer = connection.scalar(text("SELECT current_database()"))
        engine.dispose()

        assert answer == "provision"

    def test_drops_it_afterwards(self, create_database: CreateDatabase) -> None:
        create_database("provision")


class OnePage(http.server.BaseHTTPRequestHandler):
    """Answers every request with the same words."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<h1>Scan a bin</h1><script>document.title = 'ran'</script>")

    def log_message(self, *_: object) -> None:
        pass


class TestBrowser:
    @pytest.fixture
    def address(self) -> Iterator[str]:
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), OnePage) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/"
            server.shutdown()

    def test_opens_a_page_and_runs_its_script(self, page: Page, address: str) -> None:
        page.goto(address)

        assert page.inner_text("h1") == "Scan a bin"
        assert page.title() == "ran"

    def test_counts_this_machine_as_a_secure_place(self, page: Page, address: str) -> None:
        page.goto(address)

        assert page.evaluate("() => isSecureContext && 'serviceWorker' in navigator") is True
