"""The published acceptance vectors, a quarter of all, kept outside the repository."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from app.identification import encode_epc, identify
from app.identification.check_digits import check_digit, has_check_digit, has_check_pair, is_digits

FOLDER = Path(__file__).resolve().parents[4] / "shared/data/identification"
PRODUCTS = FOLDER.parent / "gtin/real-products.json"
LONGEST_MODEL_NUMBER = 25
OURS = {
    *("sgtin-96", "sgtin-198", "sscc-96", "sgln-96", "sgln-195", "grai-96", "grai-170"),
    *("giai-96", "giai-202", "sgtin+", "dsgtin+", "sscc+", "sgln+", "grai+", "giai+"),
}


def rows(name: str) -> list[Any]:
    """The rows of one file; without the folder one skip that says so, an error under CI."""
    path = FOLDER / f"{name}.jsonl"
    if path.exists():
        found = map(json.loads, path.read_text("utf-8").splitlines())
        return [pytest.param(row, id=row["id"]) for row in found]
    missing = f"acceptance vectors are not beside the repository: {path}"
    if os.environ.get("CI") == "true":
        raise FileNotFoundError(missing)
    return [pytest.param({}, marks=pytest.mark.skip(reason=missing))]


@pytest.mark.parametrize("row", rows("element-strings"))
def test_element_strings(row: dict[str, Any]) -> None:
    found = identify(row["data"], row["symbology"])

    if not row["ok"] and "association" in (row["error_class"], row["level"]) and found.ok:
        assert "identification.association" in found.warnings
        return
    assert found.ok == row["ok"]
    if row["ais"] is not None:
        assert found.to_json()["ais"] == row["ais"]


@pytest.mark.parametrize("row", rows("digital-link"))
def test_digital_links(row: dict[str, Any]) -> None:
    found = identify(row["data"])

    assert found.ok == row["ok"]
    if row["ok"]:
        assert found.kind == "digital_link"
        assert found.to_json()["ais"] == row["ais"]


@pytest.mark.parametrize("row", rows("epc"))
def test_epcs(row: dict[str, Any]) -> None:
    found = identify(row["hex"])

    if not row["ok"] or (row["scheme"] not in OURS and not _is_unnamed_plus(row)):
        assert not found.ok
        return
    assert found.to_json()["ais"] == row["expect_ais"]
    assert found.epc is not None
    for name in ("scheme", "filter", "tag", "pure"):
        assert row[name] in (None, getattr(found.epc, name))


@pytest.mark.parametrize("row", rows("epc"))
def test_epcs_are_written_as_they_were_read(row: dict[str, Any]) -> None:
    if row["pure"] is None or row["scheme"] not in OURS:
        return
    found = encode_epc(row["pure"], row["scheme"], row["filter"], row["gcp_len"])

    # Tags store whole words; published examples stop at the last digit that matters.
    assert found.rstrip("0") == row["hex"].rstrip("0")


@pytest.mark.parametrize("row", rows("check-digits"))
def test_check_digits(row: dict[str, Any]) -> None:
    match row["kind"]:
        case "mod10-validate":
            value = row["value"]
            assert (is_digits(value) and has_check_digit(value)) == row["valid"]
        case "mod10-compute":
            assert check_digit(row["payload"]) == row["check_digit"]
        case "alpha-check-pair" if len(row["value"]) <= LONGEST_MODEL_NUMBER:
            assert has_check_pair(row["value"]) == row["valid"]
        case "gtin-normalise" | "upc-to-gtin14":
            assert identify(row["value"], "]E0").gtin14 == row["gtin14"]
        case "upce-to-upca":
            assert identify(row["upce"], "]E0").gtin14 == row["upca"].zfill(14)
        case "upce-validate":
            assert identify(row["value"], "]E0").ok == row["valid"]
        case "upce-invalid":
            assert not identify(row["value"], "]E0").ok


def test_real_products_keep_their_gtin() -> None:
    """Eight digits that are an EAN-8 and a UPC-E are ambiguous; the EAN-8 is offered first."""
    if not PRODUCTS.exists():
        rows("real-products")
        pytest.skip(f"real products are not beside the repository: {PRODUCTS}")
    for product in json.loads(PRODUCTS.read_text("utf-8"))["valid"]:
        found = identify(product["gtin"])
        reading = found.readings[0] if found.kind == "ambiguous" else found
        assert reading.gtin14 == product["gtin"].zfill(14)


def _is_unnamed_plus(row: dict[str, Any]) -> bool:
    return row["scheme"] is None and bool(row["expect_ais"])
