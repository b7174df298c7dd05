"""Who may call a route: declared on the route, denied by default.

The Device header says where, the session cookie who, a bearer token which integration.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request

from app.kernel.problem import Problem
from app.web.problems import problem_response

F = TypeVar("F", bound=Callable[..., Any])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Caller:
    """Who is at the other end; `roles` are what counts."""

    kind: str  # person | integration
    id: str
    name: str
    roles: frozenset[str]
    site: str | None
    csrf: str = ""
    session: str = ""
    expires_at: Any = None


@dataclass(frozen=True)
class Access:
    """What a route asks for."""

    public: bool = False
    device: bool = False
    roles: frozenset[str] | None = None  # None: any signed-in person
    person: bool = False
    revoked_too: bool = False
    either: bool = False  # a handheld or a person is enough
    reader: bool = False  # a fixed RFID reader, with its own token


@dataclass(frozen=True)
class Doors:
    """How to recognise callers; supplied by the factory, since this package knows no records."""

    device: Callable[[str], Any]
    person: Callable[[str], Caller | None]
    token: Callable[[str], Caller | None]
    reader: Callable[[str], Any]
    cookie: str = field(default="__Host-tallyman")


@dataclass(eq=False)
class DeviceUnknown(Problem):
    """This credential belongs to no enrolled handheld."""

    code = "device.unknown"
    status = 401


@dataclass(eq=False)
class DeviceRevoked(Problem):
    """This handheld was revoked; it may only hand in what it holds."""

    code = "device.revoked"
    status = 403


@dataclass(eq=False)
class ReaderUnknown(Problem):
    """This token belongs to no RFID reader that is registered here."""

    code = "readers.unknown"
    status = 401


@dataclass(eq=False)
class ReaderRevoked(Problem):
    """This RFID reader was shut out."""

    code = "readers.revoked"
    status = 403


@dataclass(eq=False)
class SessionRequired(Problem):
    """Nobody is signed in."""

    code = "session.required"
    status = 401


@dataclass(eq=False)
class Forbidden(Problem):
    """This person's roles do not include that."""

    code = "session.forbidden"
    status = 403


@dataclass(eq=False)
class Forged(Problem):
    """A cookie write without its token, or from another origin."""

    code = "session.csrf"
    status = 403


def public(view: F) -> F:
    """Let strangers in; the architecture test holds the list of these."""
    return _mark(view, Access(public=True))


def for_device(view: F) -> F:
    """An enrolled handheld, whoever holds it."""
    return _mark(view, Access(device=True))


def for_device_even_revoked(view: F) -> F:
    """Also a revoked handheld: what it holds is quarantined, not lost."""
    return _mark(view, Access(device=True, revoked_too=True))


def for_reader(view: F) -> F:
    """A fixed RFID reader, and nobody else."""
    return _mark(view, Access(reader=True))


def for_people(*roles: str, device: bool = False) -> Callable[[F], F]:
    """A signed-in person (or integration) with one of these roles; none named = any."""

    def mark(view: F) -> F:
        wanted = frozenset(roles) if roles else None
        return _mark(view, Access(person=True, roles=wanted, device=device))

    return mark


def for_device_and_people(*roles: str) -> Callable[[F], F]:
    """The Device header says where, the session who: the route needs to know both."""
    return for_people(*roles, device=True)


def for_device_even_revoked_or_people(*roles: str) -> Callable[[F], F]:
    """What a handheld holds may be handed in by it, by another, or from a desk."""

    def mark(view: F) -> F:
        access = Access(
            device=True, revoked_too=True, person=True, roles=frozenset(roles), either=True
        )
        return _mark(view, access)

    return mark


def for_device_or_people(*roles: str) -> Callable[[F], F]:
    """An enrolled handheld, or a person with one of these roles."""

    def mark(view: F) -> F:
        return _mark(view, Access(device=True, person=True, roles=frozenset(roles), either=True))

    return mark


def _mark(view: F, access: Access) -> F:
    view.__dict__["access"] = access
    return view


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return what a view declared, for the check and for the generated tests."""
    access = getattr(view, "access", None)
    return access if isinstance(access, Access) else None


def install(app: Flask, doors: Doors) -> None:
    """Check every request before its view runs."""
    app.extensions["tallyman_doors"] = doors
    app.before_request(_check)


def doors() -> Doors:
    """Return how callers are recognised."""
    found: Doors = current_app.extensions["tallyman_doors"]
    return found


def _check() -> Response | None:
    g.device, g.caller, g.reader = None, None, None
    if request.endpoint is None:
        return None  # 404/405 follow
    access = access_of(current_app.view_functions[request.endpoint])
    if access is None:
        return problem_response(Forbidden.code, 403)
    if access.public:
        return None
    if access.reader:
        _require_reader()
    speaks = _speaks_as_device()
    if access.device and (speaks or not access.either):
        _require_device(revoked_too=access.revoked_too)
    if access.person and not (speaks and access.either):
        _require_person(access.roles)
    return None


def _speaks_as_device() -> bool:
    return request.headers.get("Authorization", "").lower().startswith("device ")


def _require_device(*, revoked_too: bool) -> None:
    scheme, _, credential = request.headers.get("Authorization", "").partition(" ")
    device = doors().device(credential.strip()) if scheme.lower() == "device" else None
    if device is None:
        raise DeviceUnknown
    if device.revoked_at is not None and not revoked_too:
        raise DeviceRevoked
    g.device = device


def _require_reader() -> None:
    """A bearer token; readers that can only send name and password send it as the password."""
    sent = request.authorization
    basic = sent is not None and sent.type == "basic"
    token = (sent.password if basic else sent.token) if sent is not None else None
    wanted = sent is not None and sent.type in {"basic", "bearer"}
    reader = doors().reader(token.strip()) if wanted and token else None
    if reader is None:
        raise ReaderUnknown
    if reader.revoked_at is not None:
        raise ReaderRevoked
    g.reader = reader


def _require_person(roles: frozenset[str] | None) -> None:
    caller = recognise()
    if caller is None:
        raise SessionRequired
    if roles is not None and not roles & caller.roles:
        raise Forbidden
    g.caller = caller


def required_device() -> Any:  # noqa: ANN401 - a record this package does not know
    """Return the handheld of this request; badge and PIN open nothing elsewhere."""
    _require_device(revoked_too=False)
    return g.device


def recognise() -> Caller | None:
    """Find out who calls; a cookie may write only with its token and from our own pages."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return doors().token(secret.strip())
    cookie = request.cookies.get(doors().cookie)
    caller = doors().person(cookie) if cookie else None
    if caller is not None and request.method not in SAFE:
        sent = request.headers.get("X-CSRF-Token", "")
        if not hmac.compare_digest(sent.encode(), caller.csrf.encode()) or not same_origin():
            raise Forged
    return caller


def same_origin() -> bool:
    """Tell whether a write comes from a page of ours."""
    origin = request.headers.get("Origin")
    return origin is not None and origin == request.host_url.rstrip("/")
