"""Tables of the record.

The **ledger** is append-only: rows are inserted (by `dragoman.record.ledger.append`, which seals them), never
changed, and the database itself refuses anything else (`guards`).  The **index** is derived from the ledger and can be
made anew from it at any time (`dragoman.record.indexing.rebuild`); only there a row may change, when a newer reading
supersedes it, when the merging moves it to another event, or when a reviewer decides on it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    and_,
    func,
    literal_column,
)

metadata = MetaData()
Number = BigInteger().with_variant(Integer, "sqlite")

# -- the ledger

seal = Table(  # one for every append: who wrote which rows with what, chained by hashes
    "seal",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("by", Text, nullable=False),
    Column("maker", Text, nullable=False),  # versions of Dragoman and its lexicon
    Column("into", String(16), nullable=False),  # the table
    Column("rows", Integer, nullable=False),
    Column("digest", String(64), nullable=False),  # SHA-256 of the rows
    Column("hash", String(64), nullable=False),  # SHA-256 of the hash before and all of the above
)
original = Table(  # the bytes that reports were taken from
    "original",
    metadata,
    Column("id", String(64), primary_key=True),  # SHA-256 of the bytes
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the bytes, deflated
    Column("seal", Number, nullable=False, index=True),
)
report = Table(
    "report",
    metadata,
    Column("id", String(16), primary_key=True),  # of the text and where it came from
    Column("digest", String(64), nullable=False),  # SHA-256 of the canonical text
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("url", Text),
    Column("published", Text),
    Column("language", String(16), nullable=False),
    Column("dated_by", String(16)),  # what the day of publication was told by
    Column("original_id", ForeignKey("original.id"), index=True),
    Column("form", String(8)),  # how the text is taken from the original: text, html, pdf, mail, entry or row
    Column("charset", Text),  # declared with the original
    Column("part", Text),  # which part of it holds the text
    Column("origin", Text, nullable=False),  # the file, line or address it was added from
    Column("added_at", String(32), nullable=False),
    Column("added_by", Text, nullable=False),
    Column("seal", Number, nullable=False, index=True),
    Index("report_added", "added_at", "id"),
)
reading = Table(
    "reading",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("report_id", ForeignKey("report.id"), nullable=False, index=True),
    Column("reader", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("lexicon", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the JSON contract without the report's text, deflated
    Column("seal", Number, nullable=False, index=True),
)
decision = Table(
    "decision",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("by", Text, nullable=False),
    Column("action", String(16), nullable=False),  # accept, reject, correct, split, merge, note, undo
    Column("origin", String(12), nullable=False, index=True),  # the telling decided on
    Column("field", String(32)),
    Column("value", Text),
    Column("note", Text),
    Column("undoes", Number),
    Column("seal", Number, nullable=False, index=True),
)
joined = Table(  # why a telling stands in an event that another telling began
    "joined",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("by", Text, nullable=False),
    Column("origin", String(12), nullable=False, index=True),
    Column("event_id", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("seal", Number, nullable=False, index=True),
)
copy = Table(  # near-duplicates: both are of one source
    "copy",
    metadata,
    Column("report_id", ForeignKey("report.id"), primary_key=True),
    Column("of_id", ForeignKey("report.id"), primary_key=True),
    Column("likeness", Float, nullable=False),  # Jaccard of the shingles, 0 to 1
    Column("at", String(32), nullable=False),
    Column("seal", Number, nullable=False, index=True),
)
sameness = Table(  # two spellings of one person, or, by a reviewer, two persons
    "sameness",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("by", Text, nullable=False),
    Column("one", Text, nullable=False, index=True),
    Column("other", Text, nullable=False, index=True),
    Column("same", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("seal", Number, nullable=False, index=True),
)
audit = Table(  # what was done through the desk, or to its users
    "audit",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("by", Text, nullable=False),
    Column("address", Text, nullable=False),  # where it came from
    Column("act", String(24), nullable=False),
    Column("what", Text, nullable=False),
    Column("seal", Number, nullable=False, index=True),
)
LEDGER = (original, report, reading, decision, joined, copy, sameness, audit, seal)

# -- the index

entity = Table(
    "entity",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
)
person = Table(  # a spelling of a person's name, for a polity ("" where none is known)
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    Column("polity", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("same_as", Text, nullable=False, index=True),  # the spelling that stands for the person
    Column("reason", Text),  # why, where that is another
)
telling = Table(  # one act, as one report tells it
    "telling",
    metadata,
    Column("num", Number, primary_key=True, autoincrement=False),
    Column("origin", String(12), nullable=False, index=True),  # stable over readings of the same report
    Column("event_id", String(12), nullable=False, index=True),
    Column("key", Text, nullable=False),  # what it must share with others to be one event with them
    Column("report_id", ForeignKey("report.id"), nullable=False, index=True),
    Column("reading_id", ForeignKey("reading.id"), nullable=False, index=True),
    Column("n", Integer, nullable=False),  # which event of the reading
    Column("kind", String(32), nullable=False),
    Column("type", String(16), nullable=False),
    Column("modality", String(12), nullable=False),
    Column("polarity", String(8), nullable=False),
    Column("day", String(10), nullable=False),  # first day; "" where nothing is known
    Column("day_to", String(10), nullable=False),
    Column("dated", String(12), nullable=False),  # told, published or unknown
    Column("place", Text),
    Column("country", Text),
    Column("said_by", Text),  # outermost speaker, None where the report itself tells it
    Column("claim", Boolean, nullable=False),
    Column("sure", Boolean, nullable=False),
    Column("outlet", Text),
    Column("source", String(16), nullable=False),  # the report that stands for all copies of it
    Column("published", Text),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("added_at", String(32), nullable=False),
    Column("superseded_at", String(32)),
    Column("verdict", String(8)),  # accept or reject, by a reviewer
    Index("telling_key", "key", "day"),
    Index("telling_kind", "kind", "day", "num"),
    Index("telling_type", "type", "day", "num"),
    Index("telling_day", "day", "num"),
)


def unsure(telling: FromClause) -> ColumnElement[bool]:
    """That a telling stands, is in doubt, and nobody decided on it."""
    return and_(telling.c.sure.is_(False), telling.c.verdict.is_(None), telling.c.superseded_at.is_(None))


USUAL = {"modality": "happened", "polarity": "affirmed"}  # what most tellings are: these stand in no index


def unusual(row: FromClause, name: str) -> ColumnElement[bool]:
    """That the modality or polarity of a telling is another than that of most, as the index of these has it."""
    return row.c[name] != literal_column(f"'{USUAL[name]}'")


def _by_day(name: str, where: ColumnElement[bool], *first: ColumnElement[Any]) -> None:
    """Make an index of those tellings of which something is so, in the order of their days."""
    Index(f"telling_{name}", *first, telling.c.day, telling.c.num, sqlite_where=where, postgresql_where=where)


for _name in ("verdict", "country"):  # few tellings have one
    _by_day(_name, telling.c[_name].is_not(None), telling.c[_name])
_by_day("unsure", unsure(telling))
for _name in USUAL:
    _by_day(_name, unusual(telling, _name), telling.c[_name])
for _name in ("place", "outlet"):
    _lower = func.lower(telling.c[_name])
    _by_day(_name, _lower.is_not(None), _lower)
party = Table(
    "party",
    metadata,
    Column("num", Number, primary_key=True),  # of the telling
    Column("role", String(8), primary_key=True),  # actor, target or about
    Column("place", Integer, primary_key=True),
    Column("who", Text),  # the polity, regime, organization or body that acts
    Column("entity", Text),
    Column("office", Text),
    Column("kind", String(32), nullable=False),
    Column("day", String(10), nullable=False),
    Index("party_who", "who", "day", "num", "role"),
    Index("party_who_kind", "who", "kind", "day", "num", "role"),
)


def another(row: FromClause) -> ColumnElement[bool]:
    """That who takes part acts for another or for nobody known, as all persons do."""
    return row.c.entity.is_distinct_from(row.c.who)


Index(
    "party_entity",
    *(party.c[name] for name in ("entity", "day", "num", "role")),
    sqlite_where=another(party),
    postgresql_where=another(party),
)
_STEP = ("implied", "claim", "day", "num", "superseded_at")
step = Table(  # what a telling says of the standing of one polity with another
    "step",
    metadata,
    Column("num", Number, primary_key=True),  # of the telling
    Column("place", Integer, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("toward", Text, nullable=False),
    Column("axis", String(16), nullable=False),  # recognition, representation or sanctions
    Column("level", String(20), nullable=False),
    Column("way", String(8), nullable=False),  # up, down
    Column("held", String(8), nullable=False),  # held, expected, asked, denied
    Column("implied", Boolean, nullable=False),
    Column("claim", Boolean, nullable=False),
    Column("said_by", Text),
    Column("day", String(10), nullable=False),
    Column("published", Text),
    Column("added_at", String(32), nullable=False),
    Column("superseded_at", String(32)),
    # Whole steps stand in these indexes: standing is asked of them alone.
    Index("step_toward", "toward", "axis", "level", "way", "held", "holder", *_STEP),
    Index("step_holder", "holder", "axis", "level", "way", "held", "toward", *_STEP),
)
claim = Table(
    "claim",
    metadata,
    Column("num", Number, primary_key=True, autoincrement=False),
    Column("report_id", ForeignKey("report.id"), nullable=False, index=True),
    Column("reading_id", ForeignKey("reading.id"), nullable=False, index=True),
    Column("speaker", Text),
    Column("speaker_text", Text),
    Column("cue", Text),
    Column("manner", String(8), nullable=False),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("day", String(10), nullable=False),
    Column("superseded_at", String(32)),
    Index("claim_speaker", "speaker", "day", "num"),
    Index("claim_day", "day", "num"),
)
finding = Table(
    "finding",
    metadata,
    Column("num", Number, primary_key=True, autoincrement=False),
    Column("report_id", ForeignKey("report.id"), nullable=False, index=True),
    Column("reading_id", ForeignKey("reading.id"), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("superseded_at", String(32)),
    Index("finding_kind", "kind", "num"),
)
band = Table(  # MinHash bands of a report, to find its copies
    "band",
    metadata,
    Column("band", BigInteger, primary_key=True),
    Column("report_id", String(16), primary_key=True),
)
syndication = Table(  # the report that stands for all copies of a report; itself where it has none
    "syndication",
    metadata,
    Column("report_id", ForeignKey("report.id"), primary_key=True),
    Column("source", String(16), nullable=False, index=True),
)
INDEX = (entity, person, telling, party, step, claim, finding, band, syndication)

# -- neither of the ledger nor of the index: what was fetched when, what is being loaded

visit = Table(
    "visit",
    metadata,
    Column("url", Text, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("etag", Text),
    Column("modified", Text),  # Last-Modified of the answer
    Column("outcome", Text, nullable=False),  # taken, unchanged, or in one line why not
    Column("failures", Integer, nullable=False),  # in a row
    Column("due", String(32)),  # when to try again; None where it need not be
)


loading = Table(  # one row while a load in bulk is not finished (`dragoman.record.bulk`)
    "loading",
    metadata,
    Column("since", Number, primary_key=True, autoincrement=False),  # the last reading before it
    Column("at", String(32), nullable=False),
    Column("by", Text, nullable=False),
)


def guards(dialect: str) -> list[str]:
    """SQL that makes the database refuse to change or delete a row of the ledger."""
    if dialect == "sqlite":
        return [
            f'CREATE TRIGGER {table.name}_keeps_{act.lower()} BEFORE {act} ON "{table.name}" '
            f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            for table in LEDGER
            for act in ("UPDATE", "DELETE")
        ]
    function = (
        "CREATE FUNCTION keep_ledger() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
    )
    return [
        function,
        *(
            f'CREATE TRIGGER keeps_{act[:6].lower()} BEFORE {act} ON "{table.name}" '
            f"FOR EACH {per} EXECUTE FUNCTION keep_ledger()"
            for table in LEDGER
            for act, per in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT"))
        ),
    ]


def searchable(dialect: str) -> list[str]:
    """SQL for the text search over what tellings quote (FTS5 on SQLite, tsvector on PostgreSQL).

    Both take words by their stems and leave no word out, so that the same question has the same answer on both.
    """
    if dialect == "sqlite":
        return [
            "CREATE VIRTUAL TABLE told USING fts5("
            "quote, content='telling', content_rowid='num', tokenize='porter unicode61 remove_diacritics 2')"
        ]
    return [
        "CREATE TEXT SEARCH DICTIONARY dragoman_stem (TEMPLATE = snowball, LANGUAGE = english)",
        "CREATE TEXT SEARCH CONFIGURATION dragoman (COPY = english)",
        "ALTER TEXT SEARCH CONFIGURATION dragoman ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, "
        "word, hword, hword_part WITH dragoman_stem",
        "CREATE INDEX told ON telling USING gin (to_tsvector('dragoman', quote))",
    ]
