"""Worker: reads one page from standard input and writes what it says of its report, as JSON.

It runs in a process of its own, so that a hostile page costs ten seconds and a gigabyte at most.
"""

from __future__ import annotations

import sys

import msgspec

from dragoman.intake.limits import PAGE_MEMORY, PAGE_SECONDS
from dragoman.intake.page import Page


def page_of(html: str, url: str | None) -> Page:
    """Extract the report and its metadata with trafilatura."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document
    from trafilatura.utils import load_html

    tree = load_html(html)
    if tree is None:
        return Page(None, None, None, None, None)
    language = (tree.get("lang") or "").split("-")[0].strip().lower() or None
    dates = {"original_date": True, "extensive_search": False}
    found = bare_extraction(
        tree, url=url, with_metadata=True, include_comments=False, date_extraction_params=dates, deduplicate=False
    )
    if not isinstance(found, Document):
        return Page(None, None, None, None, language)
    return Page(found.text, found.title, found.sitename, found.date, language)


def main() -> None:
    """Read, extract, write."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (PAGE_MEMORY, PAGE_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (int(PAGE_SECONDS), int(PAGE_SECONDS)))
    html = sys.stdin.buffer.read().decode("utf-8")
    sys.stdout.buffer.write(msgspec.json.encode(page_of(html, sys.argv[1] or None)))


if __name__ == "__main__":
    main()
