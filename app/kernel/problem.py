"""Problems carry a stable code and facts, never sentences; screens find the words."""

import json
from dataclasses import dataclass, fields
from typing import Any, ClassVar


@dataclass(eq=False)
class Problem(Exception):
    """Something a person must know: raised to refuse a request, returned to flag a fact."""

    code: ClassVar[str] = "problem"
    status: ClassVar[int] = 422

    def facts(self) -> dict[str, object]:
        """Return what is wrong, as values."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def plain(self) -> dict[str, Any]:
        """Return the same as JSON can say it."""
        said: dict[str, Any] = json.loads(json.dumps(self.facts(), default=str))
        return said

    def __str__(self) -> str:
        return f"{self.code} {self.facts()}"
