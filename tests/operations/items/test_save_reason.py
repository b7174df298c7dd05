"""Reasons for one tap."""

import pytest

from app.items.models import Reason
from app.items.naming import reason_id
from app.pipeline.office import BadPayload
from tests.operations.records import copy_of, record
from tests.warehouse import Warehouse

TORN = {"code": "torn", "kind": "damaged", "label": {"en": "Torn", "es": "Roto"}}


class TestSaveReason:
    def test_is_offered_in_both_languages(self, site: Warehouse) -> None:
        site.done("items.save_reason", TORN)

        assert record(Reason, reason_id(site.org, "torn")).label == {"en": "Torn", "es": "Roto"}
        assert copy_of("org", "reason", reason_id(site.org, "torn")) is not None

    def test_changes_under_its_code(self, site: Warehouse) -> None:
        site.done("items.save_reason", TORN)
        site.done("items.save_reason", {**TORN, "kind": "void"})

        assert record(Reason, reason_id(site.org, "torn")).kind == "void"

    def test_an_occasion_that_does_not_exist_is_unreadable(self, site: Warehouse) -> None:
        with pytest.raises(BadPayload):
            site.ask("items.save_reason", {**TORN, "kind": "because"})
