"""The vectors both languages share; `vectors.test.ts` beside the device's code reads the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.identification import Refused, encode_epc, identify, measures, split_without_separators

VECTORS = [
    json.loads(line)
    for line in Path(__file__).with_name("vectors.jsonl").read_text("utf-8").splitlines()
]


def of(kind: str) -> list[Any]:
    return [pytest.param(row, id=row.get("say")) for row in VECTORS if row["kind"] == kind]


@pytest.mark.parametrize("row", of("identify"))
def test_a_scan_is_what_the_standards_say(row: dict[str, Any]) -> None:
    assert identify(row["data"], row["symbology"]).to_json() == row["expect"]


@pytest.mark.parametrize("row", of("encode"))
def test_an_identity_becomes_the_tag_the_standard_says(row: dict[str, Any]) -> None:
    request, expect = row["request"], row["expect"]
    date = request.get("date")
    arguments = (request["pure"], request["scheme"], request["filter"], request.get("gcp_len"))

    if expect["ok"]:
        assert encode_epc(*arguments, date and tuple(date)) == expect["hex"]
    else:
        with pytest.raises(Refused) as refused:
            encode_epc(*arguments, date and tuple(date))
        assert refused.value.refusal.code == expect["error"]["code"]


@pytest.mark.parametrize("row", of("split"))
def test_a_known_label_is_read_without_separators(row: dict[str, Any]) -> None:
    found = split_without_separators(row["text"], row["codes"])

    assert [[list(element) for element in reading] for reading in found] == row["expect"]


@pytest.mark.parametrize("row", of("measures"))
def test_measures_keep_their_decimals(row: dict[str, Any]) -> None:
    found = measures(tuple((ai, value) for ai, value in row["elements"]))

    assert [[each.ai, f"{each.amount:f}", each.unit] for each in found] == row["expect"]
