"""Marks as a PDF: vectors, and the same labels make the same file."""

import io

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from app.labels.composing import Block, Mark, Symbol, Words
from app.labels.lettering import BOLD, PLAIN
from app.labels.paper import Job, Placed, pages, runs

HAIR = 0.25  # points: the line to cut along
ROUND = 3.0  # millimetres


def pdf(job: Job, title: str) -> bytes:
    """Draw a job; a roll's pages have the size of its labels."""
    out = io.BytesIO()
    width, height = job.media.page
    canvas = Canvas(out, pagesize=(width * mm, height * mm), invariant=True)
    canvas.setTitle(title)
    for page in pages(job):
        for placed in page:
            _draw(canvas, placed, job)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, placed: Placed, job: Job) -> None:
    height = job.media.page[1]
    if job.media.frame:
        wide, tall = job.media.label
        canvas.setLineWidth(HAIR)
        bottom = height - placed.top - tall
        canvas.roundRect(placed.left * mm, bottom * mm, wide * mm, tall * mm, ROUND * mm)
    path = canvas.beginPath()
    for mark in placed.marks:
        _mark(canvas, path, mark, placed.left, height - placed.top)
    canvas.drawPath(path, stroke=0, fill=1)


def _mark(canvas: Canvas, path: PDFPathObject, mark: Mark, left: float, top: float) -> None:
    match mark:
        case Words():
            canvas.setFont(BOLD if mark.bold else PLAIN, mark.size * mm)
            canvas.drawString((left + mark.left) * mm, (top - mark.base) * mm, mark.text)
        case Symbol():
            for n, row in enumerate(mark.bars.rows):
                bottom = (top - mark.top - (n + 1) * mark.height) * mm
                for start, length in runs(row):
                    x = (left + mark.left + start * mark.module) * mm
                    path.rect(x, bottom, length * mark.module * mm, mark.height * mm)
        case Block():
            (x, y), *rest = mark.points
            path.moveTo((left + x) * mm, (top - y) * mm)
            for x, y in rest:
                path.lineTo((left + x) * mm, (top - y) * mm)
            path.close()
