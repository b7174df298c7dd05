"""What waits goes to the server, oldest first, and is kept until it says that it has it."""

import gzip
import http.client
import json
import ssl
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from app.bridging.spool import Spool

PATH = "/api/v1/rfid/reads"
AT_ONCE = 500
PATIENCE = 20.0  # seconds for one request


class NotTaken(Exception):
    """The server is away, or does not know this reader; try again later."""


@dataclass
class Server:
    """Where reads go, and with which token."""

    address: str
    token: str
    trusted: str | None = None  # certificates of the authority that vouches for the server
    taken: dict[str, int] = field(default_factory=dict)

    def drain(self, spool: Spool) -> int:
        """Send everything that waits; raises NotTaken where the server does not take it."""
        sent = 0
        while batch := spool.oldest(AT_ONCE):
            for name, count in self._post(batch).items():
                self.taken[name] = self.taken.get(name, 0) + count
            spool.done(batch)
            sent += len(batch)
        return sent

    def _post(self, reads: list[dict[str, Any]]) -> dict[str, int]:
        body = gzip.compress(json.dumps({"reads": reads}).encode(), compresslevel=1)
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Content-Encoding": "gzip",
        }
        line = self._line()
        try:
            line.request("POST", self._path(), body, headers)
            with line.getresponse() as answer:
                said = answer.read()
                if answer.status != http.client.OK:
                    raise NotTaken(f"{answer.status} {said[:200].decode(errors='replace')}")
            return {name: int(count) for name, count in json.loads(said).items()}
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotTaken(str(error) or type(error).__name__) from error
        finally:
            line.close()

    def _path(self) -> str:
        return urlsplit(self.address).path.rstrip("/") + PATH

    def _line(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.address)
        host = parts.hostname or ""
        if parts.scheme == "https":
            context = ssl.create_default_context(cafile=self.trusted)
            return http.client.HTTPSConnection(host, parts.port, timeout=PATIENCE, context=context)
        return http.client.HTTPConnection(host, parts.port, timeout=PATIENCE)
