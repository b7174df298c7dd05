"""Numbers for new units: blocks that are given to one handheld each, and never twice."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import writing
from app.identification.check_digits import check_digit, is_digits
from app.kernel.clock import now
from app.kernel.ids import uuid7
from app.kernel.problem import Problem
from app.labels.models import NumberBlock
from app.locations.models import Site
from app.stock.models import HandlingUnit

SIZE = 200  # numbers of a block: more than a handheld gives out in a day without a network
SSCC_PAYLOAD = 17
SETTING = "sscc_prefix"  # of the site: extension digit and GS1 company prefix
SHORTEST, LONGEST = 8, 13
DIGITS = 7  # of a number of our own
OWN = "U"


@dataclass(eq=False)
class NumbersUsedUp(Problem):
    """Every SSCC of this company prefix is given out; GS1 sells another one."""

    code = "labels.numbers_used_up"
    status = 422
    prefix: str


@dataclass(eq=False)
class NoPrefix(Problem):
    """The site has no GS1 company prefix, so it has no SSCC."""

    code = "labels.no_prefix"
    status = 422


def kinds_of(site: Site) -> dict[str, str]:
    """What a site numbers with: SSCC where it has a company prefix, its own numbers always."""
    prefix = site.settings.get(SETTING)
    kinds = {"lpn": OWN}
    if isinstance(prefix, str) and is_digits(prefix) and SHORTEST <= len(prefix) <= LONGEST:
        kinds["sscc"] = prefix
    return kinds


def block_for(
    device: str, site: str, kind: str, after: str | None, size: int = SIZE
) -> NumberBlock:
    """Give a handheld its next block: the one it has not heard of yet, or a new one.

    `after` = the newest block it knows; an answer that got lost is given again.
    """
    with writing(f"numbers:{kind}") as session:  # an SSCC is of all sites
        prefix = kinds_of(session.get_one(Site, site))[kind]
        unheard = _unheard(session, device, kind, prefix, after)
        if unheard is not None:
            return unheard
        first = _next(session, site, kind, prefix, size)
        block = NumberBlock(
            id=uuid7(),
            site=site,
            device=device,
            kind=kind,
            prefix=prefix,
            first=first,
            size=size,
            created_at=now(),
        )
        session.add(block)
    return block


def _unheard(
    session: Session, device: str, kind: str, prefix: str, after: str | None
) -> NumberBlock | None:
    """The block after the one it knows; who knows none may have lost its memory, and used some."""
    newest = session.get(NumberBlock, after) if after else None
    if newest is None or newest.device != device:
        return None
    return session.scalars(
        select(NumberBlock)
        .where(
            NumberBlock.device == device,
            NumberBlock.kind == kind,
            NumberBlock.prefix == prefix,
            NumberBlock.first > newest.first,
        )
        .order_by(NumberBlock.first)
        .limit(1)
    ).first()


def _next(session: Session, site: str, kind: str, prefix: str, size: int) -> int:
    """The first after all others of the prefix; an SSCC's on every site that uses it."""
    query = select(func.max(NumberBlock.first + NumberBlock.size)).where(
        NumberBlock.kind == kind, NumberBlock.prefix == prefix
    )
    if kind == "lpn":
        query = query.where(NumberBlock.site == site)
    first = session.scalar(query) or 1
    while _used(session, site, number(kind, prefix, first), number(kind, prefix, first + size - 1)):
        first += size
    if kind == "sscc" and first + size > 10 ** (SSCC_PAYLOAD - len(prefix)):
        raise NumbersUsedUp(prefix=prefix)
    return first


def _used(session: Session, site: str, first: str, last: str) -> bool:
    """Somebody wrote such numbers on units before they were given out."""
    query = select(HandlingUnit.id).where(
        HandlingUnit.site == site, HandlingUnit.code >= first, HandlingUnit.code <= last
    )
    return session.scalar(query.limit(1)) is not None


def told(block: NumberBlock) -> dict[str, Any]:
    """A block as a handheld keeps it."""
    return {
        "id": block.id,
        "kind": block.kind,
        "prefix": block.prefix,
        "first": block.first,
        "size": block.size,
    }


def number(kind: str, prefix: str, n: int) -> str:
    """Spell one number of a block as it is printed."""
    if kind == "lpn":
        return f"{prefix}{n:0{DIGITS}d}"
    payload = f"{prefix}{n:0{SSCC_PAYLOAD - len(prefix)}d}"
    return payload + check_digit(payload)
