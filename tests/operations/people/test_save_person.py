"""People and their work."""

from app.people.models import Person
from tests.operations.records import copy_of, record
from tests.warehouse import Warehouse


def save(site: Warehouse, badge: str, *roles: str, **how: str) -> tuple[str, ...]:
    asked = {"badge": badge, "name": f"Person {badge}", "roles": list(roles)}
    return site.ask("people.save_person", asked, **how).codes  # type: ignore[arg-type]


class TestSavePerson:
    def test_comes_with_badge_and_roles(self, site: Warehouse) -> None:
        assert save(site, "B9", "picker", "counter") == ()

        person = record(Person, site.person("B9"))
        assert (person.badge, person.roles, person.active) == ("B9", ["picker", "counter"], True)

    def test_handhelds_learn_no_secret(self, site: Warehouse) -> None:
        copy = copy_of("org", "person", site.person("B1"))

        assert copy is not None
        assert set(copy) <= {"id", "badge", "name", "roles"}

    def test_refuses_a_role_that_does_not_exist(self, site: Warehouse) -> None:
        assert save(site, "B9", "picker", "king") == ("people.unknown_role",)

    def test_a_supervisor_hires_a_picker_but_makes_no_supervisor(self, site: Warehouse) -> None:
        supervisor = site.person("S1")

        assert save(site, "B9", "picker", actor=supervisor) == ()
        assert save(site, "B9", "supervisor", actor=supervisor) == ("people.admin_only",)
        assert save(site, "S1", "supervisor", "admin", actor=supervisor) == ("people.admin_only",)

    def test_an_administrator_does(self, site: Warehouse) -> None:
        save(site, "ADM", "admin")

        assert save(site, "B9", "supervisor", actor=site.person("ADM")) == ()
