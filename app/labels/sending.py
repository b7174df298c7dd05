"""Bytes to a printer on its raw port; done only when the printer has taken all of them."""

import contextlib
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass

CHUNK = 4_096
SIOCOUTQ = 0x5411  # Linux: bytes that the other side has not confirmed


@dataclass
class NotSent(Exception):
    """The printer did not take the job; `code` says why."""

    code: str


def send(host: str, port: int, content: bytes, patience: float, alive: Callable[[], None]) -> None:
    """Send one job; `patience` = seconds in which a printer must take something.

    `alive` is called as the printer takes it: a long job on a slow printer may last half an hour.
    """
    try:
        with socket.create_connection((host, port), timeout=patience) as wire:
            for start in range(0, len(content), CHUNK):
                wire.sendall(content[start : start + CHUNK])
                alive()
            _wait_until_taken(wire)
    except ConnectionRefusedError as error:
        raise NotSent("printer.refused") from error
    except TimeoutError as error:
        raise NotSent("printer.silent") from error
    except socket.gaierror as error:
        raise NotSent("printer.unknown_host") from error
    except OSError as error:
        raise NotSent("printer.cut") from error


def _wait_until_taken(wire: socket.socket) -> None:
    """Say that this was all, and wait for the printer to hang up.

    Some printers never do: then it is done when nothing is unconfirmed on the way.
    """
    wire.shutdown(socket.SHUT_WR)
    try:
        while wire.recv(CHUNK):  # what a printer says of itself is not for us
            pass
    except TimeoutError:
        if _unconfirmed(wire):
            raise


def _unconfirmed(wire: socket.socket) -> int:
    if not sys.platform.startswith("linux"):
        return 0
    import fcntl  # noqa: PLC0415 - not everywhere

    with contextlib.suppress(OSError):
        told = fcntl.ioctl(wire.fileno(), SIOCOUTQ, struct.pack("i", 0))
        return int(struct.unpack("i", told)[0])
    return 0
