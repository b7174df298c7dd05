"""The virtual environment: made once, made again when broken, never in place of something else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.bootstrap.environment import (
    Environment,
    Installed,
    Tools,
    clear_away,
    create,
    creation_arguments,
    is_enough,
    is_usable,
    pip_command,
)
from app.bootstrap.terminal import Stop


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return Environment(tmp_path)


def installed(environment: Environment, *extras: str, fingerprint: str = "now") -> Installed:
    return Installed(fingerprint, frozenset(extras), str(environment.home))


class TestCreation:
    def test_uses_what_python_brings(self) -> None:
        assert creation_arguments(Tools(ensurepip=True, pip=True)) == ()

    def test_does_without_ensurepip_where_there_is_pip(self) -> None:
        assert creation_arguments(Tools(ensurepip=False, pip=True)) == ("--without-pip",)

    def test_says_what_to_install_where_there_is_neither(self) -> None:
        with pytest.raises(Stop) as stop:
            creation_arguments(Tools(ensurepip=False, pip=False))

        assert "apt install python3-venv" in str(stop.value)

    def test_takes_the_outer_pip_for_an_environment_without_one(
        self, environment: Environment
    ) -> None:
        create(environment, Tools(ensurepip=False, pip=True))

        assert Path(environment.python).exists()
        assert pip_command(environment) == [
            *(sys.executable, "-m", "pip"),
            *("--python", environment.python),
        ]

    def test_replaces_a_broken_environment(self, environment: Environment) -> None:
        environment.home.mkdir()
        (environment.home / "pyvenv.cfg").touch()
        (environment.home / "left-over").touch()

        create(environment, Tools(ensurepip=False, pip=True))

        assert not (environment.home / "left-over").exists()
        assert Path(environment.python).exists()

    def test_never_removes_a_folder_that_is_something_else(self, environment: Environment) -> None:
        environment.home.mkdir()
        (environment.home / "thesis.txt").touch()

        with pytest.raises(Stop):
            clear_away(environment.home)

        assert (environment.home / "thesis.txt").exists()

    def test_uses_the_environments_own_pip(self, environment: Environment) -> None:
        (environment.home / "lib" / "python3.11" / "site-packages" / "pip").mkdir(parents=True)

        assert pip_command(environment)[0] == environment.python


class TestInstalled:
    def test_is_enough_when_the_pins_are_the_same(self, environment: Environment) -> None:
        before = installed(environment, "node", "test")

        assert is_enough(before, "now", frozenset({"node"}), environment)

    @pytest.mark.parametrize(
        ("fingerprint", "wanted"),
        [("then", {"node"}), ("now", {"node", "test"})],
        ids=["other pins", "one extra more"],
    )
    def test_is_not_enough_with(
        self, environment: Environment, fingerprint: str, wanted: set[str]
    ) -> None:
        before = installed(environment, "node", fingerprint=fingerprint)

        assert not is_enough(before, "now", frozenset(wanted), environment)

    def test_is_not_enough_in_a_moved_checkout(self, environment: Environment) -> None:
        before = Installed("now", frozenset(), "/elsewhere/.venv")

        assert not is_enough(before, "now", frozenset(), environment)

    def test_is_remembered(self, environment: Environment, tmp_path: Path) -> None:
        before = installed(environment, "node")
        before.write(tmp_path / "stamp")

        assert Installed.read(tmp_path / "stamp") == before

    @pytest.mark.parametrize("content", ["", "{", "[]", '{"extras": 3}'])
    def test_a_damaged_stamp_counts_as_none(self, tmp_path: Path, content: str) -> None:
        (tmp_path / "stamp").write_text(content)

        assert Installed.read(tmp_path / "stamp") is None


class TestUsable:
    @pytest.fixture
    def made(self, environment: Environment) -> Environment:
        environment.programs.mkdir(parents=True)
        Path(environment.python).touch()
        return environment

    def test_is_an_environment_somebody_else_made(self, made: Environment) -> None:
        assert is_usable(None, made)

    def test_is_not_one_that_was_moved(self, made: Environment) -> None:
        assert not is_usable(Installed("now", frozenset(), "/elsewhere/.venv"), made)

    def test_is_not_one_whose_python_is_gone(self, made: Environment) -> None:
        Path(made.python).unlink()

        assert not is_usable(installed(made), made)
