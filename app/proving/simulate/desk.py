"""The supervisor: decides counts, cancels orders, calls off, and in the end puts things right."""

from dataclasses import dataclass, field

from sqlalchemy import select

from app.db import snapshot
from app.pipeline.models import OpenException
from app.proving.handheld import JSON
from app.proving.simulate import settled
from app.proving.simulate.deeds import ORDERS, Deed
from app.proving.simulate.supervision import supervise
from app.proving.simulate.truth import MINUTE
from app.proving.simulate.world import World

DONE = ("applied", "flagged")
TOO_LATE = ("operations.called_off", "picking.no_work")  # to take effect now
CALLABLE_OFF = ("receive", "move", "put_away", "pick")


@dataclass
class Desk:
    """One supervisor and what she has decided."""

    world: World
    voided: set[int] = field(default_factory=set)

    def look(self) -> None:
        """Decide some of what has come in."""
        world = self.world
        if world.chance.random() < 0.4:  # noqa: PLR2004 - in truth every few seconds
            settled.look(world)
        supervise(world)
        for sheet in self.ready():
            draw = world.chance.random()
            if draw < 0.35:  # noqa: PLR2004
                self.approve(sheet)
            elif draw < 0.5 and world.faults.has("count rejected"):  # noqa: PLR2004
                self.reject(sheet)
        if world.faults.hits("order cancelled", 0.1):
            number = world.chance.choice(ORDERS)
            self.ask("ordering.cancel_order", {"number": number, "note": None}, "order cancelled")
        if world.faults.hits("voided at the desk", 0.2):
            self.call_off()

    def ready(self) -> list[int]:
        """Sheets of which everything has arrived and counts."""
        return [
            sheet
            for sheet, deeds in sorted(self.world.sheets.items())
            if sheet not in self.world.decided and self._complete(sheet, deeds)
        ]

    def _complete(self, sheet: int, deeds: list[Deed]) -> bool:
        if deeds[-1].finish is None:
            return False
        told = self.world.recorded
        return all(
            deed.n not in self.world.lost
            and self.world.verdicts.get(told[deed.n], ("", (), 0))[0] in DONE
            for deed in deeds
        )

    def approve(self, sheet: int) -> None:
        """Anchor what was counted."""
        world = self.world
        world.decided.add(sheet)
        payload = {"sheet": world.names.sheet(sheet), "note": None, "reason": None}
        if self.ask("counting.approve", payload, "count approved"):
            world.approved.add(sheet)

    def reject(self, sheet: int) -> None:
        """Let the book stand."""
        self.world.decided.add(sheet)
        payload = {"sheet": self.world.names.sheet(sheet), "note": None, "reason": None}
        self.ask("counting.reject", payload, "count rejected")

    def call_off(self) -> None:
        """Say of something that it did not happen."""
        world = self.world
        known = [
            deed
            for deed in world.truth.deeds
            if deed.kind in CALLABLE_OFF
            and world.verdicts.get(world.recorded.get(deed.n, ""), ("", (), 0))[0] in DONE
        ]
        if not known:
            return
        deed = world.chance.choice(known)
        payload: JSON = {"reason": None, "scans": []}
        if self.ask("operations.void", payload, "voided at the desk", world.recorded[deed.n]):
            self.voided.add(deed.n)

    def ask(self, kind: str, payload: JSON, name: str, cause: str | None = None) -> bool:
        """Decide; a refusal is an answer, anything else than an answer is not."""
        status, answer = self.world.decide(kind, payload, cause)
        if status == 200:  # noqa: PLR2004
            self.world.injected[name] += 1
            return True
        if status != 422:  # noqa: PLR2004
            self.world.broken.append(f"{kind}: {status} {answer}")
        elif kind == "counting.approve" and answer["detail"] != {"state": "superseded"}:
            self.world.broken.append(f"approval refused: {answer}")
        return False

    def put_right(self) -> None:
        """Let everything take effect that was kept because of a revoked handheld."""
        world = self.world
        with world.server.app.app_context(), snapshot() as session:
            rows = session.execute(
                select(OpenException.id)
                .where(OpenException.code == "sync.device_revoked", OpenException.state != "closed")
                .order_by(OpenException.opened_seq, OpenException.subject)
            ).all()
        for (exception,) in rows:
            payload = {"exception": exception, "resolution": "reapply", "note": None}
            status, answer = world.decide("exceptions.resolve", payload)
            if status != 200 and answer.get("code") not in TOO_LATE:  # noqa: PLR2004
                world.broken.append(f"reapply: {status} {answer}")
            else:
                world.injected["re-applied"] += 1

    def shift(self, end: float) -> None:
        """Look in every now and then."""
        when = 0.0
        while (when := when + self.world.chance.uniform(20, 80) * MINUTE) < end:
            self.world.at(when, self.look)
