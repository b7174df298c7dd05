"""`python -m app.identification`: the same as `tallyman identify`, with the bare language."""

import sys

from app.identification.cli import run

run(sys.stdin, sys.stdout, encode_epc="--encode-epc" in sys.argv[1:])
