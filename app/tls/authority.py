"""A certificate authority for one warehouse: it vouches for private addresses only."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.kernel.clock import now
from app.tls.addresses import Reached

AUTHORITY_LIFE = timedelta(days=3650)
# Apple trusts no server certificate beyond 825 days, browsers none of a public CA beyond 398.
SERVER_LIFE = timedelta(days=397)
RENEW_BEFORE = timedelta(days=30)
SLACK = timedelta(hours=1)  # a handheld's clock may be behind ours
PRIVATE = (
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
)

Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate and the key that belongs to it."""

    certificate: x509.Certificate
    key: Key


def found_authority(names: Reached) -> Issued:
    """Make a new authority; who installs it trusts it for this warehouse's addresses only."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Tallyman local authority")
    built = (
        _begun(name, name, key, AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_uses(signs=True), critical=True)
        .add_extension(x509.NameConstraints(_permitted(names), None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return Issued(built.sign(key, hashes.SHA256()), key)


def certify(authority: Issued, names: Reached) -> Issued:
    """Sign a certificate with which this machine proves its names and addresses."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = authority.certificate
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    built = (
        _begun(_name("Tallyman"), issuer.subject, key, SERVER_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_uses(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(_alternatives(names)), critical=False)
        .add_extension(signer, critical=False)
    )
    return Issued(built.sign(authority.key, hashes.SHA256()), key)


def serves(certificate: x509.Certificate, authority: x509.Certificate, names: Reached) -> bool:
    """Tell whether a certificate still does: the right signer and names, and not too old."""
    carried = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    ours = set(carried) >= set(_alternatives(names))
    fresh = certificate.not_valid_after_utc - now() > RENEW_BEFORE
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return ours and fresh


def within(authority: x509.Certificate, names: Reached) -> Reached:
    """Keep what this authority may vouch for; the rest was not known when it was founded."""
    allowed = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    trees = allowed.permitted_subtrees or []
    domains = [tree.value for tree in trees if isinstance(tree, x509.DNSName)]
    networks = [
        tree.value
        for tree in trees
        if isinstance(tree.value, ipaddress.IPv4Network | ipaddress.IPv6Network)
    ]
    return Reached(
        tuple(
            name
            for name in names.names
            if any(name == domain or name.endswith(f".{domain}") for domain in domains)
        ),
        tuple(one for one in names.addresses if any(one in network for network in networks)),
    )


def written(certificate: x509.Certificate) -> bytes:
    """PEM, as servers want it."""
    return certificate.public_bytes(serialization.Encoding.PEM)


def der(certificate: x509.Certificate) -> bytes:
    """DER, as phones want it."""
    return certificate.public_bytes(serialization.Encoding.DER)


def secret(key: Key) -> bytes:
    """The key itself, unencrypted: a server that starts by itself has nobody to ask."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def fingerprint(certificate: x509.Certificate) -> str:
    """What a phone shows before it trusts: SHA-256, in pairs."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def _begun(
    subject: x509.Name, issuer: x509.Name, key: Key, life: timedelta
) -> x509.CertificateBuilder:
    start: datetime = now() - SLACK
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + life)
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _uses(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _alternatives(names: Reached) -> list[x509.GeneralName]:
    return [
        *(x509.DNSName(name) for name in names.names),
        *(x509.IPAddress(address) for address in names.addresses),
    ]


def _permitted(names: Reached) -> list[x509.GeneralName]:
    networks = [ipaddress.ip_network(network) for network in PRIVATE]
    single = [
        ipaddress.ip_network(address)
        for address in names.addresses
        if not any(address in network for network in networks)
    ]
    domains = dict.fromkeys(["localhost", "local", *names.names])
    return [
        *(x509.DNSName(domain) for domain in domains),
        *(x509.IPAddress(network) for network in [*networks, *single]),
    ]
