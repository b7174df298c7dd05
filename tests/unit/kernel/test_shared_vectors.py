"""Handheld and server mint the same ids and speak the same payloads: one file, both suites."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from app.counting.kinds import KINDS as COUNTING_KINDS
from app.kernel.ids import derived
from app.picking.operations import reassign
from app.pipeline.goods import Goods, Scan
from app.playbook import PLAYBOOK
from app.resolving.codes import mapped_code

VECTORS = Path(__file__).parents[3] / "pwa" / "src" / "domain" / "vectors"
IDS: dict[str, Any] = json.loads((VECTORS / "ids.json").read_text())
CODES: list[dict[str, str]] = json.loads((VECTORS / "mapped-codes.json").read_text())
PAYLOADS: dict[str, list[str]] = json.loads((VECTORS / "payloads.json").read_text())


@pytest.mark.parametrize("vector", IDS["uuid5"], ids=lambda vector: str(vector["of"]))
def test_ids_made_offline(vector: dict[str, str]) -> None:
    assert derived(vector["namespace"], vector["name"]) == vector["id"]


@pytest.mark.parametrize("vector", CODES, ids=lambda vector: str(vector["data"])[:20])
def test_a_scan_is_mapped_under_one_code(vector: dict[str, str]) -> None:
    assert mapped_code(vector["data"], vector["symbology"]) == vector["code"]


@pytest.mark.parametrize("kind", sorted(PAYLOADS))
def test_payloads_have_the_same_fields(kind: str) -> None:
    shape = {"Goods": Goods, "Scan": Scan}.get(kind) or PLAYBOOK.kinds[(kind, 1)].payload

    assert sorted(field.name for field in fields(shape)) == PAYLOADS[kind]


def test_every_kind_of_the_floor_is_known_to_the_handheld() -> None:
    floor = {"receiving", "putaway", "picking", "shipping", "counting", "moving"}
    spoken = {k.name for k in PLAYBOOK.kinds.values() if k.name.partition(".")[0] in floor}

    office = {k.name for k in (*COUNTING_KINDS, reassign.KIND)}
    assert spoken - office <= set(PAYLOADS)
