"""What an operation said, in figures and names that need no language."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.office.labels import holder_label, item_label

PLACES = ("source", "place", "stage", "target")
NAMES = ("number", "sku", "badge", "code", "name")


def told(session: Session, envelope: bytes) -> list[str]:
    """Say what was handled and where: "12 × TEA Green tea", "DOCK-1 → A-01"."""
    try:
        payload = json.loads(envelope)["payload"]
    except (ValueError, KeyError, TypeError):
        return []  # it could not be read in the first place
    if not isinstance(payload, dict):
        return []
    named = [payload[name] for name in NAMES if isinstance(payload.get(name), str)]
    route = [holder_label(session, payload[n]) for n in PLACES if isinstance(payload.get(n), str)]
    return [*named, *_goods(session, payload), *([" → ".join(route)] if route else [])]


def _goods(session: Session, payload: Mapping[str, Any]) -> Iterator[str]:
    contents = payload.get("contents")
    for goods in [payload.get("goods"), *(contents if isinstance(contents, list) else [])]:
        if isinstance(goods, dict) and isinstance(goods.get("item"), str):
            yield f"{goods.get('quantity')} × {item_label(session, goods['item'])}"
    if isinstance(payload.get("lpn"), str):
        yield holder_label(session, payload["lpn"])
    if isinstance(payload.get("missing"), int):
        yield f"−{payload['missing']}"
