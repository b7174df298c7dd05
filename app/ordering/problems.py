"""Why an order may be refused."""

from dataclasses import dataclass

from app.kernel.problem import Problem


@dataclass(eq=False)
class OrderShipped(Problem):
    """The order has left; what comes now is another order."""

    code = "order.shipped"
    number: str


@dataclass(eq=False)
class OrderCancelled(Problem):
    """The order was called off."""

    code = "order.cancelled"
    number: str


@dataclass(eq=False)
class UnknownOrder(Problem):
    """The site has no such order."""

    code = "ordering.unknown_order"
    number: str


@dataclass(eq=False)
class UnknownCustomer(Problem):
    """There is no such customer."""

    code = "ordering.unknown_customer"
    customer: str


@dataclass(eq=False)
class UnknownItem(Problem):
    """There is no such item."""

    code = "ordering.unknown_item"
    item: str


@dataclass(eq=False)
class LineTwice(Problem):
    """Two lines share a number."""

    code = "ordering.line_twice"
    lines: tuple[int, ...]


@dataclass(eq=False)
class LineStarted(Problem):
    """Goods were picked for this line; it cannot become a line of something else."""

    code = "ordering.line_started"
    line: int


@dataclass(eq=False)
class NothingOrdered(Problem):
    """A document needs at least one line."""

    code = "ordering.nothing"


@dataclass(eq=False)
class BadPrice(Problem):
    """Not an amount of money with at most ten digits and four decimals."""

    code = "ordering.bad_price"
    price: str


@dataclass(eq=False)
class ReturnSettled(Problem):
    """Somebody has dealt with this return already."""

    code = "ordering.return_settled"
    number: str
