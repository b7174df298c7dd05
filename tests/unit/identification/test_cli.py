"""The command: JSON lines in, as many JSON lines out, in order, whatever the lines are."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.identification.cli import run

ROOT = Path(__file__).resolve().parents[3]
EMPTY = {
    "gtin14": None,
    "sscc": None,
    "serial": None,
    "lot": None,
    "expiry": None,
    "quantity": None,
    "epc": None,
    "internal": None,
}


def answers(*lines: str, encode_epc: bool = False) -> list[Any]:
    output = io.StringIO()
    run(io.StringIO("".join(f"{line}\n" for line in lines)), output, encode_epc=encode_epc)
    return [json.loads(line) for line in output.getvalue().splitlines()]


def test_shape_of_an_answer() -> None:
    (answer,) = answers('{"data": "(01)09521234543213(10)ABC(17)261231", "symbology": null}')

    assert answer == {
        **EMPTY,
        "ok": True,
        "kind": "gs1",
        "ais": [["01", "09521234543213"], ["10", "ABC"], ["17", "261231"]],
        "gtin14": "09521234543213",
        "lot": "ABC",
        "expiry": "2026-12-31",
        "warnings": [],
        "error": None,
    }


def test_shape_of_a_refusal() -> None:
    (answer,) = answers('{"data": "09521234543214"}')

    assert answer["ok"] is False
    assert answer["error"]["code"] == "identification.check_digit"


def test_order_is_kept_and_bad_lines_are_answered() -> None:
    deep = "[" * 100_000
    bad = (
        "{",
        "[]",
        "1",
        '"a"',
        "null",
        '{"data": 5}',
        '{"data": "x", "symbology": 1}',
        "{}",
        deep,
    )

    found = answers('{"data": "TMC:DONE"}', *bad, '{"data": "TMP:A-1"}')

    assert [answer["ok"] for answer in found] == [True, *(False for _ in bad), True]
    assert {answer["error"]["code"] for answer in found[1:-1]} == {"identification.json"}


def test_bytes_that_are_no_text_spoil_their_line_only() -> None:
    lines = b'\xef\xbb\xbf{"data": "4006381333931"}\n{"data": "\xff"}\n\xff\n{"data": "TMC:DONE"}\n'
    output = io.StringIO()

    run(io.TextIOWrapper(io.BytesIO(lines), encoding="ascii"), output, encode_epc=False)

    found = [json.loads(line)["ok"] for line in output.getvalue().splitlines()]
    assert found == [True, False, False, True]


def test_epcs_are_written() -> None:
    request = {"pure": "urn:epc:id:sgtin:0614141.812345.6789", "scheme": "sgtin-96", "filter": 3}

    (answer,) = answers(json.dumps({**request, "gcp_len": 7}), encode_epc=True)

    assert answer == {"ok": True, "hex": "3074257BF7194E4000001A85"}


def test_bad_requests_to_write_are_answered() -> None:
    pure = '"pure": "urn:epc:id:sgtin:0614141.812345.6789", "scheme": "sgtin-96"'
    bad = (
        *("{}", "nothing", '{"pure": 1, "scheme": 2}', f'{{{pure}, "filter": "3"}}'),
        *(f'{{{pure}, "filter": true}}', f'{{{pure}, "gcp_len": 1.5}}', f'{{{pure}, "date": 7}}'),
    )

    found = answers(*bad, encode_epc=True)

    assert [answer["ok"] for answer in found] == [False] * len(bad)
    assert {answer["error"]["code"] for answer in found} == {"identification.json"}


def test_runs_with_the_bare_language() -> None:
    """-I -S: no site packages, as on a machine where nothing is installed."""
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import runpy; "
    program += "sys.argv[1:] = []; runpy.run_module('app.identification', run_name='__main__')"

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program],
        input='{"data": "4006381333931"}\n',
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout)["gtin14"] == "04006381333931"
