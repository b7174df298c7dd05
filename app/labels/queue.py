"""What waits for printers: kept in the database until the printer has taken every byte.

At least once: a printer that breaks off in the middle gets the whole job again, so that a label
may come out twice, never not at all; a label names a thing, and two labels name the same one.
"""

import hashlib
import json
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.db import snapshot, writing
from app.kernel.clock import now
from app.kernel.problem import Problem
from app.labels.models import (
    CANCELLED,
    OPEN,
    PRINTED,
    SENDING,
    WAITING,
    Printer,
    PrintJob,
)
from app.labels.sending import NotSent, send

KEPT = timedelta(days=7)  # done jobs, for whoever asks what was printed
LEASE = timedelta(minutes=5)  # longer than sending may take: then whoever sent is gone
SOONEST, LATEST = 2.0, 60.0  # seconds between attempts


@dataclass(eq=False)
class OtherJob(Problem):
    """The same id was sent with other labels before."""

    code = "labels.id_reused"
    status = 409


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody sends to a printer; the id is his, so that asking twice prints once."""

    id: str
    wish: str  # what was asked for: what it is drawn from may change until it is asked again
    title: str
    labels: int
    content: str
    by: str | None


def wish_of(asked: Mapping[str, Any]) -> str:
    """Spell a request in one way, to know it again."""
    return json.dumps(asked, sort_keys=True, default=str)


def submit(printer: Printer, order: Order) -> PrintJob:
    """Put a job at the end of the printer's queue; the same id again is the same job."""
    digest = hashlib.sha256(order.wish.encode()).hexdigest()
    moment = now()
    with writing(f"printer:{printer.id}") as session:
        known = session.get(PrintJob, order.id)
        if known is not None:
            if known.digest != digest or known.site != printer.site:
                raise OtherJob
            return known
        _forget_old(session, printer.site, moment)
        job = PrintJob(
            id=order.id,
            site=printer.site,
            printer=printer.id,
            title=order.title[:120],
            labels=order.labels,
            content=order.content,
            digest=digest,
            state=WAITING,
            attempts=0,
            due_at=moment,
            created_at=moment,
            by=order.by,
        )
        session.add(job)
    return job


def _forget_old(session: Session, site: str, moment: datetime) -> None:
    session.execute(
        delete(PrintJob).where(
            PrintJob.site == site, PrintJob.state.not_in(OPEN), PrintJob.done_at < moment - KEPT
        )
    )


def with_work() -> list[str]:
    """The printers that somebody waits for."""
    with snapshot() as session:
        query = select(PrintJob.printer).where(PrintJob.state.in_(OPEN)).distinct()
        return list(session.scalars(query.order_by(PrintJob.printer)))


def send_next(printer: str, patience: float = 10.0) -> bool:
    """Try the oldest job of a printer if it is due; tell whether there was one to try."""
    claimed = _claim(printer)
    if claimed is None:
        return False
    job, target = claimed
    problem = None
    try:
        content = (job.content or "").encode()
        send(target.host, target.port, content, patience, Lease(printer, job.id).renew)
    except NotSent as failed:
        problem = failed.code
    _note(job, problem)
    return True


def _claim(printer: str) -> tuple[PrintJob, Printer] | None:
    """Take the oldest job, if nobody sends to this printer; who died sending loses it."""
    moment = now()
    with writing(f"printer:{printer}") as session:
        job = session.scalars(
            select(PrintJob)
            .where(PrintJob.printer == printer, PrintJob.state.in_(OPEN))
            .order_by(PrintJob.created_at, PrintJob.id)
            .limit(1)
        ).first()
        target = session.get(Printer, printer)
        if job is None or target is None or not target.active or job.due_at > moment:
            return None
        job.state, job.attempts, job.due_at = SENDING, job.attempts + 1, moment + LEASE
        return job, target


@dataclass(slots=True)
class Lease:
    """Whoever sends says from time to time that he still does."""

    printer: str
    job: str
    renewed: float = field(default_factory=time.monotonic)

    def renew(self) -> None:
        if time.monotonic() - self.renewed < LEASE.total_seconds() / 5:
            return
        self.renewed = time.monotonic()
        with writing(f"printer:{self.printer}") as session:
            session.get_one(PrintJob, self.job).due_at = now() + LEASE


def _note(job: PrintJob, problem: str | None) -> None:
    moment = now()
    with writing(f"printer:{job.printer}") as session:
        row = session.get(PrintJob, job.id)
        if row is None:
            return
        if problem is None:
            row.state, row.problem, row.done_at, row.content = PRINTED, None, moment, None
        elif row.state == SENDING:  # somebody may have cancelled it meanwhile
            wait = backoff(row.attempts) * random.uniform(0.5, 1.0)  # noqa: S311 - jitter
            row.state, row.problem, row.due_at = WAITING, problem, moment + timedelta(seconds=wait)


def backoff(attempts: int) -> float:
    """Seconds until the next attempt, at most."""
    return float(min(SOONEST * 2 ** min(attempts - 1, 10), LATEST))


def retry(site: str, job: str) -> bool:
    """Try a waiting job now."""
    with writing() as session:
        row = session.get(PrintJob, job)
        if row is None or row.site != site or row.state != WAITING:
            return False
        row.due_at = now()
        return True


def cancel(site: str, job: str) -> bool:
    """Take a job out of the queue; what a printer has taken already stays taken."""
    with writing() as session:
        row = session.get(PrintJob, job)
        if row is None or row.site != site or row.state not in OPEN:
            return False
        row.state, row.done_at, row.content = CANCELLED, now(), None
        return True
