"""GraphML and GEXF: who acts on whom; a node for each polity, regime, organization or person, an edge for each event.

Both writers of networkx raise on None and XML holds no control characters: values are made plain first.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman.domain import BadInput
from dragoman.export.actors import known, pairs
from dragoman.record.questions.answers import EventLine, Part
from dragoman.record.questions.flat import flat

EDGE = (
    *("event_id", "kind", "type", "modality", "polarity", "day", "day_to", "country", "said_by", "claim", "sure"),
    *("tellings", "sources", "sentence", "outlet", "quote", "goldstein"),
)


def write(path: Path, lines: Iterable[EventLine], *, gexf: bool) -> int:
    """Write a graph; how many edges it has.

    Raises
    ------
    BadInput
        When networkx is not installed.
    """
    try:
        import networkx as nx
    except ImportError:
        raise BadInput("graphs need networkx: pip install 'dragoman[graph]'") from None
    graph = nx.MultiDiGraph()
    number = 0
    for line in lines:
        for place, (actor, target) in enumerate(pairs(line)):
            if actor is None or target is None:
                continue
            ends = [_node(graph, part) for part in (actor, target)]
            if None in ends:
                continue
            graph.add_edge(*ends, key=f"{line.id}/{place}", **_edge(line))
            number += 1
    (nx.write_gexf if gexf else nx.write_graphml)(graph, path)
    return number


def _node(graph: Any, part: Part) -> str | None:
    id = part.who or part.entity
    if id is None:
        return None
    one = known(part)
    name = (part.who_name if part.who else part.name) or id
    graph.add_node(plain(id), label=plain(name), kind=one.kind if one else "person" if not part.who else "other")
    return plain(id)


def _edge(line: EventLine) -> dict[str, str | int | float | bool]:
    row = flat(line)
    found: dict[str, str | int | float | bool] = {}
    for name in EDGE:
        value = row[name]
        if isinstance(value, str):
            found[name] = plain(value)
        elif value is not None:
            found[name] = value
    return found


def plain(said: str) -> str:
    """Text that XML 1.0 can hold."""
    return "".join(sign if _allowed(ord(sign)) else " " for sign in said)


def _allowed(code: int) -> bool:
    return code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF
