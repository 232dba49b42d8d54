"""Settings: how the desk is served, and its limits."""

from __future__ import annotations

from dataclasses import dataclass, field

PORT = 8642
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
LARGEST_BODY = 1 << 20  # bytes of one request
LARGEST_TEXT = 100_000  # characters of a report that is pasted
BODY_SECONDS = 15.0  # to send a request in
ASK_SECONDS = 10.0  # for one question to the database
READ_SECONDS = 60.0  # to read one report
THREADS = 12  # requests that are answered at once: some of them wait for the disk
READING = 8  # reports that are fetched, read or waited for at once, beside them
SWITCH = 0.001  # seconds after which one thread of Python lets another go on


@dataclass(frozen=True, slots=True)
class Settings:
    """How the desk is served.

    Attributes
    ----------
    record
        A file or a ``postgresql://`` address.
    public
        Others than this machine's user may come: everybody signs in, and more is limited.
    names
        Host names it may be called by, beside the machine's own; others are refused (DNS rebinding).
    """

    record: str
    host: str = "127.0.0.1"
    port: int = PORT
    public: bool = False
    names: frozenset[str] = field(default_factory=frozenset)

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"
