"""A fixed reader as the server meets it: a token, and what its maker lets it say."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import update
from werkzeug.test import TestResponse

from app.db import writing
from app.identification.epc_encoding import encode_epc
from app.kernel.clock import now
from app.readers.models import TagTrack
from app.readers.noting import note_visits
from tests.api.desk import OFFICE, bearer, visitor
from tests.warehouse import Warehouse

READS = "/api/v1/rfid/reads"
SSCC = "urn:epc:id:sscc:0614141.1234567890"
PALLET = encode_epc(SSCC, "sscc-96", 0)


def pallet(n: int) -> str:
    """The tag of the n-th pallet."""
    return encode_epc(f"urn:epc:id:sscc:0614141.1{n:09}", "sscc-96", 0)


def piece(n: int, gtin: str = "9521234.054321") -> str:
    """The tag of the n-th piece of an item, tea by default."""
    return encode_epc(f"urn:epc:id:sgtin:{gtin}.{n}", "sgtin-96", 1)


@dataclass
class FixedReader:
    """One reader, registered at a desk."""

    site: Warehouse
    name: str = "Gate"
    id: str = ""
    token: str = ""
    clock: datetime = field(default_factory=lambda: now() - timedelta(minutes=10))
    number: int = 0

    def __post_init__(self) -> None:
        self.client = visitor(self.site)
        body = {"name": self.name}
        answer = self.client.post(
            f"{OFFICE}/readers", json=body, headers=bearer(self.site, "supervisor")
        )
        assert answer.status_code == 201, answer.get_json()
        self.id, self.token = answer.get_json()["reader"], answer.get_json()["token"]

    def looks_at(
        self, place: str, meaning: str, *antennas: int, side: str | None = None
    ) -> "FixedReader":
        for antenna in antennas or (1,):
            self.site.done(
                "readers.bind",
                {
                    "reader": self.id,
                    "antenna": antenna,
                    "place": self.site.place(place),
                    "meaning": meaning,
                    "side": side,
                },
            )
        return self

    def post(self, body: bytes, **headers: str) -> TestResponse:
        said = {"Authorization": f"Bearer {self.token}", **headers}
        return self.client.post(READS, data=body, content_type="application/json", headers=said)

    def says(self, *events: Any) -> dict[str, int]:
        answer = self.client.post(
            READS, json=list(events), headers={"Authorization": f"Bearer {self.token}"}
        )
        assert answer.status_code == 200, answer.get_json()
        counts: dict[str, int] = answer.get_json()
        return counts

    def read(self, tag: str, after: float = 0.0, antenna: int = 1, rssi: float = -50.0) -> Any:
        """One event of ours, so many seconds after `clock`."""
        self.number += 1
        moment = self.clock + timedelta(seconds=after)
        return {
            "event": self.number,
            "antenna": antenna,
            "epc": tag,
            "rssi": rssi,
            "time": moment.isoformat(),
        }

    def passes(self, tag: str, *antennas: int, after: float = 0.0) -> dict[str, int]:
        """A tag goes by, heard by one antenna after the other, twice by each."""
        heard = [antenna for antenna in antennas or (1,) for _ in range(2)]
        return self.says(
            *(self.read(tag, after + 0.4 * n, antenna) for n, antenna in enumerate(heard))
        )


def silence(site: Warehouse) -> None:
    """Some seconds pass without a read, and what is over is told."""
    with writing() as session:
        session.execute(update(TagTrack).values(arrived_at=TagTrack.arrived_at - 120_000_000))
    while note_visits(site.playbook):
        pass


def zebra(tag: str, n: int, at: datetime, antenna: int = 1, rssi: int = -45) -> dict[str, Any]:
    """As the IoT Connector of Zebra documents a tag data event."""
    stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+0000"
    return {
        "data": {
            "antenna": antenna,
            "channel": 915.25,
            "eventNum": n,
            "format": "epc",
            "hostName": "gate-4",
            "idHex": tag.lower(),
            "peakRssi": rssi,
            "reads": 1,
        },
        "timestamp": stamp,
        "type": "CUSTOM",
    }


def impinj(tag: str, at: datetime, *, coded: bool = False, port: int = 1) -> dict[str, Any]:
    """As the IoT device interface of Impinj documents a tag inventory event."""
    named = (
        {"epc": base64.urlsafe_b64encode(bytes.fromhex(tag)).decode()} if coded else {"epcHex": tag}
    )
    stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "123Z"
    return {
        "timestamp": stamp,
        "hostname": "impinj-00-00-01",
        "eventType": "tagInventory",
        "tagInventoryEvent": {**named, "antennaPort": port, "peakRssiCdbm": -5_250},
    }
