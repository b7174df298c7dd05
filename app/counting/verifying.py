"""Whether it is certain who counted, and whether everything was understood that he said."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.models import CountSheet
from app.kernel.ids import derived
from app.pipeline.models import OpenException, StoredOperation

# A supervisor may vouch for the person; what a code meant, or when it was, stays doubtful.
OF_THE_PERSON = frozenset({"sync.actor_unverified", "sync.grant_expired", "sync.role_missing"})


def verified(session: Session, sheet: CountSheet) -> bool:
    """Tell whether every operation of a sheet is beyond doubt, or was vouched for since."""
    rows = session.execute(
        select(
            StoredOperation.outcome,
            StoredOperation.codes,
            StoredOperation.actor,
            StoredOperation.device,
            StoredOperation.recorded_at,
        ).where(
            StoredOperation.stream == sheet.site,
            StoredOperation.subject == sheet.id,
            StoredOperation.alias.is_(False),
            StoredOperation.kind.in_(("counting.count_line", "counting.finish_bin")),
        )
    ).all()
    for row in rows:
        if row.outcome == "exception" or not OF_THE_PERSON.issuperset(row.codes):
            return False
        who = f"{row.actor or ''}|{row.device}"
        for code in row.codes:
            vouched = session.get(OpenException, derived(sheet.site, f"{code}|{who}"))
            if vouched is None or vouched.closed_at is None or vouched.closed_at < row.recorded_at:
                return False
    return bool(rows)
