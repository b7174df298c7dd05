"""Lots that a document names before anybody has scanned them."""

from app.kernel.ids import derived
from app.ledger.postings import EffKey
from app.pipeline.floor import Floor
from app.stock.models import Lot


def name_lot(floor: Floor, key: EffKey, item: str, code: str) -> str:
    """Keep the spelling of a lot; its expiry is evidence that only goods in hand can give."""
    lot = floor.find(Lot, derived(item, code))
    if lot is None:
        lot = Lot(
            id=derived(item, code),
            site=floor.site,
            item=item,
            code=code,
            conflict=False,
            eff_at=key.eff_at,
            device=key.device,
            epoch=key.epoch,
            seq=key.seq,
        )
        floor.add(lot)
    elif lot.code is None:
        lot.code = code
        floor.touch(lot)
    return lot.id
