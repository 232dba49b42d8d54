"""Forged requests: what another site makes a visitor's browser send is refused.

Three bars, each enough alone in a browser of today: cookies are SameSite=Strict, the Origin must be the desk's own
(the port too, for which SameSite does not ask), and a form carries a token that only the desk's pages know.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from fastapi import HTTPException, Request

SESSION = "dragoman-session"
VISIT = "dragoman-visit"
FIELD = "token"
HEADER = "x-dragoman-token"


class Seal:
    """Makes and checks the tokens of forms; they are good until the desk is started anew."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def token(self, visit: str) -> str:
        """The token of a visit (its session, or its cookie where nobody signs in)."""
        return hmac.new(self._secret, visit.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def fits(self, visit: str | None, token: str | None) -> bool:
        """Whether a token is that of the visit."""
        if not visit or not token:
            return False
        return hmac.compare_digest(self.token(visit).encode(), token.encode("utf-8", "replace"))


def visit_of(request: Request) -> str | None:
    """What a token is bound to."""
    return request.cookies.get(SESSION) or request.cookies.get(VISIT)


def own_origin(request: Request) -> None:
    """Refuse what a browser sends for another site.

    Raises
    ------
    HTTPException
        403.
    """
    origin = request.headers.get("origin")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    site = request.headers.get("sec-fetch-site", "same-origin")
    if (origin is not None and origin != own) or site not in ("same-origin", "none"):
        raise HTTPException(403, "another site sent this; nothing was done")


async def sealed(request: Request) -> None:
    """Refuse a form that no page of the desk made for this visit.

    Raises
    ------
    HTTPException
        403.
    """
    own_origin(request)
    given = request.headers.get(HEADER)
    if given is None:
        sent = (await request.form()).get(FIELD)
        given = sent if isinstance(sent, str) else None
    seal: Seal = request.app.state.desk.seal
    if not seal.fits(visit_of(request), given):
        raise HTTPException(403, "this page is older than the desk; load it again and repeat what you did")
