"""Where the authority and the certificate live: in the home, the keys for their owner only."""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.tls import authority as ca
from app.tls.addresses import Reached

READABLE, SECRET = 0o644, 0o600


@dataclass(frozen=True, slots=True)
class Papers:
    """The files a server starts with."""

    folder: Path

    @property
    def authority(self) -> Path:
        return self.folder / "authority.crt"

    @property
    def authority_key(self) -> Path:
        return self.folder / "authority.key"

    @property
    def certificate(self) -> Path:
        return self.folder / "server.crt"

    @property
    def key(self) -> Path:
        return self.folder / "server.key"


def papers(home: Path) -> Papers:
    """Where they are for this installation."""
    return Papers(home / "tls")


def provide(home: Path, names: Reached, *, new_authority: bool = False) -> Papers:
    """Make what is missing or out of date; the authority stays, since handhelds trust it."""
    files = papers(home)
    files.folder.mkdir(parents=True, exist_ok=True)
    files.folder.chmod(0o700)
    authority = None if new_authority else _read(files.authority, files.authority_key)
    if authority is None:
        authority = ca.found_authority(names)
        _write(files.authority_key, ca.secret(authority.key), SECRET)
        _write(files.authority, ca.written(authority.certificate), READABLE)
    names = ca.within(authority.certificate, names)
    present = _read(files.certificate, files.key)
    if present is None or not ca.serves(present.certificate, authority.certificate, names):
        issued = ca.certify(authority, names)
        _write(files.key, ca.secret(issued.key), SECRET)
        chain = ca.written(issued.certificate) + ca.written(authority.certificate)
        _write(files.certificate, chain, READABLE)
    return files


def certificate_in(path: Path) -> x509.Certificate:
    """Read the first certificate of a file."""
    return x509.load_pem_x509_certificate(path.read_bytes())


def _read(certificate: Path, key: Path) -> ca.Issued | None:
    if not (certificate.is_file() and key.is_file()):
        return None
    loaded = serialization.load_pem_private_key(key.read_bytes(), None)
    if not isinstance(loaded, ec.EllipticCurvePrivateKey):
        return None
    return ca.Issued(certificate_in(certificate), loaded)


def _write(path: Path, content: bytes, mode: int) -> None:
    """Replace a file at once; a key is never readable by others, not even for a moment."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    fresh.replace(path)
