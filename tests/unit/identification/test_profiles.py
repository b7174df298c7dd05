"""What one device adds to a scan, and what the router does with a site's own codes."""

import pytest

from app.identification import DEFAULT, Profile, Refused, identify, normalise

GTIN = "09521234543213"


class TestProfile:
    def test_prefix_and_suffix_are_taken_off(self) -> None:
        handheld = Profile(prefix="~S", suffix="#")

        assert identify(f"~S{GTIN}#\r\n", None, handheld).gtin14 == GTIN

    def test_symbology_behind_the_prefix_is_seen(self) -> None:
        handheld = Profile(prefix="~S")

        assert identify("~S]C110LOT7", None, handheld).lot == "LOT7"

    @pytest.mark.parametrize("stand_in", ["^]", "|", "~", "^"])
    def test_stand_in_is_a_separator_only_where_named(self, stand_in: str) -> None:
        scan = f"]C110LOT7{stand_in}17261231"

        assert identify(scan, None, Profile(stand_ins=(stand_in,))).lot == "LOT7"
        assert identify(scan).lot is None

    def test_own_prefixes_can_be_the_sites(self) -> None:
        site = Profile(own_prefixes=(("LOC-", "place"),))

        found = identify("LOC-A1", None, site).internal

        assert found is not None
        assert (found.type, found.code) == ("place", "A1")
        assert identify("TMP:A1", None, site).internal is None

    def test_year_of_a_date_is_seen_from_the_running_year(self) -> None:
        late = Profile(year=2099)

        assert identify("(17)010131").expiry == "2001-01-31"
        assert identify("(17)010131", None, late).expiry == "2101-01-31"
        assert identify("(17)490131", None, late).expiry == "2149-01-31"
        assert identify("(17)500131", None, late).expiry == "2050-01-31"
        assert identify("(17)770131", None, Profile(year=2026)).expiry == "1977-01-31"
        assert identify("(17)760131", None, Profile(year=2026)).expiry == "2076-01-31"


class TestNormalise:
    def test_gives_the_string_to_look_up_among_aliases(self) -> None:
        assert normalise("]C0SHELF-7\r\n") == ("SHELF-7", "]C0")
        assert normalise("SHELF-7", "]C0") == ("SHELF-7", "]C0")
        assert normalise("10A{GS}21B", None, DEFAULT) == ("10A\x1d21B", None)

    def test_refuses_what_no_scanner_of_goods_delivers(self) -> None:
        with pytest.raises(Refused):
            normalise("caf\u00e9")
