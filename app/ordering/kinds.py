"""What the office may do to customers, orders and announced returns."""

from app.ordering.operations import (
    add_lines,
    announce_return,
    cancel_order,
    prioritise,
    release,
    save_customer,
    save_order,
)
from app.pipeline.operation import Kind

KINDS: tuple[Kind, ...] = (
    save_customer.KIND,
    save_order.KIND,
    add_lines.KIND,
    cancel_order.KIND,
    release.RELEASE,
    release.HOLD_BACK,
    prioritise.KIND,
    announce_return.KIND,
)
