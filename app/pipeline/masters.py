"""What a process remembers of master data: items, their codes, places, people.

Such records change a few times a day and are read with every push. What was read stays valid for
as long as no master data of its stream has changed, so one number decides.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from app.pipeline.models import Stream
from app.rows.shelf import Changed, shelf_of

MOST = 50_000  # records remembered of a stream; then it starts anew

Rows = dict[type, dict[str, Any]]
State = tuple[str, int]  # incarnation, sequence


class _Sealed(Changed):
    """Records that many share are read only."""

    def __setitem__(self, key: int, value: Any) -> None:  # noqa: ANN401
        raise TypeError(f"{value!r} is shared: master data changes through its own operations")


SEALED = _Sealed()
_known: WeakKeyDictionary[Engine, dict[str, tuple[State, Rows]]] = WeakKeyDictionary()


def remembered(engine: Engine, org: Stream, site: Stream, masters: Iterable[type]) -> Rows:
    """Return what is known of these models at the present state, to be read and added to."""
    ours, everybodys = _rows(engine, site), _rows(engine, org)
    return {
        model: (everybodys if shelf_of(model).site_at is None else ours)[model] for model in masters
    }


def _rows(engine: Engine, stream: Stream) -> Rows:
    state = (stream.incarnation, stream.masters_seq)
    of_engine = _known.setdefault(engine, {})
    then, rows = of_engine.get(stream.id, (None, {}))
    if then != state or sum(map(len, rows.values())) > MOST:
        rows = defaultdict(dict)
        of_engine[stream.id] = (state, rows)
    return rows
