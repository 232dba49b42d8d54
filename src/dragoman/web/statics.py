"""Static files: scripts, styles and fonts that are shipped; a browser keeps what carries its mark."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"


class Statics(StaticFiles):
    """The files of the desk, and those of the page of one report."""

    def __init__(self) -> None:
        super().__init__(packages=[("dragoman.web", "static"), ("dragoman.show", "static")])

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, with how long it may be kept."""
        answer = await super().get_response(path, scope)
        marked: Any = scope["query_string"]
        answer.headers["cache-control"] = FOR_EVER if marked.startswith(b"v=") else A_DAY
        return answer
