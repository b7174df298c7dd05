"""What befalls the server: an older version in its place, a new one, an older backup."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import text

from app.db import writing
from app.kernel.ids import uuid7
from app.pipeline.operation import Kind, Playbook, every_version
from app.proving.simulate.desk import Desk
from app.proving.simulate.premises import Premises
from app.proving.simulate.truth import HOUR
from app.proving.simulate.world import World
from app.sync.understanding import catch_up

LATER = ("moving.move", "putaway.put_away", "picking.pick")  # an older version may not know them


@dataclass
class Memory:
    """What everybody had been told when the backup was made."""

    verdicts: dict[str, Any]
    approved: set[int]
    decided: set[int]
    voided: set[int]


@dataclass
class Hardships:
    """One server with its versions and backups."""

    place: Premises
    world: World
    desk: Desk
    restored: bool = False
    memory: Memory | None = None
    hidden: dict[tuple[str, int], Kind] = field(default_factory=dict)

    @property
    def kinds(self) -> dict[tuple[str, int], Kind]:
        """What the server understands."""
        playbook: Playbook = self.place.server.app.extensions["tallyman_playbook"]
        return playbook.kinds  # type: ignore[return-value]

    def plan(self) -> None:
        """Spread over the shift what this seed knows of it."""
        world = self.world
        for name, begin, end in (
            ("older server", self.forget, self.upgrade),
            ("new payload version", self.respell, self.upgrade),
            ("server restored", self.back_up, self.restore),
        ):
            if world.faults.has(name):
                at = world.chance.uniform(0.1, 0.7) * world.hours * HOUR
                at *= name != "older server"  # from the morning on: no version is ever taken back
                world.at(at, begin)
                world.at(at + world.chance.uniform(0.05, 0.25) * world.hours * HOUR, end)

    # --- versions ----------------------------------------------------------------------------

    def forget(self) -> None:
        """The server is older than the handhelds: it keeps what it does not understand."""
        if self.hidden:
            return
        name = self.world.chance.choice(LATER)
        self.hidden = {(name, 1): self.kinds[(name, 1)]}
        del self.kinds[(name, 1)]
        self.world.injected["older server"] += 1

    def respell(self) -> None:
        """A newer server takes over: what waits is of an older payload version."""
        if self.hidden:
            return
        name = self.world.chance.choice(LATER)
        kind = self.kinds[(name, 1)]
        newer = replace(kind, version=2)
        self.hidden = {(name, 1): kind}
        self.kinds.update(every_version([newer], {name: (dict,)}))
        self.world.injected["new payload version"] += 1

    def upgrade(self) -> None:
        """The version of today starts, and lets take effect what was kept."""
        for (name, _), kind in self.hidden.items():
            self.kinds.pop((name, 2), None)
            self.kinds[(name, 1)] = kind
        self.hidden = {}
        self._start()

    def _start(self) -> None:
        """A server that starts lets take effect what an older one has kept."""
        server = self.place.server
        server.reopen()
        with server.app.app_context():
            understood = catch_up(server.app.extensions["tallyman_playbook"])
        self.world.injected["understood later"] += understood

    # --- backups -----------------------------------------------------------------------------

    def back_up(self) -> None:
        """Make a backup, which is not needed yet."""
        world = self.world
        self.place.keep()
        self.memory = Memory(
            dict(world.verdicts), set(world.approved), set(world.decided),
            set(self.desk.voided),
        )  # fmt: skip

    def restore(self) -> None:
        """The disk is gone, the backup is older: handhelds fill it up again from their journals."""
        world, memory = self.world, self.memory
        if memory is None:
            return
        self.place.bring_back()
        with self.place.server.app.app_context(), writing() as session:
            for stream in session.scalars(text("SELECT id FROM streams")).all():
                session.execute(
                    text("UPDATE streams SET incarnation = :fresh WHERE id = :stream"),
                    {"fresh": uuid7(), "stream": stream},
                )
        world.verdicts, world.approved = memory.verdicts, memory.approved
        world.decided, self.desk.voided = memory.decided, memory.voided
        self.restored = True
        self._start()
        world.injected["server restored"] += 1


@contextmanager
def hardships(place: Premises, world: World, desk: Desk) -> Iterator[Hardships]:
    """Plan them; whatever happens, the version of today is there afterwards."""
    found = Hardships(place, world, desk)
    try:
        yield found
    finally:
        for (name, _), kind in found.hidden.items():
            found.kinds.pop((name, 2), None)
            found.kinds[(name, 1)] = kind
