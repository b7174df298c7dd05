"""The handheld app is built when it is missing or its sources changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.bootstrap.handheld import Handheld, Node
from app.bootstrap.stamps import remember
from app.bootstrap.terminal import Stop


@pytest.fixture
def handheld(tmp_path: Path) -> Handheld:
    """An app whose sources were built."""
    made = Handheld(tmp_path / "pwa")
    made.built.mkdir(parents=True)
    (made.built / "index.html").touch()
    (made.folder / "package.json").write_text("{}")
    remember(made.stamp, made.state())
    return made


@pytest.fixture
def no_node(tmp_path: Path) -> Node:
    """A Node that fails whoever starts it."""
    return Node(tmp_path / "nowhere")


class TestStale:
    def test_is_not_an_app_just_built(self, handheld: Handheld) -> None:
        assert not handheld.is_stale()

    def test_is_an_app_whose_sources_changed(self, handheld: Handheld) -> None:
        (handheld.folder / "package.json").write_text('{"type": "module"}')

        assert handheld.is_stale()

    def test_is_an_app_that_is_missing(self, handheld: Handheld) -> None:
        (handheld.built / "index.html").unlink()

        assert handheld.is_stale()


class TestBuild:
    def test_is_skipped_when_current(self, handheld: Handheld, no_node: Node) -> None:
        handheld.build(no_node)

    def test_says_what_to_do_when_it_fails(self, handheld: Handheld, tmp_path: Path) -> None:
        (handheld.folder / "package.json").write_text('{"type": "module"}')
        failing = Node(tmp_path)
        (tmp_path / "bin").mkdir()
        failing.program.write_text("#!/bin/sh\necho registry unreachable\nexit 3\n")
        failing.program.chmod(0o755)

        with pytest.raises(Stop) as stop:
            handheld.build(failing)

        assert "registry unreachable" in str(stop.value)
        assert "What to do" in str(stop.value)
        assert handheld.is_stale()


class TestNode:
    def test_missing_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(Stop, match=r"Node is not installed in \.venv"):
            Node.among(tmp_path)

    def test_comes_before_the_machines_own(self, no_node: Node) -> None:
        assert no_node.environment()["PATH"].split(os.pathsep)[0] == str(no_node.program.parent)
