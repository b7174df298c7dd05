"""Labels on pages: sheets are filled from the top left, a roll has one label a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.kernel.problem import Problem
from app.labels.composing import DOTS, Ground, Label, Mark, compose
from app.labels.layouts import LAYOUTS, Media


@dataclass(eq=False)
class WrongMedia(Problem):
    """This kind of label does not fit such paper."""

    code = "labels.wrong_media"
    status = 422
    layout: str
    media: str


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be printed: labels, on what, how often each, for which dots an inch."""

    labels: Sequence[Label]
    media: Media
    copies: int = 1
    dpi: int | None = None

    def composed(self) -> Iterator[tuple[Mark, ...]]:
        """Draw each label once."""
        ground = Ground(self.media, None if self.dpi is None else DOTS[self.dpi])
        for label in self.labels:
            layout = LAYOUTS[label.layout]
            if not layout.fits(self.media):
                raise WrongMedia(layout=layout.name, media=self.media.name)
            yield compose(layout, label, ground)


@dataclass(frozen=True, slots=True)
class Placed:
    """A label on its page; millimetres from the top left."""

    left: float
    top: float
    marks: tuple[Mark, ...]


def pages(job: Job, most: int | None = None) -> Iterator[list[Placed]]:
    """Fill page after page, at most so many of them."""
    page: list[Placed] = []
    done = 0
    for marks in (each for one in job.composed() for each in [one] * job.copies):
        page.append(Placed(*_place(job.media, len(page)), marks))
        if len(page) == job.media.each:
            yield page
            page, done = [], done + 1
            if done == most:
                return
    if page:
        yield page


def _place(media: Media, n: int) -> tuple[float, float]:
    row, column = divmod(n, media.columns)
    width, height = media.label
    left = (media.page[0] - media.columns * width) / 2
    top = (media.page[1] - media.rows * height) / 2
    return left + column * width, top + row * height


def runs(row: str) -> Iterator[tuple[int, int]]:
    """Where dark begins in a row of modules, and how long it lasts."""
    start = row.find("1")
    while start >= 0:
        end = row.find("0", start)
        end = len(row) if end < 0 else end
        yield start, end - start
        start = row.find("1", end)
