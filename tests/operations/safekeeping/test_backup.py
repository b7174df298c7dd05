"""A backup holds everything, is checked, and furnishes an empty house on either database."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner
from flask.cli import ScriptInfo
from sqlalchemy import select

from app.cli import main
from app.db import db, snapshot
from app.factory import MIGRATIONS, create_app
from app.kernel.problem import Problem
from app.people.models import EnrolmentCode, LoginSession
from app.pipeline.models import Stream
from app.proving.rebuild import verify
from app.safekeeping.archive import MANIFEST, SEAL, Manifest, Reader
from app.safekeeping.backup import back_up
from app.safekeeping.restore import restore
from app.settings import Settings
from tests.conftest import FreshDatabase
from tests.warehouse import DOCK, PIN, TEA, Warehouse


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "site.backup"


def settings_of(site: Warehouse) -> Settings:
    found: Settings = site.app.config["TALLYMAN"]
    return found


def keep(site: Warehouse, path: Path) -> Manifest:
    return back_up(db.engine, settings_of(site), path)


def incarnations() -> set[str]:
    with snapshot() as session:
        return set(session.scalars(select(Stream.incarnation)))


@pytest.fixture(params=["the same database", "the other database"])
def new_house(
    request: pytest.FixtureRequest,
    engine_name: str,
    site: Warehouse,
    fresh_database: FreshDatabase,
    tmp_path: Path,
) -> Iterator[Warehouse]:
    """An installation without a table, on the same kind of database or on the other one."""
    same = request.param == "the same database"
    engine = engine_name if same else {"sqlite": "postgresql", "postgresql": "sqlite"}[engine_name]
    beside = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    url = beside if engine == "sqlite" else fresh_database(engine)
    home = tmp_path / "elsewhere"
    home.mkdir()
    secret = home / "secret"
    secret.write_text("made on the first start here")
    app = create_app(Settings(home=home, database=url, secret_key=secret.read_text()))
    yield Warehouse(app, site.org, site.site, clock=site.clock)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


class TestACopy:
    def test_is_explained_by_its_log_and_handhelds_go_on(
        self, site: Warehouse, new_house: Warehouse, kept: Path
    ) -> None:
        device = site.handheld("H1", "B1")
        site.receive(device, TEA, 8)
        device.sync()
        keep(site, kept)
        site.receive(device, TEA, 5)  # the backup does not know it, and the server has it
        device.sync()
        site.receive(device, TEA, 3)  # nobody has it yet
        before = incarnations()

        with new_house.app.app_context():
            restore(db.engine, settings_of(new_house), MIGRATIONS, kept, force=True)
            assert verify(new_house.playbook, db.engine).differences == ()
            assert incarnations().isdisjoint(before)
            assert new_house.on_hand(TEA, DOCK) == 8

            device.wire = new_house.wire
            status, answer = device.push_once()
            assert (status, answer["code"], answer["expected_seq"]) == (
                409,
                "sync.sequence_gap",
                2,
            )
            device.sent = answer["expected_seq"] - 1
            device.sync()  # also checks that what it holds is what the server says

            assert new_house.on_hand(TEA, DOCK) == 16
            assert len(device.all("location")) > 5
            assert verify(new_house.playbook, db.engine).differences == ()

    def test_opens_with_the_same_pins_but_no_old_session(
        self, site: Warehouse, new_house: Warehouse, kept: Path
    ) -> None:
        device = site.handheld("H1", "B1")
        keep(site, kept)

        with new_house.app.app_context():
            restore(db.engine, settings_of(new_house), MIGRATIONS, kept, force=True)
            with snapshot() as session:
                assert session.scalars(select(LoginSession.id)).all() == []
                assert session.scalars(select(EnrolmentCode.id)).all() == []
            secret = (settings_of(new_house).home / "secret").read_text()
            again = create_app(
                Settings(
                    home=settings_of(new_house).home,
                    database=settings_of(new_house).database,
                    secret_key=secret,
                    secure_cookies=False,
                )
            )
            db.engine.dispose()
        with again.app_context():
            device.wire = Warehouse(again, site.org, site.site).wire
            device.sign_in("B1", PIN)
            db.session.remove()
            db.engine.dispose()


class TestWhileEverybodyWorks:
    def test_a_backup_shows_one_moment(self, site: Warehouse, kept: Path) -> None:
        stop = Event()
        done: list[int] = []

        def work() -> None:
            with site.app.app_context():
                while not stop.is_set():
                    site.stock(TEA, 1, "A-01")
                    done.append(1)
                db.session.remove()

        worker = Thread(target=work)
        worker.start()
        try:
            for _ in range(3):
                keep(site, kept)
        finally:
            stop.set()
            worker.join()
        assert done

        restore(db.engine, settings_of(site), MIGRATIONS, kept, force=True)
        assert site.on_hand(TEA, "A-01") == -site.on_hand(TEA, "@variance")
        assert verify(site.playbook, db.engine).differences == ()


class TestTheCommands:
    def test_say_what_they_kept_and_brought_back(self, site: Warehouse, kept: Path) -> None:
        script = ScriptInfo(create_app=lambda: site.app)
        run = CliRunner().invoke

        written = run(main, ["backup", str(kept)], obj=script)
        refused = run(main, ["restore", str(kept)], obj=script)
        forced = run(main, ["restore", str(kept), "--force"], obj=script)

        assert (written.exit_code, refused.exit_code, forced.exit_code) == (0, 1, 0)
        assert "keep it as you keep a key" in written.output
        assert "--force replaces it for ever" in refused.output
        assert "Everybody signs in again" in forced.output
        assert kept.stat().st_mode & 0o777 == 0o600

    def test_a_folder_that_is_not_there_is_named(self, site: Warehouse, tmp_path: Path) -> None:
        script = ScriptInfo(create_app=lambda: site.app)

        told = CliRunner().invoke(main, ["backup", str(tmp_path / "no" / "x")], obj=script)

        assert (told.exit_code, "backup.cannot_write" in told.output) == (1, True)


class TestAFileThatIsNotTrusted:
    def test_a_changed_row_is_found(self, site: Warehouse, kept: Path) -> None:
        site.stock(TEA, 4, "A-01")
        keep(site, kept)
        rewrite(kept, "tables/balances.jsonl", lambda text: text.replace(b",4]", b",9]", 1))

        with pytest.raises(Problem, match=r"backup\.damaged .*balances"):
            Reader(kept).check()

    def test_a_changed_manifest_is_found(self, site: Warehouse, kept: Path) -> None:
        keep(site, kept)
        rewrite(kept, MANIFEST, lambda text: text.replace(b"sqlite", b"sqlyte") + b" ")

        with pytest.raises(Problem, match=r"backup\.damaged"):
            Reader(kept)

    @pytest.mark.parametrize("name", ["../outside", "/etc/outside", "C:\\outside"])
    def test_no_file_leaves_the_home(self, site: Warehouse, kept: Path, name: str) -> None:
        keep(site, kept)

        def renamed(text: bytes) -> bytes:
            found = json.loads(text)
            found["files"][0]["name"] = name
            return json.dumps(found).encode()

        rewrite(kept, MANIFEST, renamed, sealed=True)

        with pytest.raises(Problem, match=r"backup\.damaged"):
            Reader(kept)

    def test_half_a_file_is_none(self, site: Warehouse, kept: Path) -> None:
        keep(site, kept)
        kept.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])

        with pytest.raises(Problem, match=r"backup\.damaged"):
            Reader(kept)


class TestARefusal:
    def test_a_site_is_not_overwritten_unless_forced(self, site: Warehouse, kept: Path) -> None:
        keep(site, kept)
        site.stock(TEA, 4, "A-01")

        with pytest.raises(Problem, match=r"backup\.not_empty"):
            restore(db.engine, settings_of(site), MIGRATIONS, kept)
        assert site.on_hand(TEA) == 4

        restore(db.engine, settings_of(site), MIGRATIONS, kept, force=True)
        assert site.on_hand(TEA) == 0

    def test_a_secret_set_from_outside_must_be_the_same(self, site: Warehouse, kept: Path) -> None:
        keep(site, kept)
        here = settings_of(site)
        other = Settings(home=here.home, database=here.database, secret_key="another" * 6)

        with pytest.raises(Problem, match=r"backup\.other_secret"):
            restore(db.engine, other, MIGRATIONS, kept, force=True)

    def test_what_is_newer_than_we_are_stays_out(self, site: Warehouse, kept: Path) -> None:
        keep(site, kept)
        rewrite(
            kept,
            MANIFEST,
            lambda text: json.dumps({**json.loads(text), "revision": "9999"}).encode(),
            sealed=True,
        )

        with pytest.raises(Problem, match=r"backup\.newer"):
            restore(db.engine, settings_of(site), MIGRATIONS, kept, force=True)


def rewrite(
    path: Path, name: str, change: Callable[[bytes], bytes], *, sealed: bool = False
) -> None:
    """Change one part of a backup, as an accident or an attacker would."""
    with zipfile.ZipFile(path) as old:
        parts = {each: old.read(each) for each in old.namelist()}
    changed = change(parts[name])
    assert changed != parts[name]
    parts[name] = changed
    if sealed:
        parts[SEAL] = hashlib.sha256(parts[MANIFEST]).hexdigest().encode()
    with zipfile.ZipFile(path, "w") as new:
        for each, content in parts.items():
            new.writestr(each, content)
