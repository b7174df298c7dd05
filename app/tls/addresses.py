"""By which names and addresses this machine is reached from the network it is in."""

import contextlib
import ipaddress
import re
import socket
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
LOOPBACK = (ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1"))
# Addresses of documentation: nothing is sent there, the system only says from where it would be.
NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
OUTSIDE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


@dataclass(frozen=True, slots=True)
class Reached:
    """Names and addresses that the certificate must carry."""

    names: tuple[str, ...]
    addresses: tuple[Address, ...]

    def __contains__(self, name: str) -> bool:
        return name in self.names or name in map(str, self.addresses)


def reached(also: tuple[str, ...] = ()) -> Reached:
    """Find out; `also` adds what a router or a name server knows this machine by."""
    host = socket.gethostname().lower()
    own = {host, f"{host.partition('.')[0]}.local"}
    names = {"localhost", *(name for name in own if NAME.fullmatch(name))}
    addresses = {*LOOPBACK, *_own(host)}
    for name in also:
        try:
            addresses.add(ipaddress.ip_address(name))
        except ValueError:
            names.add(name.lower())
    return Reached(
        tuple(sorted(names)), tuple(sorted(addresses, key=lambda one: (one.version, one)))
    )


def lan_address() -> str:
    """The address to tell others: the one the network reaches us by, else this machine's own."""
    own = [one for one in _own(socket.gethostname()) if one.version == 4]  # noqa: PLR2004
    return str(own[0]) if own else "127.0.0.1"


def _own(host: str) -> list[Address]:
    found = [*_outward(), *_looked_up(host)]
    return [one for one in dict.fromkeys(found) if not (one.is_loopback or one.is_link_local)]


def _outward() -> list[Address]:
    """The address from which this machine would speak to the world; nothing is sent."""
    found: list[Address] = []
    for family, there in OUTSIDE:
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as trial:
            trial.connect((there, 9))
            found.append(ipaddress.ip_address(trial.getsockname()[0]))
    return found


def _looked_up(host: str) -> list[Address]:
    try:
        entries = socket.getaddrinfo(host, None)
    except OSError:
        return []
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in entries]
