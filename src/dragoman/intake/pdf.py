"""PDF: the text layer of a document, its lines put together to paragraphs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence

from dragoman.domain import BadInput, DatedBy
from dragoman.intake.found import Page
from dragoman.intake.limits import LARGEST, PAGES

FULL = 0.75  # of the longest line, from which on a line is full and goes on
HYPHEN = re.compile(r"[a-z]-$")
BREAK = re.compile(r"[.!?:”\"’)]$")
NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
MADE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def document_of(data: bytes) -> Page:
    """Read the text layer with pypdf; `text` is None where the document is a scan.

    Raises
    ------
    BadInput
        When the document is locked, broken, or has more than 500 pages.
    """
    import logging

    from pypdf import PdfReader

    logging.disable()
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadInput("the PDF document is locked with a password")
        if len(reader.pages) > PAGES:
            raise BadInput(f"the PDF document has more than {PAGES} pages")
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > LARGEST:
                raise BadInput(f"the PDF document holds more than {LARGEST >> 20} MB of text")
        said: Mapping[str, object] = reader.metadata or {}
    except (BadInput, MemoryError, RecursionError):
        raise
    except Exception as error:  # pypdf raises whatever a broken document makes it come upon
        raise BadInput(f"the PDF document is broken ({type(error).__name__})") from None
    made = MADE.match(str(said.get("/CreationDate") or ""))
    dates: tuple[tuple[DatedBy, str], ...] = (("metadata", "-".join(made.groups())),) if made else ()
    title = str(said.get("/Title") or "").strip() or None
    text = "\n\n".join(paragraphs([line for page in pages for line in _lines(page)]))
    if not text:
        raise BadInput("the PDF document has no text layer (a scan)")
    return Page(text, title, None, dates)


def _lines(page: str) -> Iterator[str]:
    for line in page.splitlines():
        words = " ".join(line.split())
        if not NUMBER.fullmatch(words):
            yield words


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Put lines together: one that is full goes on in the next, over a hyphen without a space."""
    width = max(map(len, lines), default=0)
    made: list[str] = []
    runs_on = False
    for line in lines:
        if not line:
            runs_on = runs_on and bool(made) and not BREAK.search(made[-1])
            continue
        if runs_on and HYPHEN.search(made[-1]) and line[0].islower():
            made[-1] = made[-1][:-1] + line
        elif runs_on:
            made[-1] = f"{made[-1]} {line}"
        else:
            made.append(line)
        runs_on = len(line) >= FULL * width or (not BREAK.search(line) and len(line) >= width / 2)
    return made
