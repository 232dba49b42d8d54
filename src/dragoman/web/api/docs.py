"""The API's description: OpenAPI as JSON, and the same as a page that needs no script."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from dragoman.web.access.visitor import Reader
from dragoman.web.render import page
from dragoman.web.urls import DOCS, OPENAPI

router = APIRouter(include_in_schema=False)


@router.get(OPENAPI)
def openapi(request: Request, _: Reader) -> Response:
    """The description, for machines."""
    return JSONResponse(request.app.openapi())


@router.get(DOCS)
def docs(request: Request, _: Reader) -> Response:
    """The description, for people."""
    described = request.app.openapi()
    operations: dict[str, list[dict[str, Any]]] = {}
    for path, methods in described["paths"].items():
        for method, one in methods.items():
            operations.setdefault(one.get("tags", ["other"])[0], []).append(
                {**one, "method": method.upper(), "path": path}
            )
    return page(request, "docs.html", operations=operations, schemas=described["components"]["schemas"])
