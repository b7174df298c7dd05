"""What may be done to items and their codes."""

from app.items.operations import save_identifier, save_item, save_reason
from app.pipeline.operation import Kind

KINDS: tuple[Kind, ...] = (save_item.KIND, save_identifier.KIND, save_reason.KIND)
