"""The authority as iPhones and iPads install it: a configuration profile."""

import plistlib
import uuid

from cryptography import x509

from app.tls.authority import der, fingerprint

CONTENT_TYPE = "application/x-apple-aspen-config"
NAME = "Tallyman local authority"


def profile(authority: x509.Certificate) -> bytes:
    """The same authority gives the same profile, so that it replaces itself."""
    base = uuid.uuid5(uuid.NAMESPACE_URL, fingerprint(authority))
    payload = {
        "PayloadType": "com.apple.security.root",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"tallyman.authority.{base}.root",
        "PayloadUUID": str(uuid.uuid5(base, "root")),
        "PayloadDisplayName": NAME,
        "PayloadContent": der(authority),
    }
    return plistlib.dumps(
        {
            "PayloadType": "Configuration",
            "PayloadVersion": 1,
            "PayloadIdentifier": f"tallyman.authority.{base}",
            "PayloadUUID": str(base),
            "PayloadDisplayName": NAME,
            "PayloadDescription": "Lets this device trust Tallyman on the warehouse network.",
            "PayloadContent": [payload],
        }
    )
