"""One furnished morning for every property."""

from shutil import copyfile

import pytest

from app.db import db
from tests.conftest import Templates, application
from tests.properties.worlds import HANDHELDS, Morning
from tests.warehouse import LAMP, TEA, furnish


@pytest.fixture(scope="session")
def morning(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Morning:
    """Orders are open, bins have rules, three handhelds are in hand; nothing was done yet."""
    home = tmp_path_factory.mktemp("morning")
    path = home / "morning.db"
    copyfile(templates.folder / f"{templates.name('sqlite', furnished=False)}.db", path)
    app = application(home, f"sqlite:///{path}")
    with app.app_context():
        site = furnish(app)
        site.done("locations.save_location", {"code": "A-02", "kind": "bin", "no_mix_item": True})
        site.done("locations.save_location", {"code": "A-03", "kind": "bin", "max_units": 9})
        orders = [site.order(f"SO-{n}", (TEA, 4), (LAMP, 2)) for n in (1, 2)]
        handhelds = [site.handheld(label, badge) for label, badge in HANDHELDS]
        db.session.remove()
        db.engine.dispose()
    return Morning(path, site.org, site.site, handhelds, orders)
