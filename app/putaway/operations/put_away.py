"""Bring goods or a handling unit from the dock to a bin."""

from app.handling.carrying import Carried, carry, refs, subject
from app.pipeline.operation import Kind
from app.work.models import PutawayPlan

KIND = Kind(
    "putaway.put_away",
    Carried,
    carry,
    fact=True,
    roles=frozenset({"receiver", "picker", "supervisor"}),
    refs=refs,
    subject=subject,
    task=PutawayPlan,
)
