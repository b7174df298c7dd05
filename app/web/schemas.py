"""Bodies of requests that are not part of the sync contract."""

from marshmallow import RAISE, Schema
from marshmallow import fields as ma
from marshmallow.validate import Length, Range

from app.web.fields import Id, Text, Whole


class Strict(Schema):
    """Unknown fields are refused: a typo must not silently mean something else."""

    class Meta:
        """Marshmallow options."""

        unknown = RAISE


class SessionSchema(Strict):
    """`POST /session`: badge and PIN on a handheld, name and password at a desk."""

    badge = Text(validate=Length(max=40))
    pin = Text(validate=Length(max=20))
    username = Text(validate=Length(max=80))
    password = Text(validate=Length(max=200))


class OperationSchema(Strict):
    """`POST /operations`."""

    id = Id(required=True)
    kind = Text(required=True, validate=Length(max=60))
    kind_v = Whole(load_default=1, validate=Range(1, 2**31 - 1))
    payload = ma.Dict(required=True)
    cause = Id(load_default=None, allow_none=True)


class ResolveSchema(Strict):
    """`POST /scans/resolve`."""

    data = Text(required=True, validate=Length(max=2_000))
    symbology = Text(load_default=None, allow_none=True, validate=Length(max=16))
