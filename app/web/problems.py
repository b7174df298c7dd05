"""Problems become `application/problem+json` with a stable code."""

import json
import logging
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import Flask, Response
from marshmallow import ValidationError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from app.kernel.problem import Problem

log = logging.getLogger("tallyman.web")


@dataclass(eq=False)
class Invalid(Problem):
    """The request does not have the agreed form."""

    code = "request.invalid"
    status = 422
    fields: Any = None


@dataclass(eq=False)
class NotFound(Problem):
    """There is nothing here that you may see."""

    code = "request.not_found"
    status = 404


def problem_response(
    code: str,
    status: int,
    facts: dict[str, Any] | None = None,
    headers: Any = None,  # noqa: ANN401
) -> Response:
    """Build the answer; facts never override the standard members."""
    body = {
        **(facts or {}),
        "type": f"urn:tallyman:problem:{code}",
        "title": code.rpartition(".")[2].replace("_", " "),
        "status": status,
        "code": code,
    }
    response = Response(
        json.dumps(body, default=str), status=status, mimetype="application/problem+json"
    )
    if headers:
        response.headers.extend(headers)
    return response


def install(app: Flask) -> None:
    """Register the handlers. Nothing that a client sends may end as an unexplained 500."""
    app.register_error_handler(Problem, _known)
    app.register_error_handler(ValidationError, _invalid)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _unexpected)


def _known(problem: Problem) -> Response:
    return problem_response(problem.code, problem.status, problem.facts())


def _invalid(error: ValidationError) -> Response:
    return problem_response(Invalid.code, 422, {"fields": error.normalized_messages()})


def _http(error: HTTPException) -> Response:
    name = (error.name or "error").lower().replace(" ", "_")
    headers = error.get_headers() if error.code == 405 else None  # noqa: PLR2004
    allow = [(k, v) for k, v in headers if k.lower() == "allow"] if headers else None
    return problem_response(f"request.{name}", error.code or 500, headers=allow)


def _database(error: OperationalError) -> Response:
    """The database is away or full: nothing was acknowledged, come back later."""
    log.error("database: %s", error)
    return problem_response("server.database_away", 503, headers=[("Retry-After", "2")])


def _unexpected(error: Exception) -> Response:
    trace = str(uuid4())
    log.error("trace %s", trace, exc_info=error)
    return problem_response("server.internal", 500, {"trace": trace})
