"""JSON values in their one spelling: what looks like something else is refused."""

from datetime import date
from typing import Any

from marshmallow import ValidationError
from marshmallow import fields as ma

from app.kernel.ids import is_uuid


class Id(ma.Field):  # type: ignore[type-arg]
    """An id in its one spelling."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ANN401
        if not is_uuid(value):
            raise ValidationError("not an id")
        return str(value)


class Whole(ma.Field):  # type: ignore[type-arg]
    """A JSON integer within 2^53; `true`, `1.0` and `"1"` are none."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:  # noqa: ANN401
        if type(value) is not int or not -(2**53) < value < 2**53:
            raise ValidationError("not a whole number")
        return value


class Flag(ma.Field):  # type: ignore[type-arg]
    """`true` or `false`, nothing that looks like it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:  # noqa: ANN401
        if not isinstance(value, bool):
            raise ValidationError("not true or false")
        return value


class Text(ma.Field):  # type: ignore[type-arg]
    """Text that can be stored: no NUL (PostgreSQL), no lone surrogate."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ANN401
        if not isinstance(value, str) or "\0" in value:
            raise ValidationError("not text")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ValidationError("not text") from error
        return value


class Day(ma.Field):  # type: ignore[type-arg]
    """A calendar day, `YYYY-MM-DD`."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:  # noqa: ANN401
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise ValidationError("not a day") from error
        if day.isoformat() != value:
            raise ValidationError("not a day")
        return day
