"""Why a backup cannot be written, or not be restored here."""

from dataclasses import dataclass

from app.kernel.problem import Problem


@dataclass(eq=False)
class NotABackup(Problem):
    """The file is none of ours, was cut short, or has been changed since it was written."""

    code = "backup.damaged"
    part: str


@dataclass(eq=False)
class NewerBackup(Problem):
    """The backup was written by a version of the product that this one does not know."""

    code = "backup.newer"
    revision: str


@dataclass(eq=False)
class NotEmpty(Problem):
    """There is a site here already; only `--force` replaces it."""

    code = "backup.not_empty"
    rows: int


@dataclass(eq=False)
class OtherSecret(Problem):
    """`TALLYMAN_SECRET_KEY` is set to another secret: no PIN or password would fit any more."""

    code = "backup.other_secret"


@dataclass(eq=False)
class CannotWrite(Problem):
    """The file cannot be written."""

    code = "backup.cannot_write"
    reason: str
