"""The OpenAPI document: every route, every operation kind with its payload and roles."""

import re
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint, Flask, current_app

from app.pipeline.operation import Kind, Playbook
from app.pipeline.schema import schema_of
from app.web.access import Access, access_of, public
from app.web.fields import Day, Flag, Id, Text, Whole

blueprint = Blueprint("openapi", __name__)
SECURITY: dict[str, dict[str, str]] = {
    "device": {"type": "apiKey", "in": "header", "name": "Authorization"},
    "session": {"type": "apiKey", "in": "cookie", "name": "__Host-tallyman"},
    "token": {"type": "http", "scheme": "bearer"},
    "reader": {"type": "http", "scheme": "bearer", "description": "a fixed RFID reader's own"},
}


@blueprint.get("/openapi.json")
@public
def document() -> dict[str, Any]:
    """Describe the interface to those who build on it."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    known: dict[str, Any] = app.extensions.setdefault("tallyman_openapi", {})
    if not known:
        known.update(_document(app, app.extensions["tallyman_playbook"]))
    return known


def _inline(schema: object) -> str:
    """Give nested schemas no name of their own: goods are goods everywhere."""
    return ""


def _document(app: Flask, playbook: Playbook) -> dict[str, Any]:
    plugin = MarshmallowPlugin(schema_name_resolver=_inline)
    spec = APISpec("Tallyman", "1", "3.0.3", plugins=[plugin])
    for own, kind, form in (
        (Id, "string", "uuid"),
        (Whole, "integer", "int64"),
        (Flag, "boolean", None),
        (Text, "string", None),
        (Day, "string", "date"),
    ):
        plugin.converter.field_mapping[own] = (kind, form)  # type: ignore[union-attr]
    for name, scheme in SECURITY.items():
        spec.components.security_scheme(name, scheme)
    for kind_ in sorted(playbook.kinds.values(), key=lambda k: k.name):
        shape = plugin.converter.schema2jsonschema(schema_of(kind_.payload))  # type: ignore[union-attr]
        spec.components.schema(_component(kind_), shape)
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        _add_path(spec, app, rule)
    written = spec.to_dict()
    written["x-operations"] = {kind_.name: _described(kind_) for kind_ in playbook.kinds.values()}
    return written


def _component(kind: Kind) -> str:
    return f"{kind.name}.v{kind.version}"


def _described(kind: Kind) -> dict[str, Any]:
    return {
        "class": "fact" if kind.fact else "request",
        "version": kind.version,
        "stream": kind.stream,
        "roles": sorted(kind.roles),
        "payload": {"$ref": f"#/components/schemas/{_component(kind)}"},
    }


def _add_path(spec: APISpec, app: Flask, rule: Any) -> None:  # noqa: ANN401
    view = app.view_functions[rule.endpoint]
    access = access_of(view)
    if access is None or rule.endpoint.startswith("delivering."):
        return
    words = (view.__doc__ or "").strip().partition("\n")[0]
    operation = {
        "summary": words,
        "security": _security(access),
        "responses": {"default": {"description": "the answer, or application/problem+json"}},
    }
    methods = {method.lower() for method in rule.methods} - {"head", "options"}
    path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
    spec.path(path, operations=dict.fromkeys(sorted(methods), operation))


def _security(access: Access) -> list[dict[str, list[str]]]:
    if access.public:
        return []
    if access.reader:
        return [{"reader": []}]
    if access.either:
        return [{"device": []}, {"session": []}, {"token": []}]
    if access.device and access.person:
        return [{"device": [], "session": []}]
    return [{"device": []}] if access.device else [{"session": []}, {"token": []}]
