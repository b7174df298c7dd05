"""What is known of the label of an item: said of the item itself, else of whoever makes it."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.documents.models import Supplier


def label_of_maker(session: Session, org: str, gtin: str | None) -> Sequence[str] | None:
    """The AIs on the labels of the supplier whose company prefix the GTIN begins with."""
    if gtin is None:
        return None
    rows = session.execute(
        select(Supplier.label_ais)
        .where(Supplier.org == org, Supplier.company_prefix.is_not(None))
        .where(
            func.substr(gtin[1:], 1, func.length(Supplier.company_prefix))
            == Supplier.company_prefix
        )
        .order_by(func.length(Supplier.company_prefix).desc(), Supplier.id)
    )
    return next((label for (label,) in rows if label), None)
