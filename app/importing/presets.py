"""Every preset on one page: which matter, whose columns, whose habits."""

from app.importing import documents, masters, opening_stock
from app.importing.dialect import Dialect
from app.importing.matter import Matter, Preset
from app.importing.online_retail import ONLINE_RETAIL
from app.importing.problems import UnknownImport

PLAIN = "plain"
MATTERS: tuple[Matter, ...] = (
    masters.SITES,
    masters.ZONES,
    masters.LOCATIONS,
    masters.ITEMS,
    masters.IDENTIFIERS,
    masters.SUPPLIERS,
    masters.CUSTOMERS,
    masters.PEOPLE,
    masters.REASONS,
    documents.PURCHASE_ORDERS,
    documents.ASNS,
    documents.ORDERS,
    opening_stock.OPENING_STOCK,
)
EUROPEAN = Dialect(delimiter=";", decimal_comma=True, dates="day_first")
PRESETS: dict[tuple[str, str], Preset] = {
    (preset.matter.name, preset.name): preset
    for preset in (
        *(Preset(PLAIN, matter) for matter in MATTERS),
        *(Preset("european", matter, EUROPEAN) for matter in MATTERS),
        ONLINE_RETAIL,
    )
}


def preset_of(kind: str, name: str) -> Preset:
    """Find a preset by what it is for and how it is called."""
    found = PRESETS.get((kind, name))
    if found is None:
        kinds = dict.fromkeys(matter for matter, _ in PRESETS)
        names = [preset for matter, preset in PRESETS if matter == kind]
        raise UnknownImport(kind=kind, preset=name, known=tuple(names or kinds))
    return found
