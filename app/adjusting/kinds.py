"""How stock is corrected at a desk."""

from app.adjusting.operations import adjust, decide, found, scrap, set_limit
from app.pipeline.operation import Kind

KINDS: tuple[Kind, ...] = (
    adjust.KIND,
    scrap.KIND,
    found.KIND,
    decide.APPROVE,
    decide.REJECT,
    set_limit.KIND,
)
