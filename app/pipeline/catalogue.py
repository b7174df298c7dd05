"""Every exception code: how bad, whose it is, what settles it. Codes are never renamed."""

from datetime import timedelta
from typing import Literal

from app.kernel.values import value

# How old a contradiction may grow before somebody is late with it.
PATIENCE = {"high": timedelta(hours=2), "medium": timedelta(days=1), "low": timedelta(days=7)}


@value
class Entry:
    """One kind of contradiction.

    `silent`: its existence depends on a stock level, so no answer and no handheld hears of it.
    """

    severity: Literal["low", "medium", "high"]
    owner: str = "supervisor"
    settling: bool = False
    silent: bool = False
    resolutions: tuple[str, ...] = ("accept",)

    @property
    def patience(self) -> timedelta:
        """Its age target."""
        return PATIENCE[self.severity]


CATALOGUE: dict[str, Entry] = {
    "sync.unreadable": Entry("high", "admin"),
    "sync.unsupported": Entry("medium", "admin", resolutions=("reapply", "accept")),
    "sync.internal": Entry("high", "admin", resolutions=("reapply", "accept")),
    "sync.device_revoked": Entry("high", resolutions=("reapply", "accept")),
    "sync.actor_unproven": Entry("high", resolutions=("reapply", "accept")),
    "sync.id_reused": Entry("high", "admin"),
    "sync.role_missing": Entry("medium"),
    "sync.grant_expired": Entry("low"),
    "sync.actor_unverified": Entry("low"),
    "sync.rescued": Entry("low"),
    "sync.time_clamped": Entry("low"),
    "sync.unparked_offline": Entry("low"),
    "device_cloned": Entry("high"),
    "device_gap": Entry("high"),  # its places are counted again in any case
    "unresolved_barcode": Entry("high", resolutions=("map_barcode", "reapply", "accept")),
    "mapped_otherwise": Entry("high"),
    "unknown_tags": Entry("low"),
    "unreadable_codes": Entry("low"),
    "identity_changed": Entry("medium", resolutions=("accept", "recount")),
    "lot_conflict": Entry("medium"),
    "over_receipt": Entry("medium"),
    "asn_changed": Entry("medium"),
    "not_ordered": Entry("medium"),
    "negative_stock": Entry("high", settling=True, silent=True, resolutions=("recount", "accept")),
    "rule_broken": Entry("medium", silent=True, resolutions=("relocate", "accept")),
    "duplicate_effort": Entry("low"),
    "chain_gap": Entry("medium", settling=True, silent=True, resolutions=("recount", "accept")),
    "late_after_settled": Entry("medium", resolutions=("accept", "recount")),
    "pick_for_cancelled": Entry("medium", resolutions=("put_back", "accept")),
    "over_pick": Entry("medium", resolutions=("put_back", "accept")),
    "after_ship": Entry("high", resolutions=("put_back", "accept")),
    "held_stock_picked": Entry("high", resolutions=("put_back", "accept")),
    "held_stock_shipped": Entry("high"),
    "short_shipped": Entry("low"),
    "void_after_use": Entry("medium"),
    "void_waiting": Entry("low", settling=True),
    "void_without_effect": Entry("low"),
    "cannot_be_voided": Entry("low"),
    "operations.nothing_to_void": Entry("low"),
}
UNKNOWN = Entry("medium")


def entry(code: str) -> Entry:
    """Return what is known of a code; an unlisted one is nobody's fault but ours."""
    return CATALOGUE.get(code, UNKNOWN)
