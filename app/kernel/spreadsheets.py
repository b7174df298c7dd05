"""Cells that a spreadsheet will open: text must stay text."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
GUARD = "'"


def guarded(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula."""
    return GUARD + cell if cell.startswith(FORMULA) else cell
