"""Find the order that somebody speaks of by its number."""

from sqlalchemy import select

from app.documents.models import SalesOrder
from app.documents.naming import order_id
from app.ordering.problems import OrderCancelled, OrderShipped, UnknownOrder
from app.pipeline.floor import Floor


def order_called(floor: Floor, number: str) -> SalesOrder:
    """Return an order of this site; a back-order is not named for its number."""
    order = floor.find(SalesOrder, order_id(floor.site, number))
    if order is None:
        named = select(SalesOrder).where(SalesOrder.site == floor.site, SalesOrder.number == number)
        order = next(iter(floor.all(named)), None)
    if order is None:
        raise UnknownOrder(number=number)
    return order


def open_order(floor: Floor, number: str) -> SalesOrder:
    """Return an order about which there is still something to decide."""
    order = order_called(floor, number)
    if order.shipments:
        raise OrderShipped(number=number)
    if order.cancelled:
        raise OrderCancelled(number=number)
    return order
