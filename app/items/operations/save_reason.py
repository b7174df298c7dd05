"""Offer a reason for one tap."""

from dataclasses import dataclass, field
from typing import Literal

from app.items.models import Reason
from app.items.naming import reason_id, reason_name
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs

Occasion = Literal["damaged", "wrong_item", "receipt_short", "pick_short", "move", "adjust", "void"]


@dataclass(frozen=True, slots=True)
class Label:
    """The words on the button, in the languages of the handheld."""

    en: str = field(metadata={"min_length": 1, "max_length": 80})
    es: str = field(metadata={"min_length": 1, "max_length": 80})


@dataclass(frozen=True, slots=True)
class SaveReason:
    """Payload of `items.save_reason`."""

    code: str = field(metadata={"min_length": 1, "max_length": 40})
    kind: Occasion
    label: Label


def save_reason(floor: Floor, operation: Operation[SaveReason]) -> Outcome:
    """Bring a reason in, or up to date."""
    asked = operation.payload
    key = reason_id(floor.org, asked.code)

    reason = floor.find(Reason, key) or Reason(id=key, org=floor.org, code=asked.code)
    reason.kind, reason.label = asked.kind, {"en": asked.label.en, "es": asked.label.es}

    floor.add(reason)
    return Outcome()


KIND = Kind(
    "items.save_reason",
    SaveReason,
    save_reason,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    refs=lambda payload: Refs(named=((Reason, reason_name(payload.code)),)),
    subject=lambda payload: str(payload.code),
    stream="org",
)
