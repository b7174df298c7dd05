"""Request bodies: bounded before and after decompression, JSON objects only."""

import zlib
from dataclasses import dataclass
from typing import Any

from flask import request

from app.kernel import jsontext
from app.kernel.problem import Problem
from app.web.problems import Invalid

DEFAULT_LIMIT = 256 * 1024
DIGITS = 18  # more do not fit a database integer


@dataclass(eq=False)
class TooLarge(Problem):
    """The body is larger than this route takes."""

    code = "request.too_large"
    status = 413
    limit: int


@dataclass(eq=False)
class NotJson(Problem):
    """The body is not a JSON object."""

    code = "request.not_json"
    status = 400


@dataclass(eq=False)
class UnknownEncoding(Problem):
    """The body is packed in a way this server does not unpack."""

    code = "request.unknown_encoding"
    status = 415
    encoding: str


def raw_body(limit: int) -> bytes:
    """Read the body, inflating gzip no further than the limit."""
    data = request.stream.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(limit=limit)
    encoding = request.headers.get("Content-Encoding", "").strip().lower()
    if encoding in {"", "identity"}:
        return data
    if encoding != "gzip":
        raise UnknownEncoding(encoding=encoding[:40])
    return _inflated(data, limit)


def _inflated(data: bytes, limit: int) -> bytes:
    """Unpack one whole gzip member: a bomb stops at the limit, a torn one is no body."""
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = inflater.decompress(data, limit + 1)
    except zlib.error as error:
        raise NotJson from error
    if len(plain) > limit:
        raise TooLarge(limit=limit)
    if not inflater.eof or inflater.unused_data:
        raise NotJson
    return plain


def json_body(limit: int = DEFAULT_LIMIT) -> dict[str, Any]:
    """Read a JSON object; duplicates, NaN and deep nesting are refused quietly."""
    if not request.is_json:
        raise NotJson
    try:
        body = jsontext.read(raw_body(limit))
    except (ValueError, RecursionError) as error:
        raise NotJson from error
    if not isinstance(body, dict):
        raise NotJson
    return body


def query_int(name: str, default: int, least: int, most: int) -> int:
    """Read a bounded whole number from the query string."""
    text = request.args.get(name)
    if text is None or text == "":
        return default
    if not (text.isascii() and text.isdecimal()) or len(text) > DIGITS:
        raise Invalid(fields={name: ["not a whole number"]})
    return min(max(int(text), least), most)
