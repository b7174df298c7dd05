"""`tallyman identify`: JSON lines in, one JSON line out for each, in order."""

import json
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from typing import Any, TextIO

from app.identification.epc_encoding import encode_epc as encode
from app.identification.reading import Identified, Refusal, Refused
from app.identification.router import identify

_SEPARATORS = (",", ":")


def run(stdin: TextIO, stdout: TextIO, *, encode_epc: bool) -> None:
    """Answer every line; a line that is no request gets a refusal, not a crash."""
    if isinstance(stdin, TextIOWrapper):
        # A file of scans may come from anywhere; a byte that is no UTF-8 spoils its line only.
        stdin.reconfigure(encoding="utf-8-sig", errors="replace")
    answer = _encoded if encode_epc else _identified
    dump = json.JSONEncoder(separators=_SEPARATORS).encode
    for line in stdin:
        if line.strip():
            stdout.write(dump(_answer(line, answer)) + "\n")


def _answer(line: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        return _refused("json", "This line is not JSON.")
    if not isinstance(request, dict):
        return _refused("json", "This line is not a JSON object.")
    return answer(request)


def _refused(code: str, message: str) -> dict[str, Any]:
    refusal = Refusal(f"identification.{code}", message)
    return Identified(ok=False, kind="unknown", error=refusal).to_json()


def _identified(request: dict[str, Any]) -> dict[str, Any]:
    data, symbology = request.get("data"), request.get("symbology")
    if not isinstance(data, str) or not isinstance(symbology, str | None):
        return _refused("json", "A request has a text as data, and a text or null as symbology.")
    return identify(data, symbology).to_json()


def _encoded(request: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"ok": True, "hex": encode(*_arguments(request))}
    except Refused as refused:
        refusal = refused.refusal
        error = {"code": refusal.code, "message": refusal.message}
        return {"ok": False, "error": error}


def _arguments(request: dict[str, Any]) -> Iterator[Any]:
    """pure, scheme, filter, length of the company prefix, date."""
    filter_value, length = request.get("filter", 0), request.get("gcp_len")
    if not all(isinstance(request.get(name), str) for name in ("pure", "scheme")):
        raise Refused("json", "A request has texts as pure and scheme.")
    if not _is_integer(filter_value) or not (length is None or _is_integer(length)):
        raise Refused("json", "filter and gcp_len are integers.")
    date = request.get("date")
    if date is not None and not _is_pair(date):
        raise Refused("json", "A date is a pair of AI and YYMMDD.")
    yield from (request["pure"], request["scheme"], filter_value, length)
    yield None if date is None else tuple(date)


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_pair(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == len(("17", "261231"))
        and all(isinstance(piece, str) for piece in value)
    )
