"""A server with one gesture that kills it: what a fault in a C library would do."""

import os
import signal
from dataclasses import dataclass, field, replace
from typing import Literal

from flask import Flask

from app.factory import served as as_it_runs
from app.pipeline.floor import Floor
from app.pipeline.goods import Scan
from app.pipeline.operation import Kind, Operation, Outcome
from app.playbook import PLAYBOOK

ENTRY = "tests.api.sync.deadly:served()"
DEADLY = "receiving.kill"


@dataclass(frozen=True, slots=True)
class Kill:
    """Payload of a gesture that somebody dies of."""

    whom: Literal["server", "worker"]
    scans: tuple[Scan, ...] = field(default=())


def kill(floor: Floor, operation: Operation[Kill]) -> Outcome:
    if operation.payload.whom == "server":
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
    return Outcome()


KIND = Kind(DEADLY, Kill, kill, fact=True, roles=frozenset())
BOOK = replace(PLAYBOOK, kinds={**PLAYBOOK.kinds, (KIND.name, KIND.version): KIND})


def served() -> Flask:
    return as_it_runs(BOOK)
