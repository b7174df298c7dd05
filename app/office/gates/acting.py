"""What a person confirmed becomes the ordinary operations of the floor; the reads are its scans."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from app.kernel.ids import derived
from app.office.gates.facts import Facts
from app.office.gates.judging import Receipt, Shipment
from app.pipeline.office import Request
from app.readers.models import TagVisit

MOST_ROWS = 500  # of a list in a payload
AT_ONCE = 400  # visits that one operation settles


def receive(facts: Facts, receipt: Receipt) -> list[Request]:
    """Receive the pallet as it was announced; serials that were read are named."""
    payload = {
        "asn": receipt.announced.asn,
        "lpn": receipt.unit,
        "contents": list(_contents(facts, receipt)),
        "target": receipt.place,
        "condition": "good",
        "reason": None,
        "photos": [],
        "scans": _scans((*receipt.visits, *receipt.pieces)),
    }
    last = receipt.visits[0]
    operation = Request("receiving.receive_unit", payload, id=derived(last.id, "receipt"))
    return [operation, *_settled((*receipt.visits, *receipt.pieces), last, "receipt")]


def ship(shipment: Shipment) -> list[Request]:
    """Ship the units that were read; what was not read stays."""
    payload = {
        "order": shipment.order.id,
        "units": [tote.unit for tote in shipment.read][:MOST_ROWS],
        "goods": [],
        "stage": shipment.stage,
        "scans": _scans(shipment.visits),
    }
    last = shipment.visits[0]
    operation = Request("shipping.ship", payload, id=derived(last.id, "shipment"))
    return [operation, *_settled(shipment.visits, last, "shipment")]


def _contents(facts: Facts, receipt: Receipt) -> Iterator[dict[str, Any]]:
    """As announced; of items with serials, one row for each that was read."""
    read: dict[str, list[str]] = {}
    for piece in receipt.pieces:
        if facts.items.get(str(piece.item), ("", "", ""))[2] == "serial":
            read.setdefault(str(piece.item), []).append(str(piece.subject))
    if sum(map(len, read.values())) + len(receipt.announced.contents) > MOST_ROWS:
        read = {}
    for row in receipt.announced.contents:
        serials = read.get(row["item"], [])
        named, read[row["item"]] = serials[: row["quantity"]], serials[row["quantity"] :]
        for serial in named:
            yield {**row, "packaging": None, "serial": serial, "quantity": 1}
        if row["quantity"] > len(named):
            yield {**row, "quantity": row["quantity"] - len(named)}


def pieces_read(receipt: Receipt) -> Counter[str]:
    """How many pieces of each item were read."""
    return Counter(str(piece.item) for piece in receipt.pieces)


def _scans(visits: Iterable[TagVisit]) -> list[dict[str, Any]]:
    tags = dict.fromkeys(visit.tag for visit in visits)
    return [{"data": tag, "symbology": None} for tag in tags][:MOST_ROWS]


def _settled(visits: Iterable[TagVisit], last: TagVisit, what: str) -> Iterator[Request]:
    ids = sorted({visit.id for visit in visits})
    for n in range(0, len(ids), AT_ONCE):
        payload = {"visits": ids[n : n + AT_ONCE], "verdict": "confirmed", "note": None}
        yield Request("readers.settle", payload, id=derived(last.id, f"{what}:settled:{n}"))
