"""A handheld on the warehouse network: HTTPS with the local authority, from page to app."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import BrowserContext, Playwright, expect

from app.tls.store import certificate_in, papers
from tests.e2e.house import House, Installation, Server
from tests.e2e.newcomer import Newcomer
from tests.provision.chromium import Chromium
from tests.served import free_port


@pytest.fixture
def server(installation: Installation, pwa: Path) -> Iterator[Server]:
    """`tallyman start --lan`; its port is the plain page's."""
    running = Server(installation, pwa, command="start", insecure=False, tls_port=free_port())
    running.start()
    yield running
    running.stop()
    assert "Traceback" not in running.log(), running.log()


@pytest.fixture
def handheld(
    playwright_driver: Playwright,
    installed_chromium: Chromium,
    installation: Installation,
    server: Server,
    tmp_path: Path,
) -> Iterator[BrowserContext]:
    """A browser whose owner has said that the local authority's certificate is to be trusted."""
    key = certificate_in(papers(installation.home).certificate).public_key()
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    trusted = base64.b64encode(hashlib.sha256(spki).digest()).decode()
    context = playwright_driver.chromium.launch_persistent_context(
        tmp_path / "profile",
        executable_path=installed_chromium.program,
        args=[
            *installed_chromium.arguments(),
            f"--ignore-certificate-errors-spki-list={trusted}",
        ],
        env=dict(installed_chromium.environment()),
        viewport={"width": 360, "height": 640},
        has_touch=True,
    )
    yield context
    context.close()


def test_from_the_plain_page_to_the_first_receipt(
    handheld: BrowserContext, server: Server, house: House
) -> None:
    """Secure cookies, the worker that keeps the app, and work: all over the network's own HTTPS."""
    page = handheld.new_page()
    page.goto(f"http://127.0.0.1:{server.port}/")
    expect(page.locator("h1").first).to_have_text("Connect a handheld")
    assert page.locator("img").evaluate_all("all => all.every((one) => one.naturalWidth > 0)")

    page.goto(f"https://127.0.0.1:{server.tls_port}/")
    assert page.evaluate("() => isSecureContext")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    Newcomer(page).does("receive")

    assert house.wait_for({"receiving.receive_unit"})["receiving.receive_unit"] == 1
