"""Which device core a run drives."""

from random import Random

from app.kernel.clock import millis
from app.proving.simulate.appcore import AppScanner
from app.proving.simulate.core import Core
from app.proving.simulate.engine import engine
from app.proving.simulate.furnishing import Enrolled
from app.proving.simulate.journals import Handed, Journal
from app.proving.simulate.pyscanner import PyScanner
from app.proving.simulate.server import BEGINNING

CORES = ("python", "typescript")


def prepare(core: str) -> None:
    """Start what it runs in; raises `Stop` where something is not installed."""
    if core == "typescript":
        engine()


def begin(core: str, seed: int) -> None:
    """Nothing of another seed is left."""
    if core == "typescript":
        engine().tell("seed", str(seed), {})


def made(core: str, seed: int, handed: Handed, enrolled: Enrolled) -> Core:
    """Put together a handheld as it was enrolled."""
    return MAKERS[core](seed, handed, enrolled)


def _scanner(seed: int, handed: Handed, enrolled: Enrolled) -> Core:
    return PyScanner(
        wire=handed.wire, clock=handed.clock, label=f"H{handed.hand}", id=enrolled.id,
        credential=enrolled.credential, site=handed.site, org=handed.org, hand=handed.hand,
        batch=handed.batch, page=handed.page, journals=[Journal(enrolled.id, 1)],
    )  # fmt: skip


def _app(seed: int, handed: Handed, enrolled: Enrolled) -> Core:
    name = f"H{handed.hand}"
    chance = Random(f"core {seed} {name}")  # noqa: S311 - the same again
    scanner = AppScanner(
        engine(), name, handed, chance, handed.clock, name, enrolled.id, handed.hand
    )
    scanner.handed_over(
        {
            "device": enrolled.id, "epoch": 1, "credential": enrolled.credential,
            "site": {"id": handed.site, "code": "SIM", "name": "Simulated site"},
            "org": handed.org, "server_time_ms": millis(BEGINNING),
            "epochs": [{"epoch": 1, "last_seq": 0, "head_seq": 0, "last_contact_ms": None}],
        }
    )  # fmt: skip
    return scanner


MAKERS = {"python": _scanner, "typescript": _app}
