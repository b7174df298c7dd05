"""The one page that is served without HTTPS: how a handheld comes to trust this machine."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import qrcode
from cryptography import x509

from app.tls.authority import der, fingerprint
from app.tls.profile import CONTENT_TYPE, profile

STYLE = """
body { max-width: 44rem; margin: 0 auto; padding: 1rem; color: #000;
       font: 1.125rem/1.4 sans-serif; }
ol > li { margin-bottom: 2rem; }
a { display: inline-block; padding: 1rem; margin: 0 .5rem .5rem 0; background: #0b3d2e; color: #fff;
    font-weight: 700; border-radius: 8px; text-decoration: none; }
img { display: block; width: 12rem; height: 12rem; image-rendering: pixelated; }
code { font-size: 1.5rem; font-weight: 700; overflow-wrap: anywhere; }
small { overflow-wrap: anywhere; }
"""
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tallyman: connect a handheld</title><link rel="stylesheet" href="/style.css">
</head>
<body>
<h1>Connect a handheld</h1>
<ol>
<li><h2>Open this page on the handheld</h2>
<img src="/here.png" alt="QR code of this page"><p>{here}</p></li>
<li><h2>Install the certificate</h2>
<p><a href="/tallyman.crt">Android, Windows, Linux</a>
<a href="/tallyman.mobileconfig">iPhone, iPad, Mac</a></p>
<p><b>Android:</b> Settings → Security → Encryption → Install a certificate → CA certificate.<br>
<b>iPhone, iPad:</b> Settings → Profile downloaded → Install; then General → About →
Certificate Trust Settings → switch it on.</p>
<p>Compare before you trust it (SHA-256):<br><small>{fingerprint}</small></p></li>
<li><h2>Open the app</h2>
<img src="/app.png" alt="QR code of the app"><p><a href="{app}">{app}</a></p></li>
<li><h2>Enrol</h2>{enrol}</li>
</ol>
<hr>
<section lang="es">
<h1>Conectar un terminal</h1>
<p>1. Abra esta página en el terminal (primer código QR). 2. Instale el certificado con uno
de los dos botones y márquelo como de confianza. 3. Abra la aplicación (segundo código QR).
4. Escanee el código de alta.</p>
</section>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Something the page consists of."""

    content_type: str
    content: bytes


def site(authority: x509.Certificate, here: str, app: str, code: str | None) -> Mapping[str, Sheet]:
    """Everything there is to get over plain HTTP: path → content."""
    text = PAGE.format(
        here=escape(here),
        app=escape(app),
        fingerprint=fingerprint(authority),
        enrol=_enrol(code),
    )
    files = {
        "/": Sheet("text/html; charset=utf-8", text.encode()),
        "/style.css": Sheet("text/css", STYLE.encode()),
        "/here.png": Sheet("image/png", _qr(here)),
        "/app.png": Sheet("image/png", _qr(app)),
        "/tallyman.crt": Sheet("application/x-x509-ca-cert", der(authority)),
        "/tallyman.mobileconfig": Sheet(CONTENT_TYPE, profile(authority)),
    }
    if code:
        files["/enrol.png"] = Sheet("image/png", _qr(f"TME:{code}"))
    return files


def _enrol(code: str | None) -> str:
    """The code that was made at the start; it opens one door, once."""
    if code is None:
        return "<p>Ask the office for an enrolment code.</p>"
    return (
        '<img src="/enrol.png" alt="QR code for enrolment">'
        f"<p>Scan it with the app, or type <code>{escape(code)}</code>. It works once, today."
        " For the next handheld: <code>tallyman enrolment-code</code>.</p>"
    )


def _qr(text: str) -> bytes:
    picture = io.BytesIO()
    qrcode.make(text, box_size=6, border=4).save(picture, "PNG")
    return picture.getvalue()
