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
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
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
    sender, address = parseaddr(str(message["from"] or ""))
    sent: tuple[tuple[DatedBy, str], ...] = (("header", str(message["date"])),) if message["date"] else ()
    title = " ".join(str(message["subject"] or "").split()) or inner.title
    return Page(text, title, sender or address.rpartition("@")[2] or None, sent, inner.language, doubt)
