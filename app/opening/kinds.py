"""What may be said of stock that nobody has scanned yet."""

from app.opening.operations import open_stock
from app.pipeline.operation import Kind

KINDS: tuple[Kind, ...] = (open_stock.KIND,)
