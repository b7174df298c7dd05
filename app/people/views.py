"""Signing in and out."""

from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, make_response

from app.kernel.clock import millis
from app.people.sessions import sign_in_badge, sign_in_password, sign_out
from app.settings import Settings
from app.web.access import (
    SessionRequired,
    doors,
    for_people,
    public,
    recognise,
    required_device,
)
from app.web.bodies import json_body
from app.web.problems import Invalid
from app.web.schemas import SessionSchema

blueprint = Blueprint("people", __name__, url_prefix="/api/v1")


def _settings() -> Settings:
    found: Settings = current_app.config["TALLYMAN"]
    return found


@blueprint.post("/session")
@public
def sign_in() -> Response:
    """Badge and PIN on an enrolled handheld, name and password at a desk."""
    body = SessionSchema().load(json_body(4096))
    pepper = _settings().secret_key
    if "badge" in body and "pin" in body:
        device = required_device()
        cookie, answer = sign_in_badge(pepper, device, body["badge"], body["pin"])
    elif "username" in body and "password" in body:
        cookie, answer = sign_in_password(pepper, body["username"], body["password"])
    else:
        raise Invalid(fields={"badge": ["badge and pin, or username and password"]})
    return _with_cookie(answer, cookie)


def _with_cookie(answer: dict[str, Any], cookie: str) -> Response:
    response = make_response(jsonify(answer))
    response.set_cookie(
        doors().cookie,
        cookie,
        max_age=12 * 3600,
        secure=_settings().secure_cookies,
        httponly=True,
        samesite="Strict",
        path="/",
    )
    return response


@blueprint.get("/session")
@public
def who() -> dict[str, Any]:
    """Tell who is signed in, and the token that cookie writes need."""
    caller = recognise()
    if caller is None:
        raise SessionRequired
    return {
        "person": {"id": caller.id, "name": caller.name, "roles": sorted(caller.roles)},
        "csrf": caller.csrf,
        "grant": None,
        "expires_at": millis(caller.expires_at) if caller.expires_at else None,
    }


@blueprint.delete("/session")
@for_people()
def leave() -> tuple[str, int]:
    """End the session here and everywhere its cookie may have been copied to."""
    sign_out(g.caller.session)
    return "", 204
