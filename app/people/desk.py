"""What people sign in with, set by those who may; never part of the operation log."""

from dataclasses import dataclass

from flask import Blueprint, current_app, g
from marshmallow.validate import Length, Regexp
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.db import snapshot, writing
from app.kernel.problem import Problem
from app.people import secrets
from app.people.models import Person, Secret
from app.people.rules import OFFICE_ROLES, AdminOnly
from app.people.sessions import badge_counter, set_secret
from app.settings import Settings
from app.web.access import for_people
from app.web.bodies import json_body
from app.web.fields import Text
from app.web.problems import Invalid, NotFound
from app.web.schemas import Strict

PIN = r"[0-9]{6}"
SHORTEST_PASSWORD = 10

blueprint = Blueprint("desk", __name__, url_prefix="/api/v1/office")


@dataclass(eq=False)
class UsernameTaken(Problem):
    """Somebody else signs in with this name."""

    code = "people.username_taken"
    status = 409
    username: str


class SecretsSchema(Strict):
    """What is to change; the rest stays as it is."""

    pin = Text(load_default=None, allow_none=True, validate=Regexp(f"^{PIN}$"))
    username = Text(load_default=None, allow_none=True, validate=Length(min=1, max=80))
    password = Text(
        load_default=None, allow_none=True, validate=Length(min=SHORTEST_PASSWORD, max=200)
    )


@blueprint.post("/people/<person>/secrets")
@for_people("supervisor", "admin")
def change(person: str) -> tuple[str, int]:
    """Set a PIN, a user name, a password; open sessions of that person end."""
    body = SecretsSchema().load(json_body(4096))
    if not any(body.values()):
        raise Invalid(fields={"pin": ["nothing to set"]})
    badge = _check(person, body["username"], body["password"])
    pepper = _settings().secret_key
    try:
        set_secret(pepper, person, body["pin"], body["username"], body["password"])
    except IntegrityError as error:  # somebody was quicker
        raise UsernameTaken(username=body["username"]) from error
    if body["pin"]:
        with writing() as session:  # whoever stood before a locked door has been seen to
            secrets.clear(session, badge_counter(badge))
    return "", 204


def _check(person: str, username: str | None, password: str | None) -> str:
    """Only an administrator opens the door to the office; others would raise themselves.

    Returns the badge.
    """
    with snapshot() as session:
        row = session.get(Person, person)
        if row is None:
            raise NotFound
        deciding = tuple(sorted(OFFICE_ROLES & set(row.roles)))
        if deciding and row.id != g.caller.id and "admin" not in g.caller.roles:
            raise AdminOnly(roles=deciding)
        secret = session.get(Secret, person)
        if password and not username and not (secret and secret.username):
            raise Invalid(fields={"username": ["a password needs a name"]})
        taken = session.scalar(select(Secret.id).where(Secret.username == username))
        if username and taken not in (None, person):
            raise UsernameTaken(username=username)
        return row.badge


def _settings() -> Settings:
    found: Settings = current_app.config["TALLYMAN"]
    return found
