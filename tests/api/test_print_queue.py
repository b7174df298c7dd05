"""Jobs for printers: kept until the printer has taken every byte, whatever it does meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.db import snapshot, writing
from app.kernel.clock import now
from app.kernel.ids import uuid7
from app.labels.models import PrintJob
from app.labels.queue import LATEST, backoff, send_next
from tests.api.callers import the_other_site
from tests.api.desk import OFFICE, bearer, visitor
from tests.unit.labels.fake_printer import FakePrinter, fake_printer, nobody_there
from tests.unit.labels.reading import scans
from tests.unit.labels.zebra import printed
from tests.warehouse import Warehouse

PATIENCE = 0.6


class Desk:
    """Somebody who prints."""

    def __init__(self, site: Warehouse, role: str = "supervisor") -> None:
        self.client = visitor(site)
        self.headers = bearer(site, role)

    def post(self, path: str, body: dict[str, Any] | None = None) -> TestResponse:
        return self.client.post(f"{OFFICE}{path}", json=body or {}, headers=self.headers)

    def get(self, path: str) -> Any:
        return self.client.get(f"{OFFICE}{path}", headers=self.headers).get_json()

    def register(self, port: int, name: str = "Dock", **over: Any) -> str:
        body = {"name": name, "host": "127.0.0.1", "port": port, "dpi": 203}
        answer = self.post("/printers", {**body, "media": "roll-57x32", **over})
        assert answer.status_code == 200, answer.get_json()
        return str(answer.get_json()["id"])

    def prints(self, printer: str, id: str | None = None, **over: Any) -> TestResponse:
        wish = {"kind": "tote", "first": "T-01", "last": "T-03"}
        return self.post("/print-jobs", {"id": id or uuid7(), "printer": printer, **wish, **over})

    def job(self) -> dict[str, Any]:
        (job,) = self.get("/print-jobs")["items"]
        found: dict[str, Any] = job
        return found


@pytest.fixture
def desk(site: Warehouse) -> Desk:
    return Desk(site)


def later() -> None:
    """The time until the next attempt passes."""
    with writing() as session:
        session.query(PrintJob).update({PrintJob.due_at: now() - timedelta(seconds=1)})


def came_out(printer: FakePrinter) -> list[str]:
    return [
        data
        for stream in printer.taken
        for label in printed(stream)
        for _, data in scans(label.picture) * label.copies
    ]


class TestAPrinter:
    def test_prints_what_was_asked_for(self, desk: Desk) -> None:
        with fake_printer() as printer:
            key = desk.register(printer.port)
            assert desk.prints(key, copies=2).status_code == 202
            assert desk.job()["state"] == "waiting"

            assert send_next(key, PATIENCE)

        assert came_out(printer) == ["TMT:T-01"] * 2 + ["TMT:T-02"] * 2 + ["TMT:T-03"] * 2
        job = desk.job()
        assert (job["state"], job["attempts"], job["problem"]) == ("printed", 1, None)

    def test_that_is_slow_is_waited_for(self, desk: Desk) -> None:
        with fake_printer("slow") as printer:
            key = desk.register(printer.port, media="roll-100x50")
            desk.prints(key, kind="location", first="", last="")

            assert send_next(key, PATIENCE)

        assert desk.job()["state"] == "printed"
        assert len(came_out(printer)) == 9

    def test_that_never_hangs_up_has_printed_all_the_same(self, desk: Desk) -> None:
        with fake_printer("never hangs up") as printer:
            key = desk.register(printer.port)
            desk.prints(key)

            send_next(key, 0.3)

        assert desk.job()["state"] == "printed"

    def test_that_is_switched_off_gets_its_job_when_it_is_back(self, desk: Desk) -> None:
        key = desk.register(nobody_there())
        desk.prints(key)

        send_next(key, PATIENCE)

        job = desk.job()
        assert (job["state"], job["problem"], job["attempts"]) == ("waiting", "printer.refused", 1)
        assert not send_next(key, PATIENCE)  # not at once again
        with fake_printer() as printer:
            desk.register(printer.port, id=key)
            later()
            assert send_next(key, PATIENCE)
        assert came_out(printer) == ["TMT:T-01", "TMT:T-02", "TMT:T-03"]

    def test_that_breaks_off_gets_the_whole_job_again(self, desk: Desk) -> None:
        with fake_printer("cuts") as printer:
            key = desk.register(printer.port, media="roll-100x50")
            desk.prints(key, kind="location", first="", last="")
            send_next(key, PATIENCE)
            assert printer.torn
            assert (desk.job()["state"], desk.job()["problem"]) == ("waiting", "printer.cut")

            printer.mood = "well"
            later()
            send_next(key, PATIENCE)

        assert desk.job()["state"] == "printed"
        assert len(came_out(printer)) == 9

    def test_that_takes_nothing_is_given_up_for_now(self, desk: Desk) -> None:
        with fake_printer("deaf") as printer:
            key = desk.register(printer.port, media="roll-100x150")
            desk.prints(key, kind="lpn", first="U-0001", last="U-1999", symbology="qr")
            send_next(key, 0.3)

        assert desk.job()["state"] == "waiting"
        assert desk.job()["problem"] in {"printer.silent", "printer.cut"}

    def test_that_was_taken_out_of_use_keeps_what_waits(self, desk: Desk) -> None:
        key = desk.register(nobody_there())
        desk.prints(key)

        assert desk.post(f"/printers/{key}/remove").status_code == 204

        assert not send_next(key, PATIENCE)
        assert desk.job()["state"] == "waiting"
        assert desk.prints(key).status_code == 404
        assert desk.get("/printers")["items"] == []
        desk.register(nobody_there(), "Dock")  # its name is free


class TestTheQueue:
    def test_keeps_the_order(self, desk: Desk) -> None:
        with fake_printer() as printer:
            key = desk.register(printer.port)
            for code in ("T-1", "T-2", "T-3"):
                desk.prints(key, first=code, last="")
            while send_next(key, PATIENCE):
                pass

        assert came_out(printer) == ["TMT:T-1", "TMT:T-2", "TMT:T-3"]

    def test_prints_once_what_is_asked_for_twice(self, desk: Desk) -> None:
        with fake_printer() as printer:
            key, job = desk.register(printer.port), uuid7()
            first = desk.prints(key, job)
            send_next(key, PATIENCE)
            again = desk.prints(key, job)
            send_next(key, PATIENCE)

        assert (first.status_code, again.status_code) == (202, 202)
        assert again.get_json()["state"] == "printed"
        assert len(printer.taken) == 1

    def test_refuses_an_id_that_meant_something_else(self, desk: Desk) -> None:
        key, job = desk.register(nobody_there()), uuid7()
        desk.prints(key, job)

        other = desk.prints(key, job, last="T-09")

        assert (other.status_code, other.get_json()["code"]) == (409, "labels.id_reused")

    def test_takes_a_job_over_from_whoever_died_sending(self, desk: Desk) -> None:
        with fake_printer() as printer:
            key = desk.register(printer.port)
            desk.prints(key)
            with writing() as session:  # as a process leaves it that is killed
                row = session.query(PrintJob).one()
                row.state, row.attempts, row.due_at = "sending", 1, now() + timedelta(minutes=5)
            assert not send_next(key, PATIENCE)
            later()
            assert send_next(key, PATIENCE)

        assert desk.job()["state"] == "printed"
        assert len(printer.taken) == 1

    def test_waits_longer_from_time_to_time_but_never_gives_up(self) -> None:
        waits = [backoff(n) for n in range(1, 200)]

        assert waits[:5] == [2, 4, 8, 16, 32]
        assert max(waits) == LATEST

    def test_can_be_told_to_try_now_or_never(self, desk: Desk) -> None:
        key = desk.register(nobody_there())
        desk.prints(key)
        send_next(key, PATIENCE)
        job = desk.job()["id"]

        assert desk.post(f"/print-jobs/{job}/retry").status_code == 204
        assert send_next(key, PATIENCE)
        assert desk.job()["attempts"] == 2
        assert desk.post(f"/print-jobs/{job}/cancel").status_code == 204
        later()
        assert not send_next(key, PATIENCE)
        assert desk.job()["state"] == "cancelled"
        assert desk.post(f"/print-jobs/{job}/retry").status_code == 404

    def test_keeps_the_labels_only_until_they_are_printed(self, desk: Desk) -> None:
        with fake_printer() as printer:
            key = desk.register(printer.port)
            desk.prints(key)
            send_next(key, PATIENCE)

        with snapshot() as session:
            assert session.query(PrintJob).one().content is None


class TestRegistering:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"host": ""}, {"host": "a b"}, {"host": "x/y"}, {"port": 25}, {"port": 70_000},
            {"dpi": 204}, {"media": "a4-16"}, {"name": ""}, {"nonsense": 1},
        ],
    )  # fmt: skip
    def test_what_is_no_printer_is_refused(self, desk: Desk, wrong: dict[str, Any]) -> None:
        body = {"name": "P", "host": "10.0.0.9", "port": 9100, "dpi": 203, "media": "roll-57x32"}

        assert desk.post("/printers", {**body, **wrong}).status_code == 422

    def test_two_of_one_name_are_refused(self, desk: Desk) -> None:
        desk.register(9100, "Dock")
        body = {"name": "Dock", "host": "10.0.0.9", "dpi": 203, "media": "roll-57x32"}

        assert desk.post("/printers", body).status_code == 409

    def test_only_those_who_run_the_site_may(self, site: Warehouse) -> None:
        body = {"name": "P", "host": "10.0.0.9", "dpi": 203, "media": "roll-57x32"}

        assert Desk(site, "planner").post("/printers", body).status_code == 403

    def test_another_site_neither_sees_nor_uses_it(self, site: Warehouse, desk: Desk) -> None:
        key = desk.register(nobody_there())
        desk.prints(key)
        job = desk.job()["id"]
        abroad = Desk(the_other_site(site))

        assert abroad.get("/printers")["items"] == []
        assert abroad.get("/print-jobs")["items"] == []
        assert abroad.prints(key).status_code == 404
        assert abroad.post(f"/print-jobs/{job}/cancel").status_code == 404
        assert abroad.post(f"/printers/{key}/remove").status_code == 404
