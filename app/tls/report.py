"""What `tallyman tls` says."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from app.tls.addresses import reached
from app.tls.authority import fingerprint, within
from app.tls.store import certificate_in, provide


def run(home: Path, also: tuple[str, ...], *, new: bool, as_json: bool) -> int:
    """Make what is missing; 1 when a name was asked for that this authority cannot vouch for."""
    wanted = reached(also)
    papers = provide(home, wanted, new_authority=new)
    authority, server = certificate_in(papers.authority), certificate_in(papers.certificate)
    carried = within(authority, wanted)
    left = [name for name in (*wanted.names, *map(str, wanted.addresses)) if name not in carried]
    said = {
        "authority": str(papers.authority),
        "certificate": str(papers.certificate),
        "key": str(papers.key),
        "fingerprint": fingerprint(authority),
        "valid_until": server.not_valid_after_utc.date().isoformat(),
        "names": [*carried.names, *map(str, carried.addresses)],
        "left_out": left,
    }
    sys.stdout.write((json.dumps(said) if as_json else _lines(said)) + "\n")
    return 1 if set(left) & set(also) else 0


def _lines(said: Mapping[str, object]) -> str:
    lines = [f"{name.replace('_', ' ')}: {_words(value)}" for name, value in said.items() if value]
    if said["left_out"]:
        lines.append("The authority was made before these were known; --new-authority makes one.")
    return "\n".join(lines)


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
