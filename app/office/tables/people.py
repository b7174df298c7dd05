"""People and what they sign in with, as yes or no; handhelds and how they are."""

from sqlalchemy import and_

from app.office.tables.standing import (
    ERROR_MS,
    STANDING,
    STANDINGS,
    THROUGH,
    UNSENT,
    UNSENT_SINCE,
)
from app.office.tables.table import (
    CHIEFS,
    ORG,
    SITE,
    Column,
    Opens,
    Table,
    beside,
    identity,
    text,
    word,
)
from app.people.models import Device, Exclusion, Person, Secret
from app.pipeline.models import Epoch

people = Table(
    name="people",
    source=beside(Person, (Secret, Secret.id == Person.id)),
    scope=(Person.org == ORG,),
    key=("id",),
    sort="badge",
    roles=CHIEFS,
    opens=(Opens("operations", {"actor": "id"}), Opens("changes", {"actor": "id"})),
    columns=(
        identity("id", Person.id),
        text("badge", Person.badge),
        text("name", Person.name),
        Column("roles", "words", Person.roles, sorts=False, filters=False, words="role"),
        Column("active", "flag", Person.active),
        Column("has_pin", "flag", Secret.pin_hash.is_not(None)),
        text("username", Secret.username, nullable=True),
        Column("has_password", "flag", Secret.password_hash.is_not(None), shown=False),
    ),
)

devices = Table(
    name="devices",
    source=beside(
        Device,
        (Epoch, and_(Epoch.device == Device.id, Epoch.epoch == Device.epoch)),
        (Exclusion, Exclusion.device == Device.id),
    ),
    scope=(Device.site == SITE,),
    key=("id",),
    sort="label",
    roles=CHIEFS,
    opens=(Opens("operations", {"device": "id"}),),
    columns=(
        identity("id", Device.id),
        text("label", Device.label),
        word("standing", STANDING, "standing", *STANDINGS, sorts=False),
        Column("last_seen", "instant", Device.last_seen, nullable=True),
        Column("complete_through", "instant", THROUGH, nullable=True),
        Column("unsent", "number", UNSENT),
        Column("unsent_since", "instant", UNSENT_SINCE, nullable=True, sorts=False),
        Column("offset_ms", "number", Epoch.offset_ms, nullable=True),
        Column("clock_error_ms", "number", ERROR_MS, nullable=True),
        text("app", Device.app, nullable=True),
        text("excluded_reason", Exclusion.reason, nullable=True, shown=False),
        Column("revoked", "flag", Device.revoked_at.is_not(None), shown=False),
        Column("epoch", "number", Device.epoch, shown=False),
        Column("persisted", "flag", Device.persisted, sorts=False, shown=False),
        Column("used", "number", Device.used, nullable=True, shown=False),
        Column(
            "roles", "words", Device.roles, sorts=False, filters=False, shown=False, words="role"
        ),
        Column("revoked_at", "instant", Device.revoked_at, nullable=True, shown=False),
    ),
)

TABLES = (people, devices)
