"""The bodies of push, rotation, rescue and enrolment; limits are the contract's."""

from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError
from marshmallow import fields as ma
from marshmallow.validate import Length, OneOf, Range

from app.web.fields import Flag, Id, Text, Whole
from app.web.schemas import Strict

OPERATIONS = 200
EPOCHS = 2**30  # as far as a handheld may count; the next one still fits a database
BIG = 2**53


class Milliseconds(ma.Field):  # type: ignore[type-arg]
    """A clock reading: any finite number that fits a double's whole part."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> float:  # noqa: ANN401
        if type(value) not in (int, float) or not abs(value) < BIG:
            raise ValidationError("not milliseconds")
        return float(value)


class Journal(ma.Field):  # type: ignore[type-arg]
    """A list of anything: an operation may be anything, lone surrogates included."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:  # noqa: ANN401
        if type(value) is not list:
            raise ValidationError("Not a valid list.")
        return value


class ClockSchema(Strict):
    """The last completed exchange as the device measured it."""

    offset_ms = Milliseconds(required=True)
    rtt_ms = Milliseconds(required=True)
    wall_ms = Milliseconds(required=True)


class StorageSchema(Schema):
    """What the browser promises about its disk."""

    class Meta:
        """Marshmallow options: browsers may tell more."""

        unknown = EXCLUDE

    persisted = Flag(required=True, allow_none=True)
    used = ma.Raw(allow_none=True)


class PushSchema(Strict):
    """`POST /sync/push`."""

    protocol = Whole(required=True)
    device = Id(required=True)
    epoch = Whole(required=True, validate=Range(1, EPOCHS))
    boot = Text(required=True, validate=Length(max=80))
    cut_wall_ms = Milliseconds(required=True)
    cut_mono_ms = Milliseconds(required=True)
    clock = ma.Nested(ClockSchema, required=True)
    first_seq = Whole(required=True, validate=Range(1, BIG))
    ops = Journal(required=True, validate=Length(max=OPERATIONS))
    has_more = Flag(required=True)
    head_seq = Whole(required=True, validate=Range(0, BIG))
    pending = Whole(required=True, validate=Range(0, 2**31 - 1))
    parked = Flag(required=True)
    asks = Flag(load_default=False)
    storage = ma.Nested(StorageSchema, required=True)
    app = Text(required=True, allow_none=True, validate=Length(max=40))


class RotateSchema(Strict):
    """`POST /sync/rotate`; `device`: whose journal forks, where it is handed in as a rescue."""

    device = Id(load_default=None, allow_none=True)
    rotation = Id(required=True)
    from_epoch = Whole(required=True, validate=Range(1, EPOCHS))
    reason = Text(required=True, validate=OneOf(("clone", "gap", "wiped")))
    lost = ma.List(
        Whole(allow_none=True, validate=Range(0, BIG)),
        required=True,
        allow_none=True,
        validate=Length(equal=2),
    )
    head_seq = Whole(required=True, allow_none=True, validate=Range(0, BIG))


class RescueSchema(Strict):
    """`POST /sync/rescue`; `lost`: a supervisor gives up what is missing before `first_seq`."""

    device = Id(required=True)
    epoch = Whole(required=True, validate=Range(1, EPOCHS))
    first_seq = Whole(required=True, validate=Range(1, BIG))
    ops = Journal(required=True, validate=Length(max=OPERATIONS))
    lost = ma.List(
        Whole(required=True, validate=Range(1, BIG)),
        load_default=None,
        allow_none=True,
        validate=Length(equal=2),
    )


class EnrolSchema(Strict):
    """`POST /devices`."""

    enrolment_code = Text(required=True, validate=Length(max=40))
    label = Text(required=True, validate=Length(min=1, max=80))
    replaces = Id(load_default=None, allow_none=True)
