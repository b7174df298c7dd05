"""A pair of hands with a handheld: every gesture is recorded, and the model told the truth."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.kernel.ids import derived, uuid7
from app.proving.day.house import DOCK, QUARANTINE, STAGE, House, Unexpected
from app.proving.day.model import Carried, Counted, Model, Pile, Stood
from app.proving.day.scenario import Load
from app.proving.day.trouble import Trouble
from app.proving.handheld import JSON, Handheld, goods


@dataclass
class Floor:
    """What all hands share: the house, the truth, and what has been noticed so far."""

    house: House
    model: Model
    trouble: Trouble
    waiting: dict[str, list[Load]] = field(default_factory=dict)  # plan → goods on the dock
    labels: dict[str, str] = field(default_factory=dict)  # pallet → its SSCC
    gestures: dict[str, Counter[str]] = field(default_factory=dict)
    picks: int = 0
    receiving: int = 0  # receivers who are still at it
    unloaded: int = 0  # trucks of which everything was handed in
    picking: int = 0  # pickers who are
    visits: dict[str, list[str]] = field(default_factory=dict)  # badge → places, in their order
    placing: bool = False  # orders are still coming in
    placed: int = 0

    def did(self, kind: str, *, scans: int = 0, taps: int = 0, numbers: int = 0) -> None:
        """Count what a line costs; a number is one opening of the pad."""
        counted = self.gestures.setdefault(kind, Counter())
        counted.update(lines=1, scans=scans, taps=taps, numbers=numbers)

    def been(self, badge: str, place: str) -> None:
        """Remember where somebody was."""
        self.visits.setdefault(badge, []).append(place)


@dataclass
class Worker:
    """Somebody on the floor."""

    floor: Floor
    device: Handheld
    badge: str
    held: dict[str, list[JSON]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)  # item → what its barcode says
    places: dict[str, str] = field(default_factory=dict)  # place → its code
    totes: set[str] = field(default_factory=set)  # orders of which the tote was scanned

    # --- the handheld -----------------------------------------------------------------------

    def sync(self) -> None:
        """Hand in and fetch; now and then an answer is lost and a batch sent again."""
        self.floor.house.clock.tick()
        self.device.push()
        if self.device.sent and self.floor.trouble.answer_lost():
            status, answer = self.device.push_once(first=max(self.device.sent - 7, 1))
            if status != 200 or not all(each["duplicate"] for each in answer["results"]):  # noqa: PLR2004
                raise Unexpected(answer)
        self.device.pull()
        self.held = defaultdict(list)
        for (entity, _), row in self.device.rows.items():
            self.held[entity].append(row)
        if not self.codes:
            self.codes = {row["item"]: row["code"] for row in self.rows("identifier")}
            self.places = {row["id"]: row["code"] for row in self.rows("location")}

    def rows(self, entity: str) -> list[JSON]:
        """Look at what the handheld held of a kind after the last sync."""
        return self.held.get(entity, [])

    def record(self, kind: str, payload: JSON, **how: Any) -> str:  # noqa: ANN401
        """Make a gesture."""
        self.floor.house.clock.tick()
        return self.device.record(kind, payload, **how)

    # --- barcodes ---------------------------------------------------------------------------

    def at(self, place: str) -> JSON:
        """Scan the label of a place."""
        return {"data": f"TMP:{self.places[place]}", "symbology": "]C0"}

    def on(self, item: str, lot: str | None = None, expiry: str | None = None) -> JSON:
        """Scan goods: an EAN, or GS1 elements where there is a lot."""
        code = self.codes[item]
        if lot is None:
            return {"data": code[1:], "symbology": "]E0"}
        day = expiry.replace("-", "")[2:] if expiry else ""
        return {"data": f"(01){code}(10){lot}(17){day}", "symbology": "keyed"}

    def label(self, unit: str) -> list[JSON]:
        """Scan the label of a pallet; loose goods have none."""
        code = self.floor.labels.get(unit)
        return [{"data": f"00{code}", "symbology": "]C1"}] if code else []

    # --- receiving --------------------------------------------------------------------------

    def receive_pallet(self, row: JSON) -> None:
        """Bring a whole announced pallet in with one scan."""
        dock = self.floor.house.place(DOCK)
        payload = {"asn": row["asn"], "lpn": row["id"], "contents": row["contents"]}
        self.floor.labels[row["id"]] = row["code"]
        scans = self.label(row["id"])
        self.record("receiving.receive_unit", {**payload, "target": dock, **_good(scans)})
        model = self.floor.model
        model.stands[row["id"]] = dock
        model.told.append(Stood(row["id"], dock, None))
        for part in row["contents"]:
            pile = Pile(row["id"], part["item"], part["lot"] or "")
            model.bring(pile, part["quantity"])
            model.told.append(Carried(model.supplier, *pile, part["quantity"]))
        self.floor.did("receive a pallet", scans=1)

    def receive_loose(self, line: str, load: Load, *, first: bool) -> None:
        """Bring cartons in; what is broken is said with a reason."""
        self._received(line, load, load.good, "good")
        if first:
            self.floor.did("begin a delivery", scans=2)
        self.floor.did("receive a line", scans=1, numbers=1)
        if load.damaged:
            self._received(line, load, load.damaged, "damaged")
            self.floor.did("report damage", scans=1, taps=2, numbers=1)

    def _received(self, line: str, load: Load, quantity: int, condition: str) -> None:
        house, model = self.floor.house, self.floor.model
        broken = condition == "damaged"
        status = "damaged" if broken else "available"
        lot = derived(load.item, load.lot) if load.lot else None
        part = goods(load.item, quantity, lot=lot, expiry=load.expiry, status=status)
        payload = {
            "po_line": line,
            "asn_line": None,
            "goods": part,
            "target": house.place(DOCK),
            **_good([self.on(load.item, load.lot, load.expiry)]),
            "condition": condition,
            "reason": house.reason("crushed") if broken else None,
        }
        self.record("receiving.receive_line", payload)
        pile = Pile(house.place(DOCK), load.item, lot or "")
        model.bring(pile, quantity)
        model.told.append(Carried(model.supplier, *pile, quantity, status))
        model.received[line] += quantity
        if broken:
            self.carry(pile, QUARANTINE, quantity, status=status, reason="crushed")

    # --- carrying ---------------------------------------------------------------------------

    def carry(
        self,
        pile: Pile,
        target: str,
        quantity: int,
        *,
        status: str = "available",
        reason: str | None = None,
        plan: str | None = None,
        really: str | None = None,
    ) -> None:
        """Bring loose goods to a place; `really`: where hands put them in truth."""
        house, model = self.floor.house, self.floor.model
        to = house.place(target) if target in {*house.bins, *house.overflow, QUARANTINE} else target
        part = goods(pile.item, quantity, lot=pile.lot or None, status=status)
        payload = _carried(pile.holder, to, [self.on(pile.item), self.at(to)])
        payload |= {"goods": part, "reason": house.reason(reason) if reason else None}
        self.record("putaway.put_away" if plan else "moving.move", payload, task=plan)
        model.shift(pile, really or to, quantity)
        model.told.append(Carried(pile.holder, to, pile.item, pile.lot, quantity, status))

    def carry_unit(
        self, unit: str, code: JSON, source: str | None, target: str, really: str | None = None
    ) -> None:
        """Bring a pallet or tote to a place."""
        model = self.floor.model
        kind = "putaway.put_away" if source else "moving.move"
        payload = _carried(source, target, [code, self.at(target)]) | {"lpn": unit}
        self.record(kind, payload, task=unit if source else None)
        model.stands[unit] = really or target
        model.told.append(Stood(unit, target, source))

    # --- picking and shipping ---------------------------------------------------------------

    def pick(self, row: JSON, task: JSON, tote: str, quantity: int, *, first: bool) -> None:
        """Take goods from where the walk says, into the tote of this order."""
        model = self.floor.model
        pile = Pile(row["lpn"] or row["source"], row["item"], row["lot"] or "")
        unit = derived(self.device.lpn(tote), task["order"])
        scans = [self.at(row["source"]), *self.label(pile.holder), self.on(row["item"])]
        if first:
            scans.append({"data": f"TMT:{tote}", "symbology": "]C0"})
        part = goods(pile.item, quantity, lot=row["lot"], expiry=row["expiry"], lpn=row["lpn"])
        payload = {"order_line": row["order_line"], "goods": part, "source": row["source"]}
        self.record("picking.pick", {**payload, "tote": unit, "scans": scans}, task=task["id"])
        model.shift(pile, unit, quantity)
        model.told.append(Carried(pile.holder, unit, pile.item, pile.lot, quantity))
        model.picked[row["order_line"]] += quantity
        if pile.holder in model.stands and not any(p.holder == pile.holder for p in model.hands):
            del model.stands[pile.holder]  # an empty pallet is taken away
        self.floor.picks += 1
        self._picked(corrected=quantity != row["quantity"], first=first)

    def _picked(self, *, corrected: bool, first: bool) -> None:
        """Count a pick: with several orders on the trolley every line names its tote."""
        if len({row["task"] for row in self.rows("pick_line")}) > 1:
            self.floor.did("pick a line in a cluster", scans=3, numbers=corrected)
            return
        if first:
            self.floor.did("take a tote", scans=1)
        self.floor.did("pick a line", scans=2, numbers=corrected)

    def report_short(self, line: str, source: str, missing: int, reason: str) -> None:
        """Say that less is there than the walk asks for."""
        reason_ = self.floor.house.reason(reason)
        payload = {"order_line": line, "source": source, "missing": missing, "reason": reason_}
        self.record("picking.report_short", {**payload, "scans": []})
        self.floor.model.short[line] += 1
        self.floor.did("report a short", taps=2)

    def ship(self, order: str, number: str, totes: Iterable[JSON]) -> None:
        """Bring the totes of an order to the stage and let them go."""
        stage, model = self.floor.house.place(STAGE), self.floor.model
        units = []
        for tote in totes:
            code = {"data": f"TMT:{tote['code']}", "symbology": "]C0"}
            self.carry_unit(tote["lpn"], code, None, stage)
            units.append(tote["lpn"])
        scans = [{"data": f"TMO:{number}", "symbology": "]C0"}]
        payload = {"order": order, "units": units, "goods": [], "stage": stage, "scans": scans}
        self.record("shipping.ship", payload)
        for unit in units:
            model.stands[unit] = model.customer
            model.told.append(Stood(unit, model.customer, stage))
        self.floor.did("ship an order", scans=2 * len(units) + 1, taps=1)

    # --- counting ---------------------------------------------------------------------------

    def count(self, place: str, seen: dict[Pile, int]) -> str:
        """Count a place blind; nobody reaches into it meanwhile."""
        operation = uuid7()
        sheet = derived(operation, 1)
        first: str | None = operation
        for pile, quantity in sorted(seen.items()):
            part = goods(
                pile.item,
                quantity,
                lot=pile.lot or None,
                lpn=pile.holder if pile.holder != place else None,
            )
            payload = {"sheet": sheet, "place": place, "goods": part, "lpn": None}
            scans = [self.at(place), *self.label(pile.holder), self.on(pile.item)]
            self.record("counting.count_line", {**payload, "scans": scans}, operation=first)
            first = None
            self.floor.did("count a line", scans=1, numbers=1)
        done = {"sheet": sheet, "place": place, "empty": not seen, "scans": [self.at(place)]}
        self.record("counting.finish_bin", done, operation=first)
        self.floor.model.told.append(Counted(sheet, place, dict(seen)))
        self.floor.did("count a bin", scans=1, taps=1)
        return sheet


def _good(scans: list[JSON]) -> JSON:
    return {"condition": "good", "reason": None, "photos": [], "scans": scans}


def _carried(source: str | None, target: str, scans: list[JSON]) -> JSON:
    empty: JSON = {"goods": None, "lpn": None, "reason": None}
    return {**empty, "source": source, "target": target, "scans": scans}
