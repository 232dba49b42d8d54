"""Mail: the report in a message (RFC 5322, MIME), its subject, its day and who sent it."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from dragoman.domain import BadInput, DatedBy
from dragoman.intake.found import Page
from dragoman.intake.page import page_of

PARTS = 200  # of one message
HEADERS = (ValueError, TypeError, LookupError, AttributeError, OverflowError)  # what broken ones make `email` raise


def message_of(data: bytes) -> Page:
    """Read the body of a message: the plain part, else the report in the HTML part; attachments are left.

    Raises
    ------
    BadInput
        When the message has more than 200 parts.
    """
    from dragoman.text.decode import decode

    message = BytesParser(policy=policy.default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    for count, _ in enumerate(message.walk()):
        if count >= PARTS:
            raise BadInput(f"the message has more than {PARTS} parts")
    try:
        plain, html = message.get_body(("plain",)), message.get_body(("html",))
    except HEADERS as error:
        raise BadInput(f"the message's headers are broken ({type(error).__name__})") from None
    text, inner, doubt = None, Page(None), None
    for part in (plain, html):
        raw = part.get_payload(decode=True) if part is not None else None
        if part is None or not isinstance(raw, bytes) or not raw.strip():
            continue
        decoded = decode(raw, part.get_content_charset())
        words, doubt = decoded.text, decoded.doubt
        inner = page_of(words, None) if part is html else Page(words)
        text = inner.text
        if text and text.strip():
            break
    sender, address = parseaddr(_said(message, "from"))
    date = _raw(message, "date")
    sent: tuple[tuple[DatedBy, str], ...] = (("header", date),) if date else ()
    title = " ".join(_said(message, "subject").split()) or inner.title
    return Page(text, title, sender or address.rpartition("@")[2] or None, sent, inner.language, doubt)


def _said(message: EmailMessage, name: str) -> str:
    """A header in words; as it stands in the message where it is broken."""
    try:
        return str(message[name] or "")
    except HEADERS:
        return _raw(message, name)


def _raw(message: EmailMessage, name: str) -> str:
    """A header as it stands in the message: a bad date in it is for `dragoman.intake.dates` to tell."""
    return next((" ".join(str(value).split()) for key, value in message.raw_items() if key.lower() == name), "")
