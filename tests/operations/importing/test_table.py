"""Files as the world writes them; no database in it."""

from pathlib import Path

import pytest

from app.importing.bad_rows import BadRows
from app.importing.dialect import Dialect
from app.importing.problems import BadColumns, BadEncoding, BadFile, BadRow
from app.importing.table import LONGEST_CELL, LONGEST_LINE, Row, Table, digest
from app.kernel.spreadsheets import guarded, unguarded

PLAIN = Dialect()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rows.csv"


def rows(file: Path, content: bytes) -> list[Row]:
    file.write_bytes(content)
    return list(Table(file, PLAIN).rows())


def reason(row: Row) -> str | None:
    return row.problem.reason if isinstance(row.problem, BadRow) else None


class TestRows:
    def test_know_their_line(self, file: Path) -> None:
        found = rows(file, b'\xef\xbb\xbfa,b\r\n1,2\r\n\r\n"x\ny",4\r\n5,6')

        assert found == [Row(2, ("1", "2")), Row(4, ("x\ny", "4")), Row(6, ("5", "6"))]

    def test_broken_bytes_spoil_one_row(self, file: Path) -> None:
        found = rows(file, b"a,b\n1,caf\xe9\n2,tea\n")

        assert [reason(row) for row in found] == ["encoding", None]

    def test_nul_spoils_one_row(self, file: Path) -> None:
        found = rows(file, b"a,b\n" + b"1,tea\n" * 2_000 + b"2,t\0a\n3,tea\n")

        assert [reason(row) for row in found[-2:]] == ["NUL", None]

    def test_a_quote_that_is_never_closed_spoils_one_row(self, file: Path) -> None:
        found = rows(file, b'a,b\n1,"tea\n' + b"2,lamp\n" * 100)

        assert [reason(row) for row in found[:2]] == ["quotes", None]
        assert (len(found), found[0].cells) == (101, ("1", "tea"))

    def test_nor_does_it_swallow_the_rows_before_the_next_quote(self, file: Path) -> None:
        found = rows(file, b'a,b\n1,"tea\n' + b"2,lamp\n" * 100 + b'3,mug"\n')

        assert [reason(row) for row in found[:2]] == ["quotes", None]
        assert (len(found), found[-1].cells) == (102, ("3", 'mug"'))

    def test_and_at_the_end_too(self, file: Path) -> None:
        found = rows(file, b'a,b\n1,tea\n2,"lamp\n3,milk')

        assert [reason(row) for row in found] == [None, "quotes", None]

    def test_a_huge_cell_is_cut_and_refused(self, file: Path) -> None:
        found = rows(file, b"a,b\n1," + b"x" * (LONGEST_CELL + 1) + b"\n2,tea\n")

        assert [reason(row) for row in found] == ["too long", None]
        assert len(found[0].cells[1]) == LONGEST_CELL

    def test_a_huge_line_is_not_held_in_memory(self, file: Path) -> None:
        found = rows(file, b"a,b\n1," + b"x" * (3 * LONGEST_LINE) + b"\n2,tea\n")

        assert [(row.number, reason(row)) for row in found] == [(2, "too long"), (3, None)]

    def test_more_cells_than_columns_are_refused(self, file: Path) -> None:
        found = rows(file, b"a,b\n1,2,3\n1,2,\n1\n")

        assert [reason(row) for row in found] == ["more cells than columns", None, None]

    def test_inches_are_no_quotes(self, file: Path) -> None:
        assert rows(file, b'a,b\n1,FRAME 7" SINGLE\n') == [Row(2, ("1", 'FRAME 7" SINGLE'))]


class TestHeader:
    @pytest.mark.parametrize("content", ["a,b\n1,2\n".encode("utf-16"), b"a,b\xe9\n1,2\n"])
    def test_another_encoding_is_refused(self, file: Path, content: bytes) -> None:
        file.write_bytes(content)

        with pytest.raises(BadEncoding):
            Table(file, PLAIN)

    def test_names_the_columns_that_are_missing(self, file: Path) -> None:
        file.write_bytes(b" SKU ,name\n")

        with pytest.raises(BadColumns) as refused:
            Table(file, PLAIN).places({"sku": True, "name": True, "place": True, "lot": False})
        assert refused.value.missing == ("place",)

    def test_refuses_a_column_twice(self, file: Path) -> None:
        file.write_bytes(b"sku,SKU\n")

        with pytest.raises(BadColumns) as refused:
            Table(file, PLAIN).places({"sku": True})
        assert refused.value.twice == ("sku",)

    def test_an_empty_file_has_no_columns(self, file: Path) -> None:
        file.write_bytes(b"")

        with pytest.raises(BadColumns):
            Table(file, PLAIN).places({"sku": True})

    def test_a_file_that_is_not_there(self, file: Path) -> None:
        with pytest.raises(BadFile):
            digest(file)


class TestBadRows:
    @pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
    def test_no_cell_runs_in_a_spreadsheet(self, cell: str) -> None:
        assert guarded(cell) == f"'{cell}"
        assert unguarded(guarded(cell)) == cell

    @pytest.mark.parametrize("cell", ["tea", "", "'s-Gravenhage", "1-2"])
    def test_other_cells_stay_as_they_are(self, cell: str) -> None:
        assert (guarded(cell), unguarded(cell)) == (cell, cell)

    def test_keep_their_columns(self, file: Path) -> None:
        with BadRows(file, ("a", "b"), ";") as bad:
            bad.add(("1",), "import.cell")
            bad.add(("=2", "caf\udce9\0"), "import.row")

        lines = file.read_text("utf-8").splitlines()
        assert lines == ["a;b;problem", "1;;import.cell", "'=2;caf?\ufffd;import.row"]
