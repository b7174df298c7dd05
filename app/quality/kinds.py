"""What quality decides."""

from app.pipeline.operation import Kind
from app.quality.operations.hold import HOLD, RELEASE

KINDS: tuple[Kind, ...] = (HOLD, RELEASE)
