"""Worker: parses what comes in on standard input, piece after piece, and answers on standard output.

It runs in a process of its own, so that hostile bytes cost ten seconds and a gigabyte at most.
"""

from __future__ import annotations

import os
import sys
from typing import Any, BinaryIO

import msgspec

from dragoman.domain import BadInput
from dragoman.intake.apart import LENGTH, READY
from dragoman.intake.found import Answer, Order, Page
from dragoman.intake.limits import PARSE_MEMORY


def answer(order: Order) -> Answer:
    """Parse one piece; each parser is loaded when it is first needed."""
    try:
        return _parsed(order)
    except BadInput as error:
        return Answer(refused=str(error))
    except (MemoryError, RecursionError):
        return Answer(refused="the input takes more memory to read than it may")
    except Exception as error:  # parsers of untrusted bytes raise whatever they come upon
        return Answer(refused=f"the input cannot be read ({type(error).__name__})")


def _parsed(order: Order) -> Answer:
    if order.job == "html":
        from dragoman.intake.page import page_of

        return Answer(page=page_of(order.data.decode("utf-8"), order.url))
    if order.job == "piece":
        from dragoman.intake.page import piece_of

        return Answer(page=Page(piece_of(order.data.decode("utf-8"))))
    if order.job == "pdf":
        from dragoman.intake.pdf import document_of

        return Answer(page=document_of(order.data))
    if order.job == "mail":
        from dragoman.intake.mail import message_of

        return Answer(page=message_of(order.data))
    if order.job == "feed":
        from dragoman.intake.feed import entries_of

        return Answer(entries=entries_of(order.data, order.url))
    from dragoman.intake.sitemap import addresses_of

    return Answer(entries=addresses_of(order.data))


def encoded(found: Answer) -> bytes:
    """An answer as it is sent; halves of surrogate pairs, which broken headers and entities leave, are replaced."""
    try:
        return msgspec.msgpack.encode(found)
    except UnicodeEncodeError:
        return msgspec.msgpack.encode(_whole(msgspec.to_builtins(found)))


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {name: _whole(one) for name, one in value.items()}
    return [_whole(one) for one in value] if isinstance(value, list | tuple) else value


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answer until there is nothing more to read."""
    while len(head := source.read(LENGTH.size)) == LENGTH.size:
        data = source.read(*LENGTH.unpack(head))
        body = encoded(answer(msgspec.msgpack.decode(data, type=Order)))
        target.write(LENGTH.pack(len(body)) + body)
        target.flush()


def main() -> None:
    """Set the limits, then serve; nothing but answers goes to standard output."""
    if sys.platform != "win32":
        import resource
        import signal

        resource.setrlimit(resource.RLIMIT_AS, (PARSE_MEMORY, PARSE_MEMORY))
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    import trafilatura  # noqa: F401 - most of what comes are pages, whose time begins after this

    target.write(READY)
    target.flush()
    serve(sys.stdin.buffer, target)


if __name__ == "__main__":
    main()
