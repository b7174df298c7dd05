"""Move goods or a unit for any other reason than putting away."""

from app.handling.carrying import Carried, carry, refs, subject
from app.pipeline.operation import Kind
from app.work.models import PutawayPlan

KIND = Kind(
    "moving.move",
    Carried,
    carry,
    fact=True,
    roles=frozenset({"receiver", "picker", "packer", "supervisor"}),
    refs=refs,
    subject=subject,
    task=PutawayPlan,
)
