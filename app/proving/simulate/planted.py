"""Ten bugs that somebody might make, each planted on purpose: the simulator must find them."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.kernel.ids import derived
from app.ledger import anchors, journal
from app.ledger.models import Balance, Entry
from app.ledger.postings import CountKey, EffKey, Posting, StockKey
from app.pipeline.arrival import Arrival
from app.pipeline.models import ChannelRow, Epoch, Stream
from app.proving.simulate.journals import Journal, reenveloped
from app.proving.simulate.scanner import Scanner
from app.sync import aliases, pull
from app.sync.journal import tell_apart
from app.sync.stamps import Clocks

Plant = Callable[[], AbstractContextManager[object]]


@contextmanager
def variance_at_sync_time() -> Iterator[None]:
    """A count is compared with the book as it is when it is approved, not as it was."""
    right = anchors._sums  # noqa: SLF001

    def wrong(session: Session, key: CountKey, at: EffKey) -> tuple[dict[str, int], dict[str, int]]:
        rows = session.execute(
            select(Entry.status, Entry.quantity, Entry.part, Entry.eff_at, Entry.seq).where(
                Entry.holder == key.holder, Entry.item == key.item, Entry.lot == key.lot
            )
        )
        book: dict[str, int] = {}
        for status, quantity, part, eff_at, seq in rows:
            if (part, eff_at, seq) != (1, at.eff_at, at.seq):
                book[status] = book.get(status, 0) + quantity
        return book, right(session, key, at)[1]

    with patch.object(anchors, "_sums", wrong):
        yield


@contextmanager
def missing_restate() -> Iterator[None]:
    """A fact that comes late, from before an approved count, is just posted."""
    with patch.object(journal, "_affected_by_late_facts", lambda *_: None):
        yield


@contextmanager
def cursor_by_id() -> Iterator[None]:
    """A page is cut in the order of ids, and the cursor is the highest sequence on it."""
    right = pull._page  # noqa: SLF001

    def wrong(
        session: Session, meant: Sequence[Any], since: int, newest: int, limit: int
    ) -> tuple[list[ChannelRow], int, bool]:
        rows = list(
            session.scalars(
                select(ChannelRow)
                .where(*meant, ChannelRow.seq > since)
                .order_by(ChannelRow.id)
                .limit(limit)
            )
        )
        if len(rows) < limit:
            return right(session, meant, since, newest, limit)
        return rows, max(row.seq for row in rows), True

    with patch.object(pull, "_page", wrong):
        yield


@contextmanager
def double_apply_after_a_lost_answer() -> Iterator[None]:
    """What was pushed before gets its first answer, and its goods move again."""
    right = tell_apart

    def wrong(session: Session, stream: Stream, epoch: Epoch, part: Sequence[Arrival]) -> Any:  # noqa: ANN401
        answers, fresh = right(session, stream, epoch, part)
        for answer in answers:
            for entry in session.scalars(select(Entry).where(Entry.operation == answer.id)).all():
                session.execute(
                    update(Balance)
                    .where(
                        Balance.holder == entry.holder, Balance.item == entry.item,
                        Balance.lot == entry.lot, Balance.status == entry.status,
                    )
                    .values(quantity=Balance.quantity + entry.quantity)
                )  # fmt: skip
        return answers, fresh

    with patch("app.sync.push.tell_apart", wrong):
        yield


@contextmanager
def clamp_before_the_cut() -> Iterator[None]:
    """Wall clocks are held against the time of arrival before the cut has put them right."""

    def wrong(self: Clocks, recorded_at: datetime) -> datetime:
        from app.sync import stamps  # noqa: PLC0415

        return min(stamps._instant(self.cut_wall_ms, recorded_at), recorded_at)  # noqa: SLF001

    with patch.object(Clocks, "cut_at", wrong):
        yield


@contextmanager
def rotation_changing_ids() -> Iterator[None]:
    """A new journal gives its operations new ids."""
    right = reenveloped

    def wrong(text_: str, fresh: Journal) -> str:
        moved = right(text_, fresh)
        old = json.loads(text_)["id"]
        return moved.replace(old, derived(old, "again"), 1)

    with patch("app.proving.simulate.scanner.reenveloped", wrong):
        yield


@contextmanager
def dedupe_by_seq_only() -> Iterator[None]:
    """An operation that comes again under another epoch is taken for a new one."""
    with patch.object(aliases, "_seen_elsewhere", lambda *_: {}):
        yield


@contextmanager
def void_not_negating_lot() -> Iterator[None]:
    """What is taken back is taken from goods without a lot."""

    def wrong(self: Posting) -> Posting:
        return Posting(self.source, self.target, self.item, "", -self.quantity, self.status, "void")

    with patch.object(Posting, "reversed", wrong):
        yield


@contextmanager
def overlay_dropping_unsettled() -> Iterator[None]:
    """After a pull the handheld forgets what is pending, settled or not."""

    def wrong(self: Scanner, last_applied: int) -> None:
        for each in self.journals:
            each.sent = max(each.sent, len(each.queue)) if last_applied else each.sent

    with patch.object(Scanner, "settle", wrong):
        yield


@contextmanager
def balance_without_status() -> Iterator[None]:
    """Balances of a chunk are summed per item and lot, whatever the status."""

    def wrong(holder: str, item: str, lot: str, status: str) -> StockKey:
        return StockKey(holder, item, lot, "available")

    with patch.object(journal, "StockKey", wrong):
        yield


PLANTED: dict[str, Plant] = {
    plant.__name__: plant
    for plant in (
        variance_at_sync_time, missing_restate, cursor_by_id, double_apply_after_a_lost_answer,
        clamp_before_the_cut, rotation_changing_ids, dedupe_by_seq_only, void_not_negating_lot,
        overlay_dropping_unsettled, balance_without_status,
    )
}  # fmt: skip
