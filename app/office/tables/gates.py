"""What fixed readers saw: a line a visit."""

from app.locations.models import Location
from app.office.tables.table import (
    SITE,
    Column,
    Opens,
    Table,
    beside,
    identity,
    inside,
    text,
    word,
)
from app.readers.models import MEANINGS, Reader, TagVisit

tag_visits = Table(
    name="tag_visits",
    source=beside(
        inside(TagVisit, (Location, Location.id == TagVisit.place)),
        (Reader, Reader.id == TagVisit.reader),
    ),
    scope=(TagVisit.site == SITE,),
    key=("id",),
    sort="-last_at",
    opens=(Opens("handling_units", {"id": "subject"}), Opens("places", {"id": "place"})),
    columns=(
        identity("id", TagVisit.id),
        identity("subject", TagVisit.subject),
        identity("place", TagVisit.place),
        Column("last_at", "instant", TagVisit.last_at),
        text("place_code", Location.code),
        text("code", TagVisit.code, nullable=True),
        word("tag_kind", TagVisit.kind, "tag", "unit", "piece", "unknown"),
        word("meaning", TagVisit.meaning, "gate", *MEANINGS),
        word("direction", TagVisit.direction, "way", "in", "out", "unknown"),
        word("state", TagVisit.state, "visit", "open", "confirmed", "dismissed"),
        text("tag", TagVisit.tag, shown=False),
        text("reader_name", Reader.name, nullable=True),
        Column("first_at", "instant", TagVisit.first_at, shown=False),
        Column("reads", "number", TagVisit.reads, shown=False),
    ),
)

TABLES = (tag_visits,)
