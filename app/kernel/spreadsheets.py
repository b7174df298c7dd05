"""Cells that a spreadsheet will open: text must stay text."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
GUARD = "'"


def guarded(cell: str) -> str:
    """Keep a spreadsheet from running a cell; numbers with a sign are guarded too."""
    return GUARD + cell if cell.startswith(FORMULA) else cell


def unguarded(cell: str) -> str:
    """Take back what `guarded` did, when a mended file comes in again."""
    inner = cell.removeprefix(GUARD)
    return inner if inner != cell and inner.startswith(FORMULA) else cell
