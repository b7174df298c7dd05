"""What a process remembers of the organisation: items, their codes, people.

Such records change a few times a day and are read with every push. What was read stays valid for
as long as the organisation's stream stands where it stood, so one number decides.
"""

from collections import defaultdict
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from app.pipeline.models import Stream
from app.rows.shelf import Changed

MOST = 50_000  # records remembered; then it starts anew

Rows = dict[type, dict[str, Any]]
State = tuple[str, int]  # incarnation, sequence


class _Sealed(Changed):
    """Records that many share are read only."""

    def __setitem__(self, key: int, value: Any) -> None:  # noqa: ANN401
        raise TypeError(f"{value!r} belongs to the organisation's stream")


SEALED = _Sealed()
_known: WeakKeyDictionary[Engine, dict[str, tuple[State, Rows]]] = WeakKeyDictionary()


def remembered(engine: Engine, org: Stream) -> Rows:
    """Return what is known at the organisation's present state, to be read and added to."""
    state = (org.incarnation, org.commit_seq)
    of_engine = _known.setdefault(engine, {})
    then, rows = of_engine.get(org.id, (None, {}))
    if then != state or sum(map(len, rows.values())) > MOST:
        rows = defaultdict(dict)
        of_engine[org.id] = (state, rows)
    return rows
