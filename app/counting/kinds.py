"""What the office decides about counts, and what the system does by itself."""

from app.counting.operations import (
    approve_count,
    ask_for,
    decide,
    order_recount,
    recount,
    set_tolerance,
    settle,
    withdraw,
    withhold,
)
from app.pipeline.operation import Kind

KINDS: tuple[Kind, ...] = (
    decide.APPROVE,
    decide.REJECT,
    recount.KIND,
    ask_for.KIND,
    withdraw.KIND,
    withhold.KIND,
    set_tolerance.KIND,
    settle.KIND,
    order_recount.KIND,
    approve_count.KIND,
)
