"""What the office decides about counts."""

from app.counting.operations import ask_for, decide, recount, set_tolerance, withdraw, withhold
from app.pipeline.operation import Kind

KINDS: tuple[Kind, ...] = (
    decide.APPROVE,
    decide.REJECT,
    recount.KIND,
    ask_for.KIND,
    withdraw.KIND,
    withhold.KIND,
    set_tolerance.KIND,
)
