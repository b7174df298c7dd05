"""HTTPS on the network: a client that trusts the local authority gets in, nobody else does."""

import io
import json
import os
import plistlib
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import zxingcpp
from cryptography import x509
from PIL import Image

from app.tls import authority as ca
from app.tls.addresses import Reached, reached
from app.tls.store import Papers, certificate_in, papers, provide
from tests.served import free_port

ROOT = Path(__file__).parents[2]
NAMES = Reached(("dock.local", "localhost"), (ip_address("127.0.0.1"), ip_address("192.168.4.2")))
START_LIMIT = 90
SERVE = (sys.executable, "-m", "app.cli", "serve", "--lan")


def subject_names(path: Path) -> set[str]:
    extension = certificate_in(path).extensions.get_extension_for_class(x509.SubjectAlternativeName)
    names = extension.value.get_values_for_type(x509.DNSName)
    return {*names, *map(str, extension.value.get_values_for_type(x509.IPAddress))}


@pytest.fixture
def files(tmp_path: Path) -> Papers:
    return provide(tmp_path, NAMES)


class TestPapers:
    def test_the_certificate_carries_every_name_and_address(self, files: Papers) -> None:
        assert subject_names(files.certificate) == {
            "dock.local",
            "localhost",
            "127.0.0.1",
            "192.168.4.2",
        }

    def test_keys_are_for_their_owner_only(self, files: Papers) -> None:
        modes = [path.stat().st_mode & 0o777 for path in (files.key, files.authority_key)]

        assert modes == [0o600, 0o600]
        assert files.folder.stat().st_mode & 0o777 == 0o700

    def test_a_second_start_changes_nothing(self, files: Papers, tmp_path: Path) -> None:
        before = {path.name: path.read_bytes() for path in files.folder.iterdir()}
        provide(tmp_path, NAMES)

        assert {path.name: path.read_bytes() for path in files.folder.iterdir()} == before

    def test_a_new_address_renews_the_certificate_and_keeps_the_authority(
        self, files: Papers, tmp_path: Path
    ) -> None:
        trusted = files.authority.read_bytes()
        provide(tmp_path, Reached(NAMES.names, (*NAMES.addresses, ip_address("10.0.0.7"))))

        assert files.authority.read_bytes() == trusted
        assert "10.0.0.7" in subject_names(files.certificate)

    def test_a_certificate_near_its_end_is_renewed(
        self, files: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        trusted, old = files.authority.read_bytes(), files.certificate.read_bytes()
        later = certificate_in(files.certificate).not_valid_after_utc - timedelta(days=29)
        monkeypatch.setattr(ca, "now", lambda: later)
        provide(tmp_path, NAMES)

        assert files.authority.read_bytes() == trusted
        assert files.certificate.read_bytes() != old

    def test_it_vouches_for_no_name_of_the_world(self, files: Papers, tmp_path: Path) -> None:
        """Whoever steals the authority's key must not be able to be somebody's bank."""
        strange = Reached(("bank.example",), (ip_address("203.0.113.9"),))
        provide(tmp_path, Reached((*NAMES.names, *strange.names), NAMES.addresses))

        assert "bank.example" not in subject_names(files.certificate)
        assert ca.within(certificate_in(files.authority), strange) == Reached((), ())

    def test_a_new_authority_only_when_it_is_asked_for(self, files: Papers, tmp_path: Path) -> None:
        trusted = files.authority.read_bytes()
        provide(tmp_path, NAMES, new_authority=True)

        assert files.authority.read_bytes() != trusted
        issued, signer = certificate_in(files.certificate), certificate_in(files.authority)
        issued.verify_directly_issued_by(signer)

    def test_this_machine_knows_itself(self) -> None:
        found = reached(("scan.warehouse", "10.1.2.3"))

        assert {"localhost", "scan.warehouse"} <= set(found.names)
        assert {ip_address("127.0.0.1"), ip_address("10.1.2.3")} <= set(found.addresses)


@dataclass
class Network:
    """`tallyman start --lan`, and what a client on the network sees."""

    home: Path
    plain: int
    secure: int

    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(papers(self.home).authority))

    def https(self, host: str, path: str, context: ssl.SSLContext) -> tuple[int, str]:
        address = f"https://{host}:{self.secure}{path}"
        with urllib.request.urlopen(address, context=context, timeout=20) as answer:
            headers = json.dumps(dict(answer.headers.items()))
            return answer.status, headers

    def http(self, path: str) -> bytes:
        address = f"http://127.0.0.1:{self.plain}{path}"
        with urllib.request.urlopen(address, timeout=20) as answer:
            body: bytes = answer.read()
            return body


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    home = tmp_path_factory.mktemp("lan")
    up = Network(home, free_port(), free_port())
    ports = ["--port", str(up.plain), "--tls-port", str(up.secure)]
    database = f"sqlite:///{home / 'tallyman.db'}"
    log = home / "server.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "start", "--lan", *ports],
            cwd=ROOT,
            env={**os.environ, "TALLYMAN_HOME": str(home), "TALLYMAN_DATABASE": database},
            stdout=written,
            stderr=written,
        )
    deadline = time.monotonic() + START_LIMIT
    while True:
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        try:
            up.https("localhost", "/health/live", up.trusting())
            break
        except OSError:
            time.sleep(0.1)
    yield up
    process.send_signal(signal.SIGTERM)
    process.wait(START_LIMIT)


@pytest.mark.slow
class TestNetwork:
    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
    def test_a_client_that_trusts_the_authority_gets_in(self, network: Network, host: str) -> None:
        status, headers = network.https(host, "/health/live", network.trusting())

        assert status == 200
        assert "Strict-Transport-Security" not in headers

    def test_one_that_does_not_stays_outside(self, network: Network) -> None:
        with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
            network.https("localhost", "/health/live", ssl.create_default_context())

    @pytest.mark.parametrize("path", ["/api/v1/session", "/health/live", "/sw.js", "/demo/sheet"])
    def test_plain_http_has_that_page_and_nothing_else(self, network: Network, path: str) -> None:
        assert b"Connect a handheld" in network.http("/")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            network.http(path)

    def test_the_page_leads_to_the_authority_and_the_app(self, network: Network) -> None:
        """Android takes the certificate, Apple the profile; both are what the server presents."""
        authority = certificate_in(papers(network.home).authority)
        profile = plistlib.loads(network.http("/tallyman.mobileconfig"))

        assert network.http("/tallyman.crt") == ca.der(authority)
        assert profile["PayloadContent"][0]["PayloadContent"] == ca.der(authority)
        assert ca.fingerprint(authority).encode() in network.http("/")
        app = read_qr(network.http("/app.png"))
        assert app.startswith("https://")
        assert app.endswith(f":{network.secure}/")
        assert read_qr(network.http("/here.png")).endswith(f":{network.plain}/")

    def test_the_code_on_the_page_enrols_once(self, network: Network) -> None:
        code = read_qr(network.http("/enrol.png")).removeprefix("TME:")
        body = json.dumps({"enrolment_code": code, "label": "H", "replaces": None}).encode()
        request = urllib.request.Request(
            f"https://localhost:{network.secure}/api/v1/devices",
            body,
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(  # noqa: S310 - our own address
            request, context=network.trusting(), timeout=20
        ) as answer:
            assert json.load(answer)["credential"]
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(  # noqa: S310 - our own address
                request, context=network.trusting(), timeout=20
            )

    def test_the_page_ends_with_the_server(self, network: Network, tmp_path: Path) -> None:
        """Its process holds on to nothing: a killed server leaves no page behind."""
        plain, secure = free_port(), free_port()
        process = subprocess.Popen(
            [*SERVE, "--port", str(plain), "--tls-port", str(secure)],
            cwd=ROOT,
            env={
                **os.environ,
                "TALLYMAN_HOME": str(network.home),
                "TALLYMAN_DATABASE": f"sqlite:///{network.home / 'tallyman.db'}",
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_until(lambda: listens(plain) and listens(secure))
        process.kill()
        process.wait(START_LIMIT)
        wait_until(lambda: not listens(secure))
        wait_until(lambda: not listens(plain))


def listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def wait_until(holds: object) -> None:
    deadline = time.monotonic() + START_LIMIT
    assert callable(holds)
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def read_qr(picture: bytes) -> str:
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    text: str = code.text
    return text


def tallyman_tls(home: Path, *names: str) -> tuple[int, dict[str, object]]:
    """Run `tallyman tls --json`."""
    asked = [part for name in names for part in ("--name", name)]
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "tls", "--json", *asked],
        cwd=ROOT,
        env={**os.environ, "TALLYMAN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    said: dict[str, object] = json.loads(done.stdout)
    return done.returncode, said


def test_the_command_says_what_it_cannot_vouch_for(tmp_path: Path) -> None:
    """A name known at the start is carried; one of the world that comes later needs a new one."""
    code, first = tallyman_tls(tmp_path, "scan.warehouse")
    again, second = tallyman_tls(tmp_path, "other.example")

    assert (code, again) == (0, 1)
    assert "scan.warehouse" in str(first["names"])
    assert second["left_out"] == ["other.example"]
    assert second["fingerprint"] == first["fingerprint"]
