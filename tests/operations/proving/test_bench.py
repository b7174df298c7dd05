"""Benchmarks run, measure what they say, and are honest about what they cannot measure."""

import json

import pytest

from app.db import db
from app.proving.bench import gestures, pushing, raw, running, storm
from app.proving.bench.figures import Figure, table
from app.proving.bench.paperwork import prepare
from app.proving.bench.premises import furnish, premises
from app.proving.rebuild import verify

FIELDS = ["bench", "value", "unit", "floor", "ratio", "goal", "ok"]


class TestFigure:
    def test_a_ratio_is_held_against_its_goal(self) -> None:
        assert Figure("x", 30, "ops/s", floor=100, goal=0.25).ok is True
        assert Figure("x", 20, "ops/s", floor=100, goal=0.25).ok is False

    def test_a_time_must_stay_below_its_goal(self) -> None:
        assert Figure("x", 20, "ms", goal=25, less=True).ok is True
        assert Figure("x", 30, "ms", goal=25, less=True).ok is False

    def test_without_a_goal_there_is_no_verdict(self) -> None:
        assert Figure("x", 20, "ms").ok is None

    def test_what_is_missing_is_named(self) -> None:
        missing = Figure("x", None, "ops/s", goal=1, missing="needs the extra `postgres`")

        assert json.loads(missing.line())["missing"] == "needs the extra `postgres`"
        assert missing.ok is None
        assert "needs the extra `postgres`" in list(table([missing]))[1]


class TestMixedFloor:
    def test_every_operation_has_its_full_effect(self) -> None:
        with premises() as site:
            furnish(site, items=10, bins=5)
            todo = prepare(site, picks=100)
            device = site.handheld()
            gestures.take_orders(device, 20)
            gestures.work(site, device, todo, 100)
            news = []
            while device.sent < len(device.queue):
                first = device.sent + 1
                device.push_once(count=50)
                since = device.results[first]["commit_seq"]
                with site.app.app_context():
                    news += raw.news_of(db.engine, site.founded.site, since)

            outcomes = {result["outcome"] for result in device.results.values()}
            with site.app.app_context():
                parts = raw.written(db.engine, device.id, 0, news)
                report = verify(site.playbook, db.engine)

        assert outcomes == {"applied"}
        assert report.ok, "\n".join(report.differences)
        assert sum(len(part.log) for part in parts) == len(device.queue)
        assert sum(len(part.ledger) for part in parts) > 150
        assert sum(len(part.news) for part in parts) == len(news) > 100

    def test_the_raw_floor_leaves_the_same_rows_in_the_same_tables(self) -> None:
        with premises() as site, premises() as bare:
            pushing.mixed(site, bare, "floor-sqlite", operations=100)

            left = []
            for each in (site, bare):
                with each.app.app_context():
                    left.append(raw.standing(db.engine))

        ours, floor = left
        assert len(ours.log) > 600
        for name in ("log", "ledger", "stock", "news"):
            missing = set(getattr(ours, name)) - set(getattr(floor, name))
            assert {row for row in missing if site.founded.org not in row} == set(), name


class TestRun:
    def test_each_figure_is_one_line_of_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        running.run(["push-single", "bundle"], quick=True, as_json=True)

        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert {line["bench"] for line in lines} >= {
            "push-single",
            "push-single-p99",
            "bundle-floor",
        }
        assert all(list(line)[:7] == FIELDS for line in lines)

    def test_a_desk_and_its_streams_are_measured(self, capsys: pytest.CaptureFixture[str]) -> None:
        running.run(["now-500", "floor-20-live"], quick=True, as_json=True)

        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [line["bench"] for line in lines] == ["now-500-p50", "now-500-p95", "floor-20-live"]
        assert all(line["value"] > 0 for line in lines)
        assert lines[-1]["floor"] > 0

    def test_a_storm_is_drained_while_others_scan(self) -> None:
        small = storm.Weather(devices=4, operations=60, live=2, every=0.1)
        with premises() as site:
            figures = {figure.bench: figure for figure in storm.measured(site, "storm", small)}

        assert list(figures) == [
            "storm-drained",
            "storm-speed",
            "storm-live-p50",
            "storm-live-p99",
            "storm-turned-away",
        ]
        assert all(figure.value is not None for figure in figures.values())

    def test_without_a_browser_the_handheld_is_left_out_by_name(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TALLYMAN_TEST_CHROMIUM", "/nowhere/chromium")

        assert running.run(["in-hand"], quick=True, as_json=True) == 0

        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert {line["bench"] for line in lines} == {"scan-visible", "scan-durable", "cold-start"}
        assert all("missing" in line and line["ok"] is None for line in lines)

    def test_without_a_browser_the_camera_is_left_out_by_name(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TALLYMAN_TEST_CHROMIUM", "/nowhere/chromium")

        assert running.run(["camera"], quick=True, as_json=True) == 0

        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert {line["bench"] for line in lines} == {"camera-p50", "camera-p95"}
        assert all("missing" in line and line["ok"] is None for line in lines)

    def test_labels_and_tags_are_identified(self, capsys: pytest.CaptureFixture[str]) -> None:
        running.run(["identify"], quick=True, as_json=True)

        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [line["bench"] for line in lines] == ["identify-gs1", "identify-epc"]
        assert all(line["value"] > 0 for line in lines)

    def test_an_unknown_name_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert running.run(["speed"]) == 2
        assert "floor-sqlite" in capsys.readouterr().err
