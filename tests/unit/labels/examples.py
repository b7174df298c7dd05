"""One label of every kind, and what a scanner must say when it reads it."""

from dataclasses import dataclass

from app.labels import saying
from app.labels.composing import Label
from app.labels.saying import Batch, Goods

TEA = Goods("TEA-20", "Green tea 20 bags, organic", "09521234543213")
CASE = Goods("TEA-20", "Green tea 20 bags, organic", "19521234543210")
SCREW = Goods("SCREW-8", "Screw 8 mm ^XA~JA_5E \\& ünïcode")
PIPE = Goods("PIPE", "Pipe", None, "4>7^~_x")
SSCC = "395012345678901238"
SITE = "Main warehouse"
FILLED = {"sku": "TEA-20", "name": "Green tea", "lot": "L7", "quantity": "48 pcs"}


@dataclass(frozen=True)
class Example:
    """A label, and each of its symbols from the top left: identifier and data."""

    name: str
    label: Label
    says: tuple[tuple[str, str], ...]


EXAMPLES = [
    Example("place, square", saying.place("A-01-1", "Cold", "qr", "up"), (("]Q1", "TMP:A-01-1"),)),
    Example("place, bars", saying.place("A-12-6", "", "code128", "down"), (("]C0", "TMP:A-12-6"),)),
    Example("item by GTIN", saying.item(TEA), (("]E0", "9521234543213"),)),
    Example("item by SKU", saying.item(SCREW), (("]C0", "SCREW-8"),)),
    Example("item by a code of its own", saying.item(PIPE), (("]C0", "4>7^~_x"),)),
    Example("case", saying.packaging(CASE, "Case", "12 pcs"), (("]C1", "0119521234543210"),)),
    Example(
        "lot",
        saying.lot(TEA, Batch("L7-A", "2027-03-31"), "es"),
        (("]C1", "01095212345432131727033110L7-A"),),
    ),
    Example(
        "lot without a GTIN",
        saying.lot(SCREW, Batch("0815/4711"), "en"),
        (("]C0", "SCREW-8"), ("]C1", "100815/4711")),
    ),
    Example("pallet", saying.unit(SSCC, SITE, "qr", "en", FILLED), (("]C1", f"00{SSCC}"),)),
    Example(
        "unit, bars", saying.unit("U7-00042", SITE, "code128", "es"), (("]C0", "TMU:U7-00042"),)
    ),
    Example("unit, square", saying.unit("U7-00042", SITE, "qr", "es"), (("]Q1", "TMU:U7-00042"),)),
    Example("tote, square", saying.tote("T-07", SITE, "qr"), (("]Q1", "TMT:T-07"),)),
    Example("tote, bars", saying.tote("T-07", SITE, "code128"), (("]C0", "TMT:T-07"),)),
    Example("badge", saying.badge("B-1", "Ana Núñez", SITE, "qr"), (("]Q1", "TMB:B-1"),)),
    Example(
        "badge, bars", saying.badge("B-1", "Łukasz 山", SITE, "code128"), (("]C0", "TMB:B-1"),)
    ),
    *(
        Example(
            f"command {label.fields['action']}", label, ((said, f"TMC:{label.fields['action']}"),)
        )
        for symbology, said in (("qr", "]Q1"), ("code128", "]C0"))
        for label in saying.commands("qr" if symbology == "qr" else "code128", "es")[:3]
    ),
    Example(
        "scanner set-up",
        saying.scanner_check("es"),
        (("]C1", '91YzAqWmi-_/:.()+=?%&"\x1d9203456781'),),
    ),
    Example(
        "enrolment",
        saying.enrolment("ABCDEFGH23", SITE, "2026-11-23 10:00", "es"),
        (("]Q1", "TME:ABCDEFGH23"),),
    ),
]
