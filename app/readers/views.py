"""`POST /rfid/reads`: the one door for readers; no batch is refused for one bad tag."""

from typing import Any

from flask import Blueprint, g

from app.readers.body import NoJson, values
from app.readers.forms import Bad, Said, told
from app.readers.problems import TooManyReads
from app.readers.runner import wake
from app.readers.taking_in import take_in
from app.web.access import for_reader
from app.web.bodies import NotJson, raw_body

blueprint = Blueprint("readers", __name__, url_prefix="/api/v1/rfid")
LARGEST = 4 * 1024 * 1024
MOST = 20_000  # values of one request


@blueprint.post("/reads")
@for_reader
def reads() -> dict[str, int]:
    """Take tag reads in: Zebra IoT Connector, Impinj IoT, or the neutral form."""
    try:
        spoken, broken = values(raw_body(LARGEST), MOST + 1)
    except NoJson as error:
        raise NotJson from error
    said, ignored, bad = _sorted_out(spoken)
    if max(len(spoken), len(said) + bad) > MOST:
        raise TooManyReads(limit=MOST)
    counts = take_in(g.reader, said, ignored=ignored, bad=bad + broken)
    wake()
    return {
        "accepted": counts.accepted,
        "duplicates": counts.duplicates,
        "ignored": counts.ignored,
        "bad": counts.bad,
    }


def _sorted_out(spoken: list[Any]) -> tuple[list[Said], int, int]:
    said: list[Said] = []
    ignored = bad = 0
    for each in spoken:
        nothing = True
        for read in told(each):
            nothing = False
            if isinstance(read, Bad):
                bad += 1
            else:
                said.append(read)
        ignored += nothing
    return said, ignored, bad
