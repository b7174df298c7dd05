"""Where a caller works."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import db
from app.locations.models import Site
from app.web.access import Caller
from app.web.problems import NotFound


def site_of(session: Session, caller: Caller) -> Site:
    """Return the site a caller works at; with one site there is no question."""
    if caller.site is not None:
        return session.get_one(Site, caller.site)
    site = session.scalars(select(Site).order_by(Site.code)).first()
    if site is None:
        raise NotFound
    return site


_orgs: dict[str, str] = {}


def org_of(site: str) -> str:
    """Return the organisation of a site; a site never changes hands, so it is asked once."""
    if site not in _orgs:
        _orgs[site] = db.session.get_one(Site, site).org
    return _orgs[site]
