"""The schema: OpenAPI 3.1 of the API, with the structs of the record as msgspec describes them."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from dragoman.domain import Value

REF = "#/components/schemas/{name}"
_types: list[type[Value]] = []


class Problem(Value, frozen=True):
    """What went wrong, in one line."""

    detail: str


PROBLEMS = {
    400: "The question cannot be answered as it stands.",
    401: "An API key or a session is needed.",
    403: "The role does not allow it, or another site sent it.",
    404: "There is no such thing in the record.",
    408: "The request took too long to come in.",
    413: "The request is too large.",
    422: "A parameter is not of its type.",
    429: "Too many requests; Retry-After says when.",
    503: "The question took too long.",
}


def _content(made: type[Value]) -> dict[str, Any]:
    if made not in _types:
        _types.append(made)
    return {"application/json": {"schema": {"$ref": REF.format(name=made.__name__)}}}


def problems() -> dict[int | str, dict[str, Any]]:
    """How each refusal is answered."""
    return {status: {"description": said, "content": _content(Problem)} for status, said in PROBLEMS.items()}


def gives(made: type[Value], *, status: int = 200, table: bool = False) -> dict[int | str, dict[str, Any]]:
    """That a route answers with a struct; with CSV too where it is a table."""
    content = _content(made)
    if table:
        content |= {"text/csv": {"schema": {"type": "string"}}}
    return {status: {"description": (made.__doc__ or "").strip().split("\n")[0], "content": content}}


def install(app: FastAPI) -> None:
    """Let the app describe its API."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(
                title="Dragoman",
                version="1",
                description="Who met, received, accredited, recognised or refused whom, and who says so.",
                routes=app.routes,
            )
            _, components = msgspec.json.schema_components(_types, ref_template=REF)
            parts = made.setdefault("components", {})
            parts.setdefault("schemas", {}).update(components)
            parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]
