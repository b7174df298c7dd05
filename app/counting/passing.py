"""What the system may approve by itself: settled, uncontested, close enough, by somebody known."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.counting.books import compared, lines_in, strays
from app.counting.contesting import contested
from app.counting.rules import tolerance_of, within
from app.counting.sheets import anchors_of
from app.counting.verifying import verified
from app.documents.models import CountSheet
from app.locations.models import Site
from app.work.models import CountTask


def passes(session: Session, sheet_id: str) -> bool:
    """Tell whether a supervisor would have nothing to ask."""
    sheet = session.get(CountSheet, sheet_id)
    if sheet is None or sheet.state != "finished" or _waits(session, sheet):
        return False
    return not contested(session, sheet.id) and verified(session, sheet) and _close(session, sheet)


def _waits(session: Session, sheet: CountSheet) -> bool:
    """It has not settled, or somebody shall count the place anyway: whoever asked ends that."""
    if sheet.settled_through is None or sheet.recount is not None:
        return True
    asked = select(CountTask.id).where(CountTask.place == sheet.place, CountTask.state == "open")
    return session.scalar(asked.limit(1)) is not None


def _close(session: Session, sheet: CountSheet) -> bool:
    site = session.get(Site, sheet.site)
    if site is None or site.settings.get("opening") is True:
        return False  # the first count is the stock itself
    anchors = anchors_of(sheet, lines_in(session, sheet))
    if strays(session, anchors):
        return False  # no tolerance is wide enough for a pallet
    lines = compared(session, anchors)
    return within(tolerance_of(site.settings), ((line.counted, line.book) for line in lines))
