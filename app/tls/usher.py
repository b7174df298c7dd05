"""Serves that page beside the product, in a process of its own that ends with it."""

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from app.tls.page import Sheet

POLICY = "default-src 'none'; img-src 'self'; style-src 'self'; frame-ancestors 'none'"


class Usher(BaseHTTPRequestHandler):
    """Hands out the page and its parts; there is nothing else behind this door."""

    sheets: ClassVar[Mapping[str, Sheet]] = {}
    server_version, sys_version = "Tallyman", ""
    timeout = 10

    def do_GET(self) -> None:
        """Answer with a part of the page, or say that there is none."""
        sheet = self.sheets.get(self.path.partition("?")[0])
        if sheet is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", sheet.content_type)
        self.send_header("Content-Length", str(len(sheet.content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(sheet.content)

    def log_message(self, format: str, *args: object) -> None:
        """Who looked at the page is nobody's business."""


def send_out(sheets: Mapping[str, Sheet], host: str, port: int) -> None:
    """Start the page's process; it ends when the last holder of the pipe does, killed or not."""
    reading, writing = os.pipe()
    os.set_inheritable(writing, True)  # noqa: FBT003 - outlives the exec by which we become the server
    child = subprocess.Popen(  # noqa: S603 - our own arguments
        [sys.executable, "-m", "app.tls.usher", host, str(port)],
        stdin=reading,
        start_new_session=False,
    )
    os.close(reading)
    said = _packed(sheets)
    os.write(writing, len(said).to_bytes(8, "big"))
    sent = 0
    while sent < len(said):
        sent += os.write(writing, said[sent:])
    child.returncode = 0  # whoever we become takes no interest in how it ends


def _packed(sheets: Mapping[str, Sheet]) -> bytes:
    parts = {
        path: [sheet.content_type, base64.b64encode(sheet.content).decode()]
        for path, sheet in sheets.items()
    }
    return json.dumps(parts).encode()


def _unpacked(said: bytes) -> dict[str, Sheet]:
    return {
        path: Sheet(kind, base64.b64decode(content))
        for path, (kind, content) in json.loads(said).items()
    }


def main(host: str, port: int) -> None:
    """Read what to hand out, serve it, and go when the pipe closes."""
    size = int.from_bytes(sys.stdin.buffer.read(8), "big")
    Usher.sheets = _unpacked(sys.stdin.buffer.read(size))
    server = ThreadingHTTPServer((host, port), Usher)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
