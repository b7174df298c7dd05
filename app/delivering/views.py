"""Serve the PWA: hashed assets for ever, the shell fresh, nothing outside the folder."""

import os
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory
from werkzeug.exceptions import NotFound

from app.web.access import public
from app.web.problems import problem_response

PLACES = (
    Path(__file__).parent.parent / "pwa_dist",
    Path(__file__).parent.parent.parent / "pwa" / "dist",
)
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))

blueprint = Blueprint("delivering", __name__)


def built() -> Path | None:
    """Find the built app: where `TALLYMAN_PWA` says, in the installed package, or in a checkout."""
    chosen = os.environ.get("TALLYMAN_PWA")
    places = (Path(chosen),) if chosen else PLACES
    return next((place for place in places if (place / "index.html").is_file()), None)


@blueprint.get("/")
@public
def shell() -> Response:
    """The app itself."""
    return _file("index.html")


@blueprint.get("/<path:name>")
@public
def asset(name: str) -> Response:
    """A file of the build; any other path is the app's own business."""
    folder = built()
    if name.startswith(("api/", "health/", "demo/")):
        return problem_response("request.not_found", 404)
    if folder is not None and (folder / name).is_file():
        return _file(name)
    return _file("index.html") if "." not in name.rpartition("/")[2] else _missing()


def _missing() -> Response:
    return problem_response("request.not_found", 404)


def _file(name: str) -> Response:
    folder = built()
    if folder is None:
        return problem_response("app.not_built", 503)
    accepted = request.headers.get("Accept-Encoding", "")
    for encoding, suffix in ENCODINGS:
        if encoding in accepted and (folder / f"{name}{suffix}").is_file():
            response = send_from_directory(folder, f"{name}{suffix}", mimetype=_type(name))
            response.headers["Content-Encoding"] = encoding
            break
    else:
        try:
            response = send_from_directory(folder, name, mimetype=_type(name))
        except NotFound:
            return _missing()
    response.headers["Vary"] = "Accept-Encoding"
    hashed = name.startswith("assets/")
    response.headers["Cache-Control"] = (
        "public, max-age=31536000, immutable" if hashed else "no-cache"
    )
    return response


def _type(name: str) -> str | None:
    known = {
        ".js": "text/javascript",
        ".css": "text/css",
        ".html": "text/html",
        ".webmanifest": "application/manifest+json",
        ".wasm": "application/wasm",
        ".svg": "image/svg+xml",
        ".json": "application/json",
        ".png": "image/png",
    }
    return known.get(Path(name).suffix)
