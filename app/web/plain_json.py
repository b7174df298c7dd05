"""Answers as JSON, by the library that writes the copies."""

from typing import Any

from flask.json.provider import DefaultJSONProvider

from app.kernel import jsontext


class PlainJson(DefaultJSONProvider):
    """Compact, in the order in which it was said."""

    sort_keys = False

    def dumps(self, obj: Any, **kwargs: Any) -> str:  # noqa: ANN401
        """Encode an answer; Flask's own ways are for what asks for them."""
        return super().dumps(obj, **kwargs) if kwargs else jsontext.write(obj)

    def response(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Answer with the one value that a view returned."""
        obj = self._prepare_response_obj(args, kwargs)
        return self._app.response_class(jsontext.write(obj), mimetype=self.mimetype)
