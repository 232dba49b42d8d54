"""Files: bytes from a path or from standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from dragoman.domain import BadInput
from dragoman.intake.limits import LARGEST


def read_file(where: str, name: str) -> bytes:
    """Read the file at `where`, or standard input for ``-``; errors call it `name`.

    Raises
    ------
    BadInput
        When it is missing, a directory, not readable, empty, or larger than 20 MB.
    """
    try:
        if where == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(where).open("rb") as file:
                data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise BadInput(f"{name}: no such file") from None
    except IsADirectoryError:
        raise BadInput(f"{name}: is a directory, not a report") from None
    except PermissionError:
        raise BadInput(f"{name}: may not be read (permission denied)") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise BadInput(f"{name}: cannot be read ({reason})") from None
    if len(data) > LARGEST:
        raise BadInput(f"{name}: larger than {LARGEST >> 20} MB")
    if not data:
        raise BadInput(f"{name}: is empty")
    return data
