"""Why a file, or a row of it, cannot be taken."""

from dataclasses import dataclass

from app.kernel.problem import Problem


@dataclass(eq=False)
class UnknownImport(Problem):
    """There is nothing of this name to bring in."""

    code = "import.unknown"
    kind: str
    preset: str
    known: tuple[str, ...]


@dataclass(eq=False)
class BadFile(Problem):
    """The file cannot be opened, or would be overwritten by its own bad rows."""

    code = "import.file"
    reason: str


@dataclass(eq=False)
class BadEncoding(Problem):
    """The file is not text in the encoding that the preset expects."""

    code = "import.encoding"
    expected: str


@dataclass(eq=False)
class BadSpreadsheet(Problem):
    """The workbook cannot be read, or asks for more than is reasonable."""

    code = "import.spreadsheet"
    reason: str


@dataclass(eq=False)
class NoSpreadsheets(Problem):
    """This installation reads CSV only: the extra `[xlsx]` is not installed."""

    code = "import.no_spreadsheets"


@dataclass(eq=False)
class Busy(Problem):
    """A file is being brought in at this moment; one at a time."""

    code = "import.busy"
    status = 409


@dataclass(eq=False)
class BadColumns(Problem):
    """Columns are missing, or named twice."""

    code = "import.columns"
    missing: tuple[str, ...]
    twice: tuple[str, ...]


@dataclass(eq=False)
class NoSuchSite(Problem):
    """There is no site of this code, or several and none was named."""

    code = "import.site"
    known: tuple[str, ...]


@dataclass(eq=False)
class BadRow(Problem):
    """The row as a whole cannot be read: quotes, encoding, NUL, length, too many cells."""

    code = "import.row"
    reason: str


@dataclass(eq=False)
class BadCell(Problem):
    """A cell does not hold what its column is for."""

    code = "import.cell"
    column: str
    expected: str


@dataclass(eq=False)
class Contradiction(Problem):
    """Rows of one document disagree about the document."""

    code = "import.contradiction"
    column: str


@dataclass(eq=False)
class DocumentBad(Problem):
    """Another row of the same document is bad, so none of it went in."""

    code = "import.document"
    row: int


@dataclass(eq=False)
class MixedSigns(Problem):
    """Goods that leave and goods that come back on one invoice."""

    code = "import.mixed_signs"
    number: str


def words(problem: Problem) -> str:
    """Write a problem into one cell: its code, then the facts."""
    facts = ", ".join(f"{name}={_plain(value)}" for name, value in problem.facts().items())
    return f"{problem.code} ({facts})" if facts else problem.code


def _plain(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return " ".join(map(str, value))
    return str(value)
