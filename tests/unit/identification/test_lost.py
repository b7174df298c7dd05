"""Lost separators: one file of vectors, read by the handheld's tests too."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.identification import candidates

VECTORS = Path(__file__).parents[3] / "pwa" / "src" / "domain" / "vectors"
LOST: list[dict[str, Any]] = json.loads((VECTORS / "lost-separators.json").read_text())


@pytest.mark.parametrize("row", LOST, ids=lambda row: str(row["of"]))
def test_a_label_decides_and_nobody_guesses(row: dict[str, Any]) -> None:
    found = candidates(row["data"], row["symbology"], row["codes"])

    assert [[list(element) for element in reading.ais] for reading in found] == row["expect"]


def test_what_is_no_element_string_has_one_reading() -> None:
    for data in ("9526000000013", "hello", "", "TMP:A-01"):
        assert len(candidates(data, None, ["01", "10"])) == 1
