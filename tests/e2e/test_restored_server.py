"""The server comes back from an older backup: the handheld fills it up from what it keeps."""

from pathlib import Path

from app.db import db
from tests.e2e.conftest import GiveScanner
from tests.e2e.house import GTINS, SKUS, House, Installation, Server, tallyman

MUG = "Ceramic mug white"


def test_receipts_of_the_last_days_fill_the_gap(
    scanner: GiveScanner,
    house: House,
    installation: Installation,
    server: Server,
    tmp_path: Path,
) -> None:
    """Some the backup has, some only the lost server had shown as safe, one nobody heard of."""
    kept = str(tmp_path / "kept.backup")
    rosa = scanner("B-100")
    rosa.door("receive")
    rosa.scan("DOCK-1", "Dock DOCK-1")
    rosa.scan("PO-1001", "Order PO-1001")
    for n in (1, 2):
        rosa.scan_again(GTINS[MUG], f"{n} × {MUG}")
    rosa.drained()
    tallyman(installation, "backup", kept)
    rosa.door("receive")
    for _ in range(3):
        rosa.scan_again(GTINS[MUG], f"× {MUG}")
    rosa.drained()
    assert {entry["state"] for entry in rosa.journal()} == {"settled"}
    rosa.wire.cut()
    rosa.door("receive")
    rosa.scan(GTINS[MUG], f"× {MUG}")
    rosa.unsent(1)

    server.kill()
    db.session.remove()
    db.engine.dispose()
    tallyman(installation, "restore", kept, "--force")
    assert house.on_hand(SKUS[MUG], "DOCK-1") == 2
    server.start()
    rosa.wire.mend()
    rosa.drained()

    house.assert_holds_once(rosa.journal())
    assert len(rosa.journal()) == 6
    assert house.on_hand(SKUS[MUG], "DOCK-1") == 6
    assert "equal" in tallyman(installation, "rebuild", "--check")
