"""The handheld reads a scan as the server does, also one that nobody thought of."""

import json
import subprocess
from pathlib import Path
from random import Random

from app.identification import identify
from app.identification.tables import SOURCE
from tests.provision.chromium import installed_node

VECTORS = Path(__file__).with_name("vectors.jsonl")
HANDHELD = Path(__file__).resolve().parents[3] / "pwa/src/domain/identification/index.ts"
SCANS = 8_000
SEED = 1_946
SYMBOLOGIES = [
    *([None] * 6),
    *("]C1", "]d2", "]d1", "]Q3", "]Q1", "]e0", "]E0", "]E4", "]I1", "]C0", "]z1", "]J1", "]A0"),
]
CHARACTERS = '0123456789ABCDEFabcdef()]%/:.-_^|~+* <>{}GS\x1d\u241d\t\u00e9Z\x00"&?=#!'
ASK = """
import { createInterface } from "node:readline";
const { identify } = await import(process.argv[1]);
for await (const line of createInterface({ input: process.stdin })) {
  const { data, symbology } = JSON.parse(line);
  console.log(JSON.stringify(identify(data, symbology)));
}
"""

Scan = tuple[str, str | None]


def known() -> list[Scan]:
    """What the shared vectors ask."""
    rows = map(json.loads, VECTORS.read_text("utf-8").splitlines())
    return [(row["data"], row["symbology"]) for row in rows if row["kind"] == "identify"]


def spoilt(draw: Random, text: str, others: list[Scan]) -> str:
    """A scan as damage, a wrong setting or a second label would leave it."""
    for _ in range(draw.choice([0, 1, 1, 1, 2, 3])):
        at, other = sorted((draw.randint(0, len(text)), draw.randint(0, len(text))))
        text = draw.choice(
            [
                text[:at] + draw.choice(CHARACTERS) + text[at:],
                text[:at] + draw.choice(CHARACTERS) + text[at + 1 :],
                text[:at] + text[at + 1 :],
                text[:at] + text[at:other][::-1] + text[other:],
                text[at:],
                text[:other],
                text + draw.choice(others)[0],
            ]
        )
    return text


def edges() -> list[Scan]:
    """Every AI and every key of a tag, as short and as long as nobody should write them."""
    spans = [row["ai"].split("-") for row in json.loads(SOURCE.read_text("utf-8"))["ais"]]
    codes = [
        str(number).zfill(len(span[0]))
        for span in spans
        for number in range(int(span[0]), int(span[-1]) + 1)
    ]
    lengths = [*range(1, 8), 12, 13, 14, 15, *range(18, 22), *range(27, 32), 70, 71, 90, 91]
    strings = [f"({code}){'1' * length}" for code in codes for length in lengths]
    keys = ("sgtin", "sscc", "sgln", "grai", "giai")
    tags = [
        f"urn:epc:id:{key}:{'9' * prefix}.{'1' * length}{rest}"
        for key in keys
        for prefix in range(5, 14)
        for length in range(27)
        for rest in ("", ".7", ".a%2Fb")
    ]
    return [(text, None) for text in strings + tags]


def scans() -> list[Scan]:
    """Known scans, spoilt ones, and plain digits of every length."""
    draw = Random(SEED)
    vectors = known()
    found = list(vectors)
    while len(found) < SCANS:
        data, symbology = draw.choice(vectors)
        if draw.random() < 0.1:
            data = "".join(draw.choices("0123456789", k=draw.randint(6, 28)))
        if draw.random() < 0.3:
            symbology = draw.choice(SYMBOLOGIES)
        found.append((spoilt(draw, data, vectors), symbology))
    return found


def test_the_handheld_reads_every_scan_as_the_server_does() -> None:
    asked = scans() + edges()
    lines = [json.dumps({"data": data, "symbology": symbology}) for data, symbology in asked]

    ran = subprocess.run(
        [str(installed_node().program), "--input-type=module", "--eval", ASK, HANDHELD.as_uri()],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )

    answers = map(json.loads, ran.stdout.splitlines())
    pairs = zip(asked, answers, strict=True)
    differing = [(scan, answer) for scan, answer in pairs if answer != identify(*scan).to_json()]
    assert not differing
