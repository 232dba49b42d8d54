"""SQL: questions to Parquet readings, without a server (DuckDB)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dragoman.domain import BadInput

ABOUT = "r.report_id, r.month, r.report.published AS published, r.report.outlet AS outlet"
# Each list of the contract is a view of its own, a row an item.
VIEWS: Mapping[str, str] = {
    "readings": "SELECT * FROM read_parquet('{files}', hive_partitioning = true, hive_types = {{'month': 'VARCHAR'}})",
    **{
        name: f"SELECT {ABOUT}, item.* FROM readings r, unnest(r.{name}) AS listed(item)"
        for name in ("events", "claims", "mentions", "entities", "findings", "passages", "times", "quantities")
    },
    "parties": " UNION ALL ".join(
        f"SELECT {ABOUT}, event.id AS event, event.kind AS kind, '{role}' AS role, item.* "
        f"FROM readings r, unnest(r.events) AS told(event), unnest(event.{column}) AS listed(item)"
        for role, column in (("actor", "actors"), ("target", "targets"), ("about", "about"))
    ),
    "evidence": f"SELECT {ABOUT}, event.id AS event, event.kind AS kind, item.* "
    "FROM readings r, unnest(r.events) AS told(event), unnest(event.evidence) AS listed(item)",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Names of columns and the rows below them, as they come."""

    columns: Sequence[str]
    rows: Iterator[tuple[Any, ...]]


def ask(question: str, folder: Path) -> Answer:
    """Ask a question of the readings in a folder.

    Parameters
    ----------
    question
        SQL, over the views of `VIEWS`.
    folder
        Where ``dragoman add --ray`` put its readings.

    Raises
    ------
    BadInput
        When there are no readings, or DuckDB does not understand the question.
    """
    if not any(folder.glob("readings/month=*/*.parquet")):
        raise BadInput(f"{folder}: no readings are there; dragoman add --ray makes them")
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    pattern = str(folder / "readings" / "month=*" / "*.parquet").replace("'", "''")
    try:
        for name, view in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {view.format(files=pattern) if name == 'readings' else view}")
        asked = connection.execute(question)
    except duckdb.Error as error:
        raise BadInput(f"DuckDB: {str(error).splitlines()[0]}") from None
    columns = [one[0] for one in asked.description or ()]

    def rows() -> Iterator[tuple[Any, ...]]:
        while found := asked.fetchmany(1000):
            yield from found

    return Answer(columns, rows())
