"""Exports: every format is read back by what reads it in the field, and the documentation names its columns."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman import BadInput, Draft, read_all
from dragoman.examples import BRIEF
from dragoman.export import export
from dragoman.export.documented import MARK, document
from dragoman.export.formats import FORMATS
from dragoman.record import Record, add
from dragoman.record.codes import code_entries
from dragoman.record.kinds import types
from dragoman.record.questions import EventFilter, events
from dragoman.record.questions.flat import COLUMNS
from dragoman.record.review import Reviewer

DRAFTS = (
    Draft(BRIEF.read_text(encoding="utf-8"), "2022-07-26", outlet="TOLOnews"),
    Draft("Peru recognised Kosovo on Friday.", "2008-02-25", outlet="AP"),
    Draft("The United States imposed sanctions on Syria on Monday.", "2021-03-03", outlet="AP"),
    Draft("The United States has not imposed sanctions on Chad.", "2021-03-03", outlet="AP"),
    Draft(
        "Qatar's emir met the president of Chad, Mahamat Déby, in Doha on Monday.", "2022-07-26", outlet="A\x0bB\tC"
    ),
)
DOCS = Path(__file__).parent.parent / "docs" / "export.md"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    record = Record(tmp_path_factory.mktemp("record") / "dragoman.db", create=True)
    add(record, [(one, f"report {at}") for at, one in enumerate(read_all(DRAFTS))])
    yield record
    record.close()


def tabbed(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def named(path: Path) -> list[dict[str, str]]:
    head, *rows = tabbed(path)
    return [dict(zip(head, row, strict=True)) for row in rows]


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_csv_has_every_event_with_the_documented_columns(filled: Record, tmp_path: Path) -> None:
    number = export(filled, "csv", tmp_path / "it.csv")
    with (tmp_path / "it.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == number == len(events(filled, limit=1000).events)
    recognition = next(row for row in rows if row["kind"] == "recognition")
    assert (recognition["cameo"], recognition["actor_ids"], recognition["target_ids"]) == ("054", "PER", "XKX")
    assert recognition["quote"] == "Peru recognised Kosovo on Friday"


def test_a_filter_narrows_an_export(filled: Record, tmp_path: Path) -> None:
    assert export(filled, "jsonl", tmp_path / "it.jsonl", EventFilter(kinds=("recognition",))) == 1
    (line,) = lines(tmp_path / "it.jsonl")
    assert line["kind"] == "recognition"


def test_parquet_is_the_same_as_csv_and_says_what_its_columns_mean(filled: Record, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")
    export(filled, "parquet", tmp_path / "it.parquet")
    table = parquet.read_table(tmp_path / "it.parquet")
    assert table.schema.names == list(COLUMNS)
    assert all(table.schema.field(name).metadata[b"description"] for name in COLUMNS)
    assert [row["event_id"] for row in table.to_pylist()] == [
        one.id for one in events(filled, limit=1000, newest=False).events
    ]


def test_polecat_columns_carry_polarity_and_modality(filled: Record, tmp_path: Path) -> None:
    export(filled, "plover", tmp_path / "it.tsv")
    rows = named(tmp_path / "it.tsv")
    assert len({row["Event ID"] for row in rows}) == len(rows)
    assert len(rows[0]) == 40
    planned = next(row for row in rows if "Turkey" in row["Actor Name"] and row["Event Mode"] == "accept-diplomats")
    assert planned["Contexts"] == "planned;affirmed;attributed"
    assert planned["Quad Code"] == "VERBAL COOPERATION"


def test_coded_tables_hold_dyads_of_acts_that_cameo_has(filled: Record, tmp_path: Path) -> None:
    export(filled, "icews", tmp_path / "it.tsv")
    rows = named(tmp_path / "it.tsv")
    assert len(rows[0]) == 20
    assert len({row["Event ID"] for row in rows}) == len(rows)
    assert {row["CAMEO Code"] for row in rows if row["Event ID"]} >= {"054", "163"}
    assert not any(row["Target Name"] == "Chad" and row["CAMEO Code"] == "163" for row in rows)


def test_gdelt_has_61_columns_and_mentions_whose_offsets_hold(filled: Record, tmp_path: Path) -> None:
    export(filled, "gdelt", tmp_path / "it.tsv")
    export(filled, "gdelt-mentions", tmp_path / "mentions.tsv")
    rows, mentions = tabbed(tmp_path / "it.tsv"), tabbed(tmp_path / "mentions.tsv")
    assert {len(row) for row in rows} == {61}
    assert {len(row) for row in mentions} == {16}
    ids = [row[0] for row in rows]
    assert len(set(ids)) == len(ids)
    assert all(0 < int(id) < 2**63 for id in ids)
    assert {row[0] for row in mentions} == set(ids)
    peru = next(row for row in rows if row[5] == "PERGOV")
    assert (peru[1], peru[26], peru[28], peru[29], peru[30]) == ("20080222", "054", "05", "1", "6.0")
    mention = next(row for row in mentions if row[0] == peru[0])
    text = str(DRAFTS[1].source)
    assert text[int(mention[7]) :].startswith("Peru")
    assert text[int(mention[8]) :].startswith("Kosovo")
    assert int(mention[12]) == len(text)


def test_followthemoney_writes_facts_only_of_affirmed_acts_that_happened(filled: Record, tmp_path: Path) -> None:
    export(filled, "ftm", tmp_path / "it.ftm")
    entities = lines(tmp_path / "it.ftm")
    sanctions = [one for one in entities if one["schema"] == "Sanction"]
    assert [one["properties"]["entity"] for one in sanctions if "SYR" in str(one)] == [["dragoman-who-SYR"]]
    assert not any("TCD" in str(one["properties"]["entity"]) for one in sanctions)
    assert any(one["schema"] == "Event" and "denied" in str(one["properties"]["notes"]) for one in entities)
    assert len({one["id"] for one in entities}) == len(entities)


def test_followthemoney_keeps_every_value(filled: Record, tmp_path: Path) -> None:
    ftm = pytest.importorskip("followthemoney", reason="followthemoney (pyicu, libicu-dev) is not installed")
    export(filled, "ftm", tmp_path / "it.ftm")
    for one in lines(tmp_path / "it.ftm"):
        proxy = ftm.model.get_proxy(one, cleaned=False)
        proxy.schema.validate({"properties": proxy.to_dict()["properties"]})
        for name, values in one["properties"].items():
            assert len(proxy.get(name)) == len(set(values)), (one["schema"], name, values)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_graphs_are_read_back_as_they_were(filled: Record, tmp_path: Path, form: str) -> None:
    nx = pytest.importorskip("networkx", reason="the extra `graph` is not installed")
    number = export(filled, form, tmp_path / "it")
    graph = nx.read_graphml(tmp_path / "it") if form == "graphml" else nx.read_gexf(tmp_path / "it")
    assert graph.number_of_edges() == number > 5
    assert graph.nodes["PER"]["label"] == "Peru"
    (edge,) = graph.get_edge_data("PER", "XKX").values()
    assert (edge["kind"], edge["polarity"], edge["day"], edge["claim"]) == (
        "recognition",
        "affirmed",
        "2008-02-22",
        False,
    )


def test_geojson_keeps_events_without_a_place(filled: Record, tmp_path: Path) -> None:
    number = export(filled, "geojson", tmp_path / "it.geojson")
    features = json.loads((tmp_path / "it.geojson").read_text(encoding="utf-8"))["features"]
    assert len(features) == number
    assert any(one["geometry"] is None for one in features)
    doha = next(one for one in features if one["properties"]["place"] == "Doha")
    lon, lat = doha["geometry"]["coordinates"]
    assert abs(lat - 25.3) < 0.3
    assert abs(lon - 51.5) < 0.3


def test_decisions_are_exported(filled: Record, tmp_path: Path) -> None:
    (event,) = events(filled, EventFilter(kinds=("recognition",))).events
    reviewer = Reviewer(filled, "Ada")
    reviewer.note(event.id, "seen")
    export(filled, "decisions", tmp_path / "it.csv")
    with (tmp_path / "it.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["by"], row["action"], row["note"]) for row in rows] == [("Ada", "note", "seen")]


def test_what_cannot_be_written_is_said_in_one_line_and_leaves_nothing(filled: Record, tmp_path: Path) -> None:
    for form, path, said in (
        ("csv", tmp_path / "none" / "it.csv", "cannot be written"),
        ("csv", tmp_path, "is a folder"),
        ("xlsx", tmp_path / "it.xlsx", "no format"),
    ):
        with pytest.raises(BadInput, match=said):
            export(filled, form, path)
    with pytest.raises(BadInput, match="is no kind"):
        export(filled, "csv", tmp_path / "it.csv", EventFilter(kinds=("nothing",)))
    assert list(tmp_path.iterdir()) == []


def test_every_kind_has_codes_and_every_code_an_intensity() -> None:
    entries = code_entries()
    assert entries.kinds.keys() == types().keys()
    used = {code for one in entries.kinds.values() for code in (one.cameo, one.planned, one.requested) if code}
    assert used == entries.goldstein.keys()
    assert {type_ for kinds in types().values() for type_ in kinds} <= {
        type_ for group in entries.quad.values() for type_ in group
    }


def test_the_documentation_names_the_columns_as_they_are() -> None:
    text = DOCS.read_text(encoding="utf-8")
    begin, end = f"<!-- {MARK} -->\n", f"<!-- /{MARK} -->"
    assert text[text.index(begin) + len(begin) : text.index(end)] == document() + "\n"
    assert all(f"`{form}`" in text for form in FORMATS)
