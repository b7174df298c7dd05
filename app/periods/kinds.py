"""What may be decided about periods."""

from app.periods.operations import close_period
from app.pipeline.operation import Kind

KINDS: tuple[Kind, ...] = (close_period.KIND,)
