"""The two commands, as somebody with nothing but Python meets them."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.bootstrap.commands import SCREENS, need_port, parser
from app.bootstrap.terminal import Stop, step

CHECKOUT = Path(__file__).resolve().parents[3]
BOOTSTRAP = sorted((CHECKOUT / "app" / "bootstrap").glob("*.py"))


class TestBarePython:
    def test_is_enough_for_wsgi_py(self) -> None:
        """`-S` hides everything that was installed."""
        answer = subprocess.run(
            [sys.executable, "-S", "-E", "wsgi.py", "--help"],
            cwd=CHECKOUT,
            check=True,
            capture_output=True,
            text=True,
        )

        assert "install, build, migrate and serve" in answer.stdout

    @pytest.mark.parametrize("module", BOOTSTRAP, ids=lambda path: path.stem)
    def test_is_all_that_bootstrap_imports(self, module: Path) -> None:
        imported = set()
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(node.module or "")

        foreign = {
            name
            for name in imported
            if not name.startswith("app.bootstrap.")
            and name.partition(".")[0] not in sys.stdlib_module_names
        }
        assert foreign == set()


class TestWords:
    def test_up_serves_the_demo_on_8000(self) -> None:
        chosen = parser().parse_args(["up"])

        assert (chosen.port, chosen.demo) == (8000, True)

    def test_pictures_go_where_they_are_wanted(self) -> None:
        asked = [["test"], ["test", "--screens"], ["test", "--screens", "shots"]]

        assert [parser().parse_args(each).screens for each in asked] == [None, SCREENS, "shots"]

    def test_up_takes_a_port_and_an_empty_site(self) -> None:
        chosen = parser().parse_args(["up", "--port", "8080", "--no-demo"])

        assert (chosen.port, chosen.demo) == (8080, False)

    def test_up_serves_the_network_when_it_is_told_to(self) -> None:
        assert not parser().parse_args(["up"]).lan
        assert parser().parse_args(["up", "--lan"]).lan

    def test_a_command_is_needed(self) -> None:
        with pytest.raises(SystemExit) as left:
            parser().parse_args([])

        assert left.value.code == 2


class TestPort:
    def test_in_use_is_said_before_anything_is_installed(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]

            with pytest.raises(Stop) as stop:
                need_port(port)

        assert f"port {port} cannot be used" in str(stop.value)
        assert f"--port {port + 1}" in str(stop.value)

    def test_left_a_moment_ago_serves(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]

        need_port(port)


class TestStep:
    def test_stops_with_what_happened_and_what_to_do(self, tmp_path: Path) -> None:
        program = "print('no route to the index'); exit(4)"

        with pytest.raises(Stop) as stop:
            step(
                "Installing",
                [sys.executable, "-c", program],
                cwd=tmp_path,
                advice="plug in the cable.",
            )

        words = str(stop.value).splitlines()
        assert words[0] == "no route to the index"
        assert words[1] == "Stopped: Installing: the command ended with code 4"
        assert words[-1] == "What to do: plug in the cable."

    def test_shows_the_first_and_the_last_lines_of_a_long_failure(self, tmp_path: Path) -> None:
        program = "print(*range(1000), sep='\\n'); exit(1)"

        with pytest.raises(Stop) as stop:
            step("Building", [sys.executable, "-c", program], cwd=tmp_path, advice="read.")

        lines = stop.value.output.splitlines()
        assert (lines[0], lines[-1]) == ("0", "999")
        assert len(lines) < 100
