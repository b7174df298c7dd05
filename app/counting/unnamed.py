"""Lines of a sheet under codes nobody has named yet: kept, and missing from what was counted."""

from collections.abc import Collection

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from app.kernel.ids import derived
from app.ledger.models import Voided
from app.pipeline.following import REAPPLY
from app.pipeline.models import OpenException, StoredOperation

KEPT = "unresolved_barcode"
LINE = "counting.count_line"
# What lets a kept operation happen, and the answers that say that it did.
LATER, DONE = (REAPPLY[0], "exceptions.resolve"), ("applied", "flagged")


def unnamed_codes(session: Session, site: str, sheets: Collection[str]) -> dict[str, list[str]]:
    """Name per sheet the codes that were counted and may still be named.

    What was called off, let happen, or accepted as it is by a supervisor is waited for no more.
    """
    again = aliased(StoredOperation)
    rows = session.execute(
        select(StoredOperation.subject, StoredOperation.codes, StoredOperation.detail)
        .outerjoin(Voided, Voided.cause == StoredOperation.operation)
        .outerjoin(
            again,
            and_(
                again.stream == StoredOperation.stream,
                again.cause == StoredOperation.operation,
                again.kind.in_(LATER),
                again.outcome.in_(DONE),
            ),
        )
        .where(
            StoredOperation.stream == site,
            StoredOperation.subject.in_(sheets),
            StoredOperation.kind == LINE,
            StoredOperation.outcome == "exception",
            StoredOperation.alias.is_(False),
            Voided.cause.is_(None),
            again.operation.is_(None),
        )
        .order_by(StoredOperation.commit_seq)
    ).all()
    kept = [(str(sheet), detail or {}) for sheet, codes, detail in rows if KEPT in codes]
    accepted = _accepted(session, site, {str(detail.get("id")) for _, detail in kept})
    found: dict[str, list[str]] = {}
    for sheet, detail in kept:
        code = str(detail.get("scanned") or detail.get("id"))
        if detail.get("id") not in accepted and code not in found.setdefault(sheet, []):
            found[sheet].append(code)
    return {sheet: codes for sheet, codes in found.items() if codes}


def _accepted(session: Session, site: str, unknown: Collection[str]) -> set[str]:
    """Of which a supervisor has said that they stay what they are."""
    names = {derived(site, f"{KEPT}|{one}"): one for one in unknown}
    closed = session.scalars(
        select(OpenException.id).where(OpenException.id.in_(names), OpenException.state == "closed")
    )
    return {names[row] for row in closed}
