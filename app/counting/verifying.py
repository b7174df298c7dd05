"""Whether it is certain who counted, and whether everything was understood that he said."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.models import CountSheet
from app.kernel.ids import derived
from app.pipeline.exceptions import OF_THE_PERSON
from app.pipeline.models import OpenException, StoredOperation


def verified(session: Session, sheet: CountSheet) -> bool:
    """Tell whether every operation of a sheet is beyond doubt, or was vouched for since.

    A supervisor, or a sign-in, vouches for the person; what a code meant, or when it was, stays
    doubtful.
    """
    told = _told(session, sheet)
    plain = all(row.outcome != "exception" and OF_THE_PERSON.issuperset(row.codes) for row in told)
    return bool(told) and plain and _all_vouched(session, sheet, told)


def proven(session: Session, sheet: CountSheet) -> bool:
    """Tell whether it is certain who counted, whatever else is doubtful of it."""
    return _all_vouched(session, sheet, _told(session, sheet))


def _told(session: Session, sheet: CountSheet) -> Sequence[Any]:
    return session.execute(
        select(
            StoredOperation.outcome,
            StoredOperation.codes,
            StoredOperation.actor,
            StoredOperation.device,
            StoredOperation.eff_at,
        ).where(
            StoredOperation.stream == sheet.site,
            StoredOperation.subject == sheet.id,
            StoredOperation.alias.is_(False),
            StoredOperation.kind.in_(("counting.count_line", "counting.finish_bin")),
        )
    ).all()


def _all_vouched(session: Session, sheet: CountSheet, told: Sequence[Any]) -> bool:
    for row in told:
        who = f"{row.actor or ''}|{row.device}"
        for code in OF_THE_PERSON.intersection(row.codes):
            doubt = derived(sheet.site, f"{code}|{who}")
            closed_at = select(OpenException.closed_at).where(OpenException.id == doubt)
            vouched = session.scalar(closed_at)
            if vouched is None or vouched < row.eff_at:
                return False
    return True
