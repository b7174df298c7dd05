"""Which walks were kept too long, and giving them back; the clock is read here, once a look."""

from datetime import datetime

from sqlalchemy import select

from app.db import snapshot
from app.kernel.clock import now
from app.locations.models import Site
from app.picking.rules import GRACE
from app.pipeline.office import Author, Request, submit
from app.pipeline.operation import Playbook
from app.work.models import PickTask

MOST = 50  # walks of one look; the rest has its turn at the next


def expire_walks(playbook: Playbook, moment: datetime | None = None) -> int:
    """Give back every walk whose lease and grace have run out; returns how many."""
    until = (moment or now()) - GRACE
    with snapshot() as session:
        late = session.execute(
            select(PickTask.id, PickTask.lease, Site.id, Site.org)
            .join(Site, Site.id == PickTask.site)
            .where(PickTask.state == "active", PickTask.expires_at <= until)
            .order_by(PickTask.expires_at, PickTask.id)
            .limit(MOST)
        ).all()
    given = 0
    for task, lease, site, org in late:
        author = Author(org=org, site=site, device="system")
        asked = Request("system.expire_walk", {"task": task, "lease": lease})
        given += submit(playbook, author, asked).outcome == "applied"
    return given
