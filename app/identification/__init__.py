"""What a scan is in itself: GS1 element strings, Digital Links, EPCs, GTINs and our own codes.

A scan is hostile, ambiguous input. Everything here is pure: text in, one `Identified` out, never
an exception, and a refusal rather than a guess. What a code means on a site (aliases, items,
places) is the business of `resolving`. The device runs the same rules from the same tables
(`tables.json`), written out for it by `python -m app.identification.generate`.
"""

from app.identification.epc_encoding import encode_epc
from app.identification.lost import candidates
from app.identification.measures import Measure, measures
from app.identification.reading import (
    DEFAULT,
    Epc,
    Identified,
    Internal,
    Profile,
    Refusal,
    Refused,
)
from app.identification.router import identify, normalise
from app.identification.separators import split_without_separators

__all__ = [
    "DEFAULT",
    "Epc",
    "Identified",
    "Internal",
    "Measure",
    "Profile",
    "Refusal",
    "Refused",
    "candidates",
    "encode_epc",
    "identify",
    "measures",
    "normalise",
    "split_without_separators",
]
