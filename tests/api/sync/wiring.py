"""Raw requests: whatever a broken or hostile client may send."""

import gzip
import json
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.db import db, writing
from app.kernel.clock import now
from app.people.models import Device
from app.proving.handheld import Handheld
from tests.properties.hands import lay
from tests.warehouse import TEA, Warehouse

PUSH = "/api/v1/sync/push"


def send(
    site: Warehouse,
    path: str,
    body: object = None,
    *,
    raw: bytes | None = None,
    device: Handheld | None = None,
    method: str = "POST",
    headers: dict[str, str] | None = None,
    zipped: bool = False,
) -> TestResponse:
    """Send one request as it stands."""
    data = raw if raw is not None else json.dumps(body).encode()
    sent = {"Content-Type": "application/json", **(headers or {})}
    if zipped:
        data, sent["Content-Encoding"] = gzip.compress(data), "gzip"
    if device is not None:
        sent["Authorization"] = f"Device {device.credential}"
    db.session.remove()  # as in production, where no two requests share what they have read
    with site.app.test_client(use_cookies=False) as client:
        return client.open(path, method=method, data=data, headers=sent)


def problem(answer: TestResponse) -> tuple[int, str]:
    """Check the form of a problem and return status and code."""
    assert answer.status_code < 500, answer.get_data(as_text=True)
    assert answer.mimetype == "application/problem+json"
    body: dict[str, Any] = json.loads(answer.get_data(as_text=True))
    assert body["status"] == answer.status_code
    assert {"type", "title", "code"} <= body.keys()
    return answer.status_code, str(body["code"])


def client_of(site: Warehouse) -> FlaskClient:
    """A browser with cookies of its own."""
    return site.app.test_client()


def revoke(device: Handheld) -> None:
    with writing() as session:
        session.get_one(Device, device.id).revoked_at = now()


def filled(site: Warehouse, operations: int = 4) -> Handheld:
    device = site.handheld()
    for n in range(1, operations + 1):
        lay(site, device, TEA, n, "A-01")
    return device
