"""What happened: operations, the postings they made, the sightings of units."""

from dataclasses import replace

from sqlalchemy import and_, func
from sqlalchemy.orm import aliased

from app.items.models import Item
from app.ledger.models import Entry, PositionEntry, UnitPosition
from app.locations.models import Location
from app.office.tables.table import (
    BEING_COUNTED,
    ORG,
    SITE,
    Column,
    Opens,
    Sql,
    Table,
    beside,
    identity,
    inside,
    text,
    word,
)
from app.office.tables.words_of import gesture
from app.people.models import Device, Person
from app.pipeline.models import StoredOperation
from app.playbook import PLAYBOOK
from app.stock.models import HandlingUnit, Lot

GESTURES = tuple(sorted({kind.name for kind in PLAYBOOK.kinds.values()}))
OUTCOMES = ("applied", "flagged", "exception", "refused")

_by = (Person, Person.id == StoredOperation.actor)
_on = (Device, Device.id == StoredOperation.device)
# Who did it, and with what: the same on all these tables.
_actor = text("actor_name", Person.name, nullable=True, sorts=False)
_device = text(
    "device_label",
    func.coalesce(Device.label, StoredOperation.device),
    sorts=False,
    words="at",
)
_hands = (_actor, _device)

postings = Table(
    name="postings",
    source=beside(
        inside(
            Entry,
            (Item, Item.id == Entry.item),
            (
                StoredOperation,
                and_(
                    StoredOperation.stream == Entry.site,
                    StoredOperation.commit_seq == Entry.commit_seq,
                ),
            ),
        ),
        (Lot, Lot.id == Entry.lot),
        (UnitPosition, UnitPosition.unit == Entry.holder),
        (Location, Location.id == Entry.holder),
        (HandlingUnit, HandlingUnit.id == Entry.holder),
        _by,
        _on,
    ),
    scope=(
        Entry.site == SITE,
        func.coalesce(UnitPosition.place, Entry.holder).not_in(BEING_COUNTED),
    ),
    key=("commit_seq", "n"),
    sort="-eff_at",
    needs=("holder", "operation"),
    opens=(
        Opens("operations", {"operation": "operation"}),
        Opens("postings", {"operation": "operation"}),
        Opens("items", {"id": "item"}),
    ),
    columns=(
        identity("operation", Entry.operation),
        identity("holder", Entry.holder),
        identity("item", Entry.item),
        identity("lot", Entry.lot),
        Column("commit_seq", "number", Entry.commit_seq, filters=False, shown=False),
        Column("n", "id", Entry.n, sorts=False, filters=False, shown=False),
        Column("eff_at", "instant", Entry.eff_at),
        word("kind", StoredOperation.kind, "did", *GESTURES, sorts=False),
        text("place_code", Location.code, nullable=True, sorts=False),
        text("unit_code", HandlingUnit.code, nullable=True, sorts=False),
        text("sku", Item.sku, sorts=False),
        text("lot_code", Lot.code, nullable=True, sorts=False),
        word("status", Entry.status, "stock", sorts=False),
        Column("quantity", "quantity", Entry.quantity, sorts=False),
        _actor,
        replace(_device, shown=False),
        word(
            "posting",
            Entry.kind,
            "posting",
            "fact",
            "void",
            "adjust",
            "restate",
            sorts=False,
            shown=False,
        ),
        Column("recorded_at", "instant", Entry.recorded_at, sorts=False, shown=False),
        Column("posting_date", "day", Entry.posting_date, nullable=True, sorts=False, shown=False),
    ),
)


def _log(name: str, stream: Sql, *subject: Column) -> Table:
    """The operations of one stream, newest first: its own order is the only one that scales."""
    return Table(
        name=name,
        source=beside(StoredOperation, _by, _on),
        scope=(StoredOperation.stream == stream, StoredOperation.alias.is_(False)),
        key=("commit_seq",),
        sort="-commit_seq",
        blind=True,
        opens=(Opens("postings", {"operation": "operation"}),),
        columns=(
            identity("operation", StoredOperation.operation),
            identity("device", StoredOperation.device),
            identity("actor", StoredOperation.actor),
            Column("commit_seq", "number", StoredOperation.commit_seq, shown=False),
            Column("eff_at", "instant", StoredOperation.eff_at, sorts=False),
            word("kind", StoredOperation.kind, "did", *GESTURES, sorts=False),
            Column(
                "words",
                "text",
                StoredOperation.envelope,
                sorts=False,
                filters=False,
                tell=gesture,
            ),
            *subject,
            *_hands,
            word("outcome", StoredOperation.outcome, "outcome", *OUTCOMES, sorts=False),
            Column(
                "codes", "words", StoredOperation.codes, sorts=False, filters=False, words="code"
            ),
            Column("recorded_at", "instant", StoredOperation.recorded_at, sorts=False, shown=False),
        ),
    )


operations = _log("operations", SITE)
# What was changed is mostly named by its own code: to search by, the words tell it already.
_subject = Column("subject", "id", StoredOperation.subject, sorts=False, searched=True, shown=False)
changes = _log("changes", ORG, _subject)

_source = aliased(Location)

sightings = Table(
    name="sightings",
    source=beside(
        inside(
            PositionEntry,
            (
                StoredOperation,
                and_(
                    StoredOperation.stream == PositionEntry.site,
                    StoredOperation.commit_seq == PositionEntry.commit_seq,
                ),
            ),
        ),
        (HandlingUnit, HandlingUnit.id == PositionEntry.unit),
        (Location, Location.id == PositionEntry.target),
        (_source, _source.id == PositionEntry.source),
        _by,
        _on,
    ),
    scope=(PositionEntry.site == SITE, PositionEntry.target.not_in(BEING_COUNTED)),
    key=("commit_seq", "n"),
    sort="-eff_at",
    needs=("unit", "operation"),
    blind=True,
    opens=(Opens("operations", {"operation": "operation"}),),
    columns=(
        identity("operation", PositionEntry.operation),
        identity("unit", PositionEntry.unit),
        Column("commit_seq", "number", PositionEntry.commit_seq, filters=False, shown=False),
        Column("n", "id", PositionEntry.n, sorts=False, filters=False, shown=False),
        Column("eff_at", "instant", PositionEntry.eff_at),
        word("kind", StoredOperation.kind, "did", *GESTURES, sorts=False),
        text("unit_code", HandlingUnit.code, nullable=True, sorts=False),
        text("source_code", _source.code, nullable=True, sorts=False),
        text("target_code", Location.code, nullable=True, sorts=False),
        *_hands,
    ),
)

TABLES = (postings, operations, changes, sightings)
