"""Work that is already done is not done again."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bootstrap.stamps import fingerprint, is_current, remember, sources


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "main.ts").write_text("scan()")
    (tmp_path / "package.json").write_text("{}")
    return tmp_path


def state(folder: Path) -> str:
    return fingerprint(folder, sources(folder))


class TestFingerprint:
    def test_stays_while_nothing_changes(self, folder: Path) -> None:
        assert state(folder) == state(folder)

    def test_changes_with_a_content(self, folder: Path) -> None:
        before = state(folder)
        (folder / "src" / "main.ts").write_text("scan(1)")

        assert state(folder) != before

    def test_changes_with_a_name(self, folder: Path) -> None:
        before = state(folder)
        (folder / "src" / "main.ts").rename(folder / "src" / "start.ts")

        assert state(folder) != before

    def test_changes_when_words_move_from_one_file_to_the_next(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_text("12")
        (tmp_path / "b").write_text("3")
        before = state(tmp_path)
        (tmp_path / "a").write_text("1")
        (tmp_path / "b").write_text("23")

        assert state(tmp_path) != before

    @pytest.mark.parametrize("made", ["node_modules", "dist", "__pycache__"])
    def test_leaves_out_what_was_made(self, folder: Path, made: str) -> None:
        before = state(folder)
        (folder / made).mkdir()
        (folder / made / "main.js").write_text("scan()")

        assert state(folder) == before

    def test_changes_with_a_fact(self, folder: Path) -> None:
        files = list(sources(folder))

        assert fingerprint(folder, files, "here") != fingerprint(folder, files, "there")


class TestStamp:
    def test_is_current_after_it_was_left(self, folder: Path) -> None:
        remember(folder / ".built-from", state(folder))

        assert is_current(folder / ".built-from", state(folder))

    def test_is_not_current_after_a_change(self, folder: Path) -> None:
        remember(folder / ".built-from", state(folder))
        (folder / "src" / "main.ts").write_text("scan(1)")

        assert not is_current(folder / ".built-from", state(folder))

    def test_is_not_current_where_there_is_none(self, folder: Path) -> None:
        assert not is_current(folder / ".built-from", state(folder))
