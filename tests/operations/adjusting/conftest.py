"""Two supervisors, a reason, and a way to correct stock."""

from collections.abc import Callable
from typing import Any

import pytest

from app.items.naming import reason_id
from app.pipeline.execute import Decided
from tests.warehouse import TEA, Warehouse

Correct = Callable[..., Decided]


@pytest.fixture
def correct(site: Warehouse) -> Correct:
    """Correct so many of an item in A-01, as S1 unless somebody else says so."""
    label = {"en": "Water damage", "es": "Daño de agua"}
    site.done("items.save_reason", {"code": "water", "kind": "adjust", "label": label})
    site.done("items.save_reason", {"code": "lost", "kind": "pick_short", "label": label})
    for badge in ("S2", "S3"):
        person = {"badge": badge, "name": badge, "roles": ["supervisor"]}
        site.done("people.save_person", person)

    def ask(
        kind: str, quantity: int, sku: str = TEA, *, by: str = "S1", reason: str = "water",
        place: str = "A-01", over: Any = None, **more: Any,
    ) -> Decided:  # fmt: skip
        payload = {
            "place": site.place(place),
            "goods": site.goods(sku, quantity, **(over or {})),
            "reason": reason_id(site.org, reason),
            "note": None,
            **more,
        }
        return site.ask(kind, payload, actor=site.person(by))

    return ask
