"""Whatever stands where a code should: a stable answer, nothing broken, nothing executed."""

import json
from collections import Counter

import pytest
from sqlalchemy import func, select

from app.db import snapshot
from app.identification import identify
from app.items.models import Item
from app.ledger.models import Entry
from app.locations.models import Location
from tests.api.hostile_codes import CODES, MAKERS, corpus
from tests.api.sync.wiring import send
from tests.properties.hands import answers, log
from tests.warehouse import TEA, Warehouse

ASKED = 4_000  # a request each
RESOLVE = "/api/v1/scans/resolve"
REFUSALS = {"request.invalid", "request.not_json", "request.too_large"}
SYMBOLOGIES = (None, "]C1", "]C0", "]Q1", "]d2", "]E0", "keyed", "<b>")


def standing() -> tuple[int, int, int]:
    """What no scan may change: goods, places, postings."""
    with snapshot() as session:
        counts = [
            session.scalar(select(func.count()).select_from(it)) for it in (Item, Location, Entry)
        ]
    items, places, entries = (int(count or 0) for count in counts)
    return items, places, entries


def test_identification_answers_every_one_the_same_way_twice() -> None:
    said: Counter[str] = Counter()
    for n, code in enumerate(corpus()):
        symbology = SYMBOLOGIES[n % len(SYMBOLOGIES)]
        found = identify(code, symbology)
        assert found == identify(code, symbology)
        assert found.ok == (found.error is None), code
        said["ok" if found.error is None else found.error.code] += 1

    assert all(name == "ok" or name.startswith("identification.") for name in said)
    refused = CODES - said["ok"]
    assert refused > CODES * 0.8, said  # text under a QR code is text; little else is anything


@pytest.mark.slow
def test_resolving_answers_every_one(site: Warehouse) -> None:
    device = site.handheld()
    before = standing()
    for n, code in enumerate(corpus(ASKED)):
        asked = {"data": code, "symbology": SYMBOLOGIES[n % len(SYMBOLOGIES)]}
        status, answer = device.call("POST", RESOLVE, asked)
        if status == 200:
            assert answer["type"] == "unknown", (code, answer)
        else:
            assert answer["code"] in REFUSALS, (code, answer)

    assert standing() == before


@pytest.mark.parametrize(
    "raw",
    [
        b'{"data":"\xff\xfe","symbology":null}',
        b'{"data":"\xed\xa0\x80","symbology":null}',
        b'{"data":"\xc0\xaf","symbology":null}',
        b'{"data":"A\x00B","symbology":null}',
        b'{"data":"A\nB","symbology":null}',
        b'{"data":"A","symbology":null',
        b'{"data":["A"],"symbology":null}',
        b'{"data":{"$ne":1},"symbology":null}',
        b'{"data":"A","symbology":null,"__proto__":{}}',
        b'{"data":"' + b"9" * 1_000_000 + b'","symbology":null}',
        b"\x1f\x8b",
        b"",
    ],
    ids=["fe", "surrogate", "overlong", "nul", "newline", "torn", "list", "object", "extra",
         "megabyte", "gzip", "nothing"],
)  # fmt: skip
def test_what_is_no_text_is_refused_by_name(site: Warehouse, raw: bytes) -> None:
    answer = send(site, RESOLVE, raw=raw, device=site.handheld())

    assert (answer.status_code, answer.mimetype) in [
        (status, "application/problem+json") for status in (400, 413, 422)
    ]
    assert json.loads(answer.data)["code"] in REFUSALS
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_pushing_takes_every_one_and_keeps_it(site: Warehouse) -> None:
    """They come in scans of a gesture that is right in itself: the goods are real."""
    device = site.handheld()
    codes = list(corpus(50 * len(MAKERS)))
    for code in codes:
        scans = [{"data": code, "symbology": None}]
        site.receive(device, TEA, 1, target=site.place("A-01"), scans=scans)
    device.push()

    said = answers(device)
    kept = [
        row for row in log() if any(code.startswith(("sync.", "request.")) for code in row.codes)
    ]
    refused = [n for n, (outcome, _) in said.items() if outcome == "exception"]
    assert len(said) == len(codes)
    assert {outcome for outcome, _ in said.values()} <= {"applied", "flagged", "exception"}
    # Half characters and NUL are no text; what carries them is kept as it is, for a supervisor.
    assert len(kept) == len(refused) > 0
    assert site.on_hand(TEA) == len(codes) - len(refused)
    assert site.on_hand(TEA) > len(codes) * 0.7
