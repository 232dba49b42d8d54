"""Faults: what goes wrong, said as a page or as JSON, in one line and without a traceback."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException as StarletteHTTPException

from dragoman.domain import BadInput
from dragoman.web import urls
from dragoman.web.access.visitor import SignIn
from dragoman.web.desk import TooLong
from dragoman.web.render import page

TITLES = {400: "That cannot be read", 403: "Not allowed", 404: "Not here", 422: "That cannot be asked"}


def _answer(request: Request, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    if request.url.path.startswith((urls.API, urls.CHANGES)):
        return JSONResponse({"detail": detail}, status, headers)
    title = TITLES.get(status, HTTPStatus(status).phrase)
    answer = page(request, "error.html", status, title=title, detail=detail)
    answer.headers.update(headers or {})
    return answer


def install(app: FastAPI) -> None:
    """Let the app say what goes wrong."""

    @app.exception_handler(StarletteHTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        detail = "there is nothing at this address" if error.detail == "Not Found" else str(error.detail)
        return _answer(request, error.status_code, detail, dict(error.headers or {}))

    @app.exception_handler(SignIn)
    async def _sign_in(request: Request, _: SignIn) -> Response:
        if request.url.path.startswith((urls.API, urls.CHANGES)):
            told = {"www-authenticate": "Bearer"}
            return JSONResponse({"detail": "an API key or a session is needed"}, 401, told)
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        to = here if request.method == "GET" else urls.OVERVIEW
        return RedirectResponse(f"{urls.SIGN_IN}?to={quote(to, safe='')}", 303)

    @app.exception_handler(BadInput)
    async def _bad(request: Request, error: BadInput) -> Response:
        return _answer(request, 503 if isinstance(error, TooLong) else 400, str(error))

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        told = "; ".join(f"{'.'.join(str(at) for at in one['loc'][1:])}: {one['msg']}" for one in error.errors())
        return _answer(request, 422, told.encode("utf-8", "replace").decode())

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, _: Exception) -> Response:
        return _answer(request, 500, "Something went wrong here; the desk’s log says what.")
