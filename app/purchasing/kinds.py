"""What may be done to suppliers, purchase orders and announcements."""

from app.pipeline.operation import Kind
from app.purchasing.operations import save_asn, save_purchase_order, save_supplier

KINDS: tuple[Kind, ...] = (save_supplier.KIND, save_purchase_order.KIND, save_asn.KIND)
