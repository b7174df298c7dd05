"""The page of kinds is complete, and each kind is tested."""

import re
from pathlib import Path

import pytest

from app.people.models import ROLES
from app.pipeline.schema import schema_of
from app.playbook import PLAYBOOK

TESTS = Path(__file__).parents[1] / "operations"
KINDS = sorted(kind.name for kind in PLAYBOOK.kinds.values())


@pytest.mark.parametrize("name", KINDS)
def test_kind_is_spelled_flow_dot_gesture(name: str) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", name)


@pytest.mark.parametrize("kind", PLAYBOOK.kinds.values(), ids=lambda kind: str(kind.name))
def test_kind_has_a_schema_and_known_roles(kind: object) -> None:
    assert schema_of(kind.payload).fields  # type: ignore[attr-defined]
    assert kind.roles <= {*ROLES, "system"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", KINDS)
def test_kind_is_spoken_of_in_its_tests(name: str) -> None:
    spoken = [path for path in TESTS.rglob("test_*.py") if f'"{name}"' in path.read_text()]
    gesture = name.partition(".")[2]
    named = list(TESTS.rglob(f"test_{gesture}.py"))

    assert spoken or named, f"no test speaks of {name}"
