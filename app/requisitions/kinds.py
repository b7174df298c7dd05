"""How goods are asked for, granted and refused."""

from app.pipeline.operation import Kind
from app.requisitions.operations import approve, reject, request

KINDS: tuple[Kind, ...] = (request.KIND, approve.KIND, reject.KIND)
