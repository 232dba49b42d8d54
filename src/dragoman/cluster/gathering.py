"""Gathering: what the readings of an archive say together, before they are loaded.

Tellings are sorted by pair and day and cut into stretches of time that are out of reach of one another
(`dragoman.record.merging.stretches`); only a stretch, and what DuckDB does not put off to the disk, is held at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlalchemy import Connection, func, select

from dragoman.cluster.readings import Readings
from dragoman.record import Record, tables
from dragoman.record.adding import latest
from dragoman.record.merging import Teller, by_polity, gather, reach, stretches

MEMORY = "1GB"  # that DuckDB takes before it puts off to the disk
TOGETHER = 50_000  # rows that are handed over together
FROM = {  # tables of what is gathered: columns of the readings, and names here
    "told": ("origin", "key", "kind", "day", "day_to", "dated", "country"),
    "party": ("num", "entity", "who"),
    "entity": ("id", "kind", "name"),
    "person": ("id", "polity", "name"),
}
ANOTHER = pc.is_valid(pc.field("entity")) & (  # persons act for another, or for nobody known; others need no names
    pc.is_null(pc.field("who")) | (pc.field("entity") != pc.field("who"))
)
LISTS = {"told": "row_telling", "party": "row_party", "entity": "row_entity", "person": "row_person"}
Pair = tuple[str, str, float]  # two reports that are copies, and how like they are
PAIR = pa.schema([("one", pa.string()), ("other", pa.string()), ("likeness", pa.float64())])
STANDS = pa.schema([("file", pa.int64()), ("origin", pa.string()), ("event_id", pa.string()), ("reason", pa.string())])
Row = dict[str, Any]
Taken = Callable[[Readings, str, int], Iterator[tuple[str, pa.Table]]]  # of a file and its place: tables' rows


class _Told(NamedTuple):
    """A telling, as it is sorted."""

    file: int
    origin: str
    key: str
    kind: str
    day: str
    day_to: str
    dated: str
    country: str | None
    report_id: str
    persons: Sequence[Mapping[str, str]] | None


class Archive:
    """An archive's tellings, persons and copies; what is too much for the memory is put off to the disk.

    Parameters
    ----------
    scratch
        A folder with room for them.
    folder, files
        The readings, and the names of their files in the order of loading.

    Notes
    -----
    Which reports there are is known at once; what they tell when it was taken (`take`).  One thread may ask which are
    new, and what stands for them (`sources`), while another takes and gathers.
    """

    def __init__(self, scratch: Path, folder: Readings, files: Sequence[str]) -> None:
        self.database = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(scratch)})
        self.folder, self.files = folder, files
        self._fill(("filed",), _filed)
        # A report that stands in two files is loaded from the first.
        self.database.execute("CREATE TABLE first AS SELECT report, min(file) AS file FROM filed GROUP BY report")

    def take(self) -> None:
        """Take what the reports tell: tellings, parties, entities and persons."""
        self._fill(tuple(FROM), _taken)

    def _fill(self, names: Sequence[str], taken: Taken) -> None:
        held: dict[str, list[pa.Table]] = {name: [] for name in names}
        for at, name in enumerate(self.files):
            for table, rows in taken(self.folder, name, at):
                held[table].append(rows)
            if sum(one.num_rows for one in held[names[0]]) > TOGETHER:
                self._put(held)
        self._put(held)

    def close(self) -> None:
        """Let go of them."""
        self.database.close()

    def compare(self, record: Record) -> tuple[int, int]:
        """Compare the reports with those of a record: how many are new to it, and how many readings it has."""
        schema = pa.schema([("report", pa.string()), ("same", pa.bool_())])
        self._create("known", schema)
        with record.asking() as connection:
            there = connection.scalar(select(func.count()).select_from(tables.reading)) or 0
            if there:
                self._insert("known", schema, self._known(connection))
        asked = "SELECT count(*) FROM first WHERE report NOT IN (SELECT report FROM known)"
        return int(self.database.execute(asked).fetchall()[0][0]), there

    def _known(self, connection: Connection) -> Iterator[tuple[str, bool]]:
        asked = (
            "SELECT report, any_value(made_by) AS made_by FROM filed JOIN first USING (report, file) GROUP BY report"
        )
        for rows in self._rows(asked):
            made = {row["report"]: tuple(row["made_by"].values()) for row in rows}
            for report, maker in latest(connection, list(made)).items():
                yield report, made[report] == maker

    def new(self, file: int) -> set[str]:
        """The reports of a file that the record did not have, if they do not stand in an earlier one too."""
        asked = "SELECT report FROM first WHERE file = ? AND report NOT IN (SELECT report FROM known)"
        return set(self._table(asked, file).column(0).to_pylist())

    def wanted(self, *, new: bool) -> Iterator[tuple[int, list[str]]]:
        """By the places of files, reports that something else read last; with `new`, those too that are new."""
        asked = """
            SELECT file, list(report) FROM first LEFT JOIN known USING (report)
            WHERE NOT coalesce(same, NOT ?) GROUP BY file ORDER BY file
        """
        yield from self.database.cursor().execute(asked, [new]).fetchall()

    def entities(self) -> Iterator[list[Row]]:
        """Entities; of those that share an id, the one whose kind and name sort first."""
        said = "arg_min(kind, kind || name) AS kind, arg_min(name, kind || name) AS name"
        yield from self._rows(f"SELECT id, {said} FROM entity GROUP BY id ORDER BY id")

    def persons(self) -> Iterator[list[Row]]:
        """Spellings of persons; of those that share id and polity, the name that sorts first."""
        yield from self._rows("SELECT id, polity, min(name) AS name FROM person GROUP BY ALL ORDER BY id, polity")

    def settle(self, pairs: Iterable[Pair]) -> None:
        """Find which report stands for all copies of it: the earliest published (`dragoman.record.sources`)."""
        self._create("pair", PAIR)
        self._insert("pair", PAIR, pairs)
        ask = self.database.execute
        ask("CREATE TABLE edge AS SELECT one, other FROM pair UNION SELECT other, one FROM pair")
        ranked = "{'published': coalesce(published, '9999'), 'report': report}"
        ask(f"""
            CREATE TABLE source AS SELECT report, min({ranked}) AS source FROM filed
            WHERE report IN (SELECT one FROM edge) GROUP BY report
        """)
        ask("DELETE FROM edge WHERE NOT (one IN (SELECT report FROM source) AND other IN (SELECT report FROM source))")
        while True:
            ask("""
                CREATE OR REPLACE TABLE nearer AS SELECT one AS report, min(of.source) AS source
                FROM edge JOIN source AS of ON of.report = edge.other GROUP BY one
            """)
            ask("""
                UPDATE source SET source = nearer.source FROM nearer
                WHERE nearer.report = source.report AND nearer.source < source.source
            """)
            if not self.database.fetchall()[0][0]:
                break

    def copies(self) -> Iterator[list[Row]]:
        """The pairs of copies among the reports that are filed, each once."""
        yield from self._rows("""
            SELECT least(one, other) AS report_id, greatest(one, other) AS of_id, max(likeness) AS likeness FROM pair
            WHERE one IN (SELECT report FROM first) AND other IN (SELECT report FROM first) AND one <> other
            GROUP BY ALL ORDER BY ALL
        """)

    def gather(self, persons: Iterable[tuple[str, str, str]]) -> None:
        """Gather tellings into events.

        Parameters
        ----------
        persons
            Of every spelling its id, its polity, and the spelling that stands for the person.
        """
        ask = self.database.execute
        same = pa.schema([("id", pa.string()), ("polity", pa.string()), ("same_as", pa.string())])
        self._create("same", same)
        self._insert("same", same, persons)
        ask("""
            CREATE TABLE named AS
            SELECT file, report, num, list({'polity': polity, 'same_as': same_as}) AS persons
            FROM party JOIN same ON entity = id AND polity = coalesce(who, '') GROUP BY file, report, num
        """)
        self._create("stood", STANDS)
        self._insert("stood", STANDS, self._standing())
        ask("CREATE TABLE stands AS SELECT * FROM stood ORDER BY file")
        ask("DROP TABLE stood")

    def standing(self, files: tuple[int, int]) -> pa.Table:
        """Of the files from one place to another, those tellings that stand in an event that another began."""
        asked = "SELECT origin, event_id, reason FROM stands WHERE file BETWEEN ? AND ?"
        return self._table(asked, *files)

    def sources(self, files: tuple[int, int]) -> pa.Table:
        """Of the files from one place to another, those reports for which another stands."""
        asked = """
            SELECT report, source.source.report AS source FROM source JOIN first USING (report)
            WHERE file BETWEEN ? AND ? AND source.source.report <> report
        """
        return self._table(asked, *files)

    def _standing(self) -> Iterator[tuple[int, str, str, str]]:
        waiting: list[_Told] = []
        for run in stretches(self._crowded()):
            if len(run) > 1:
                waiting += run
            if len(waiting) > TOGETHER:
                yield from _gathered(waiting)
                waiting = []
        yield from _gathered(waiting)

    def _crowded(self) -> Iterator[_Told]:
        """Tellings that are within reach of others of their key, by key and day."""
        cursor = self.database.cursor()
        kinds = [row[0] for row in cursor.execute("SELECT DISTINCT kind FROM told").fetchall()]
        reaching = pa.schema([("kind", pa.string()), ("reach", pa.int64())])
        cursor.execute("DROP TABLE IF EXISTS reaching")
        self._create("reaching", reaching)
        self._insert("reaching", reaching, ((kind, reach(kind)) for kind in kinds))
        asked = cursor.sql("""
            WITH placed AS (
                SELECT told.*, reach, try_cast(day AS DATE) AS begins,
                    try_cast(CASE day_to WHEN '' THEN day ELSE day_to END AS DATE) AS ends
                FROM told JOIN first USING (report, file) JOIN reaching USING (kind) WHERE day <> ''
            ), near AS (
                SELECT *, begins - max(ends) OVER before AS behind, min(begins) OVER after - ends AS ahead FROM placed
                WINDOW own AS (PARTITION BY key ORDER BY day, origin),
                    before AS (own ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
                    after AS (own ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
            )
            SELECT file, origin, key, kind, day, day_to, dated, country, report, persons
            FROM near LEFT JOIN named USING (file, report, num)
            WHERE begins IS NULL OR ends IS NULL OR reach IS NULL OR behind <= reach OR ahead <= reach
            ORDER BY key, day
        """)
        for part in asked.to_arrow_reader(TOGETHER):
            yield from map(_Told._make, zip(*(column.to_pylist() for column in part.columns), strict=True))

    def _rows(self, asked: str) -> Iterator[list[Row]]:
        for part in self.database.cursor().sql(asked).to_arrow_reader(TOGETHER):
            yield part.to_pylist()

    def _table(self, asked: str, *given: int) -> pa.Table:
        return self.database.cursor().sql(asked, params=given).to_arrow_table()

    def _put(self, held: dict[str, list[pa.Table]]) -> None:
        for name, parts in held.items():
            if parts:
                rows = pa.concat_tables(parts)
                self._create(name, rows.schema)
                self.database.from_arrow(rows).insert_into(name)
                parts.clear()

    def _create(self, name: str, schema: pa.Schema) -> None:
        self.database.register("empty", schema.empty_table())
        self.database.execute(f"CREATE TABLE IF NOT EXISTS {name} AS FROM empty")
        self.database.unregister("empty")

    def _insert(self, name: str, schema: pa.Schema, rows: Iterable[Sequence[Any]]) -> None:
        given = iter(rows)
        while part := list(islice(given, TOGETHER)):
            columns = [pa.array([row[at] for row in part], field.type) for at, field in enumerate(schema)]
            self.database.from_arrow(pa.table(columns, schema=schema)).insert_into(name)


def _gathered(told: Sequence[_Told]) -> Iterator[tuple[int, str, str, str]]:
    """Where those tellings stand that do not begin an event."""
    files = {one.origin: one.file for one in told}
    tellers = [
        Teller(
            0,
            one.origin,
            one.key,
            one.kind,
            one.report_id,
            one.day,
            one.day_to,
            one.dated,
            one.country,
            by_polity((each["polity"], each["same_as"]) for each in one.persons) if one.persons else {},
        )
        for one in told
    ]
    for event_id, members in gather(tellers):
        for one, reason in members[1:]:
            yield files[one.origin], one.origin, event_id, reason


def _filed(folder: Readings, name: str, at: int) -> Iterator[tuple[str, pa.Table]]:
    """The reports of a file."""
    with folder.reading(name) as opened:
        part = pq.ParquetFile(opened).read(columns=["report_id", "report.published", "made_by"])
    published = pc.struct_field(part.column("report"), "published")
    told = {"report": part.column("report_id"), "file": _repeated(at, part.num_rows), "published": published}
    yield "filed", pa.table(told | {"made_by": part.column("made_by")})


def _taken(folder: Readings, name: str, at: int) -> Iterator[tuple[str, pa.Table]]:
    """The columns of a file that tell of more than one report, each list's rows under one another."""
    columns = ["report_id"]
    columns += [f"{LISTS[table]}.list.element.{one}" for table, names in FROM.items() for one in names]
    with folder.reading(name) as opened:
        for part in pq.ParquetFile(opened).iter_batches(TOGETHER // 5, columns=columns):
            reports = part.column("report_id")
            for table, names in FROM.items():
                lists = part.column(LISTS[table])
                parents = pc.list_parent_indices(lists)
                rows = pa.Table.from_struct_array(pc.list_flatten(lists)).select(names)
                own = {"report": reports.take(parents), "file": _repeated(at, len(rows))}
                if table == "told":
                    begins = pc.subtract(pa.array(lists.offsets[:-1]), lists.offsets[0])
                    own["num"] = pc.cast(pc.subtract(pa.array(range(len(rows))), begins.take(parents)), pa.int64())
                made = pa.table(own | {one: rows.column(one) for one in names})
                yield table, made.filter(ANOTHER) if table == "party" else made


def _repeated(file: int, many: int) -> pa.Array:
    return pa.repeat(pa.scalar(file, pa.int64()), many)
