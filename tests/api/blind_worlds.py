"""Two worlds that differ in nothing but what the book says lies in the bins."""

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import zip_longest
from typing import Any

from werkzeug.test import TestResponse

from app.items.naming import reason_id
from app.kernel.ids import derived
from app.office.tables.every import TABLES
from app.proving.handheld import JSON, Handheld
from tests.api.callers import Caller
from tests.warehouse import GTINS, LAMP, MILK, TEA, Warehouse

MANY = 100_003
LOT = "L-2031"
BINS = {TEA: "A-01", LAMP: "A-02", MILK: "A-03"}  # the last two take goods while they are empty
PULL = "/api/v1/sync/pull"
ABSENT = "00000000-0000-0000-0000-000000000000"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def fill(site: Warehouse, book: int) -> None:
    """Let the book say 0 or many, by the same operations: goods come in, one piece is corrected."""
    for code in ("A-02", "A-03"):
        site.done("locations.save_location", {"code": code, "kind": "bin", "only_empty": True})
    site.done("locations.save_location", {"code": "A-01", "kind": "bin", "no_mix_item": True})
    label = {"en": "Water damage", "es": "Daño de agua"}
    site.done("items.save_reason", {"code": "water", "kind": "adjust", "label": label})
    more = book > 0
    for sku, code in BINS.items():
        named = {"lot_code": LOT} if sku == MILK else {}
        opened = {"place": site.place(code), "goods": goods(site, sku, book - 1 if more else 1)}
        site.done("stock.open_stock", {**opened, **named})
        corrected = {
            "place": site.place(code),
            "goods": goods(site, sku, 1),
            "direction": "more" if more else "less",
            "reason": reason_id(site.org, "water"),
        }
        site.done("stock.adjust", corrected, actor=site.person("S1"))
        assert site.on_hand(sku, code) == book
    for code in BINS.values():
        site.done("counting.ask_for", {"place": site.place(code)}, actor=site.person("S1"))
    site.order("SO-1", (TEA, 5), (LAMP, 2))
    site.purchase_order("PO-1", (TEA, 40))
    site.purchase_order("PO-2", (LAMP, 40), blind=True)


def goods(site: Warehouse, sku: str, quantity: int) -> JSON:
    """Goods of an item; milk has its lot."""
    lot = {"lot": derived(site.item(MILK), LOT), "expiry": "2031-01-31"} if sku == MILK else {}
    return site.goods(sku, quantity, **lot)


@dataclass
class Ear:
    """Writes down every answer, without dates and places in a sequence."""

    heard: list[tuple[str, str]] = field(default_factory=list)  # route; request and answer

    def hear(self, route: str, asked: str, answer: TestResponse) -> None:
        """Write down status, type, tag and body."""
        kind = answer.headers.get("Content-Type", "")
        body = answer.get_data()
        text = _unpacked(body) if kind == EXCEL else body.decode("latin-1")
        self.note(
            route, f"{asked} → {answer.status_code} {kind} {answer.headers.get('ETag')} {text}"
        )

    def note(self, route: str, words: str) -> None:
        """Write down something else that came."""
        for pattern, instead in MASKS:
            words = pattern.sub(instead, words)
        self.heard.append((route, words))


ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MASKS = (
    (re.compile(r'"(\w*seq|cursor|xor|base|incarnation|csrf)": ?("[^"]*"|\d+)'), r'"\1":…'),
    (re.compile(r"\b[12]\d{12}\b"), "<ms>"),
    (re.compile(r"\b20(25|26)-\d\d-\d\d([T ][\d:.]+(Z|\+00:00)?)?"), "<day>"),
    (re.compile(r'"[0-9a-f]{32}"'), '"<token>"'),
)


def apart(empty: Ear, full: Ear) -> dict[str, str]:
    """The routes by which the worlds can be told apart, and what gives them away.

    Ids that only one world knows were drawn there and say nothing; all others must agree.
    """
    known = _ids(empty) & _ids(full)

    def masked(route: str, words: str) -> str:
        plain = ID.sub(lambda found: found[0] if found[0] in known else "<id>", words)
        # What one commit changed has no order but that of ids.
        return "\n".join(sorted(re.split(r",? ?(?={\"seq)", plain))) if route == PULL else plain

    found: dict[str, str] = {}
    for (route, words), (same, others) in zip(empty.heard, full.heard, strict=True):
        assert route == same
        one, two = masked(route, words), masked(route, others)
        if one != two and route not in found:
            at = next(n for n, (a, b) in enumerate(zip_longest(one, two)) if a != b)
            near = slice(max(at - 200, 0), at + 200)
            found[route] = f"{one[:150]} …\n    {one[near]}\n    {two[near]}"
    return found


def _ids(ear: Ear) -> set[str]:
    return {found for _, words in ear.heard for found in ID.findall(words)}


def _unpacked(book: bytes) -> str:
    with zipfile.ZipFile(BytesIO(book)) as parts:
        names = [name for name in parts.namelist() if not name.startswith("docProps")]
        return "".join(parts.read(name).decode() for name in names)


# --- what is asked ------------------------------------------------------------------------------


def questions(site: Warehouse) -> Iterator[str]:
    """Query strings about the counted places, and nonsense that makes a route complain."""
    place, item = site.place("A-01"), site.item(TEA)
    yield ""
    yield f"?place={place}&limit=1"
    yield f"?item={item}"
    yield f"?holder={place}&item={item}"
    yield "?q=TEA&what=item&state=all"
    yield f"?place={place}&sort=quantity&after=0&limit=x"


def bodies(site: Warehouse) -> Iterator[JSON]:
    """What is sent to a route that writes; the sense of each depends on the route."""
    item = site.item(TEA)
    yield {}
    yield {"lpn": None, "item": item, "quantity": 3, "target": site.place("A-03")}
    yield {"lpn": None, "item": item, "quantity": 3}
    for code in (
        *GTINS.values(),
        "A-01",
        "TMP:A-02",
        "SO-1",
        LOT,
        f"(10){LOT}",
        "TMU:U-1",
        "TMB:B1",
    ):
        yield {"data": code, "symbology": None}


def arguments(site: Warehouse) -> tuple[str, ...]:
    """What stands in a path."""
    return (ABSENT, site.place("A-01"), site.item(TEA), *TABLES)


def ask_everything(ear: Ear, site: Warehouse, caller: Caller) -> None:
    """Every route, with everything one may say to it."""
    for rule in sorted(site.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        tables = "<name>" in rule.rule
        whole = "<path" in rule.rule
        named = arguments(site) if tables else arguments(site)[:3]
        for argument in named if rule.arguments and not whole else (ABSENT,):
            path = re.sub(r"<[^>]+>", argument, rule.rule)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS", "DELETE"}):
                _ask(ear, site, caller, method, rule.rule, path)
    for kind, payload in gestures(site):
        body = {"id": derived(site.site, f"{caller.name}{kind}{payload}"), "kind": kind}
        answer = caller.call("POST", "/api/v1/operations", json={**body, "payload": payload})
        ear.hear("/api/v1/operations", kind, answer)


def _ask(ear: Ear, site: Warehouse, caller: Caller, method: str, rule: str, path: str) -> None:
    if method == "GET":
        asked = list(questions(site))
        for question in asked[:2] if "<name>" in rule else asked:
            ear.hear(rule, path + question, caller.call(method, path + question))
        return
    for body in bodies(site):
        ear.hear(rule, f"{path} {json.dumps(body)}", caller.call(method, path, json=body))


def gestures(site: Warehouse) -> Iterator[tuple[str, JSON]]:
    """What hands, right or wrong, do where the worlds differ; some of it contradicts the book."""
    place, item = site.place, site.item(TEA)
    scans: dict[str, Any] = {"scans": []}
    line: JSON = {
        "po_line": None,
        "asn_line": None,
        "condition": "good",
        "photos": [],
        "reason": None,
    }
    move = {"lpn": None, "reason": None, **scans}
    yield "moving.move", {
        "goods": site.goods(TEA, 5), "source": place("A-01"), "target": place("B-01"), **move
    }  # fmt: skip
    yield "putaway.put_away", {
        "goods": site.goods(TEA, 5), "source": place("B-01"), "target": place("A-02"), **move
    }  # fmt: skip
    yield "putaway.put_away", {
        "goods": site.goods(LAMP, 5), "source": place("B-01"), "target": place("A-01"), **move
    }  # fmt: skip
    yield "receiving.receive_line", {
        **line, "goods": site.goods(LAMP, 1), "target": place("A-02"), **scans
    }  # fmt: skip
    order_line = site.line(derived(site.site, "order:SO-1"), 1)
    picked = {"order_line": order_line, "source": place("A-01"), **scans}
    yield "picking.pick", {**picked, "goods": site.goods(TEA, 1), "tote": None}
    yield "picking.report_short", {**picked, "missing": 1, "reason": None}
    yield "picking.take_work", {"orders": 1, **scans}
    for n, (sku, code) in enumerate(BINS.items()):
        sheet = {"sheet": derived(item, f"sheet {n}"), "place": place(code), **scans}
        yield "counting.count_line", {**sheet, "goods": goods(site, sku, 4), "lpn": None}
        yield "counting.finish_bin", {**sheet, "empty": False}
        yield "counting.approve", {"sheet": sheet["sheet"]}
    yield "counting.count_line", {
        "sheet": ABSENT, "place": place("A-01"), "goods": None, "lpn": site.lpn("U-1"), **scans
    }  # fmt: skip
    yield "exceptions.resolve", {"exception": ABSENT, "resolution": "recount"}
    yield "stock.adjust", {"place": place("A-01"), "goods": site.goods(TEA, 1)}
    yield "nonsense.of_a_kind", {}


def hand_in(ear: Ear, site: Warehouse, device: Handheld) -> None:
    """Do it all on a handheld, and fetch page by page what comes of it, twice."""
    _fetch(ear, device)
    for kind, payload in gestures(site):
        device.record(kind, payload)
    device.record("operations.void", {"reason": None, "scans": []}, cause=ABSENT)
    while device.sent < len(device.queue):
        status, answer = device.push_once()
        assert status == 200, answer
        ear.note("/api/v1/sync/push", json.dumps(answer))
    _fetch(ear, device)


def _fetch(ear: Ear, device: Handheld) -> None:
    more = True
    while more:
        path = f"{PULL}?epoch={device.epoch}&cursor={device.cursor}&limit=25"
        status, page = device.call("GET", path)
        assert status == 200, page
        ear.note(PULL, json.dumps(page))
        device.cursor, more = page["cursor"], page["has_more"]
