"""A reading on a terminal: what a person wants to look at."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from dragoman.domain import Claim, Event, Finding, Reading
from dragoman.show.phrases import Sayer

WIDTH = 80
VERDICTS = {
    "inconsistent": "bold red",
    "defect": "yellow",
    "ambiguous": "magenta",
    "unresolved": "magenta",
    "consistent": "green",
}
QUOTE = 300  # characters of a quotation that are shown
MOODS = {
    "happened": "",
    "ongoing": "ongoing",
    "planned": "planned",
    "possible": "possible",
    "requested": "asked for",
    "conditional": "conditional",
}


def show(reading: Reading, console: Console) -> None:
    """Print a reading."""
    sayer = Sayer(reading)
    parts: list[RenderableType] = [*_head(reading)]
    if reading.events:
        parts += [_rule("Events"), *(_event(event, sayer) for event in reading.events)]
    if reading.claims:
        parts += [_rule("Who says what"), *_claims(reading, sayer)]
    if reading.findings:
        parts += [_rule("Findings"), *(_finding(one) for one in reading.findings)]
    parts += [Text(), _counts(reading)]
    console.print(Group(*parts))


def _rule(title: str) -> RenderableType:
    return Padding(Rule(title, align="left", style="dim", characters="─"), (1, 0, 0, 0))


def _head(reading: Reading) -> list[RenderableType]:
    report = reading.report
    first = report.title or " ".join(report.text.split()[:12]).rstrip(",;:") + " …"
    facts = [
        report.author and flat(report.author),
        report.outlet,
        f"published {report.published}" if report.published else "no publication date",
        report.id[:12],
    ]
    return [Text(flat(first), style="bold"), Text(" · ".join(fact for fact in facts if fact), style="dim")]


def _event(event: Event, sayer: Sayer) -> RenderableType:
    line = Text(f"{event.id.removeprefix('e'):>3}  ", style="dim")
    body = Text(flat(sayer.sentence(event)), style="bold" if event.polarity == "affirmed" else "bold red")
    lines: list[RenderableType] = [_hang(line, body)]
    marks = [mark for mark in (MOODS[event.modality], "denied" if event.polarity == "denied" else "") if mark]
    facts = [
        ("", " · ".join([f"{event.kind} ({event.type})", *marks])),
        ("when", sayer.when(event.time)),
        ("said", sayer.when(event.said)),
        (
            "where",
            ", ".join(
                dict.fromkeys(
                    part
                    for part in (event.place.name, sayer.name(event.place.country) if event.place.country else None)
                    if part
                )
            )
            if event.place
            else None,
        ),
        ("about", ", ".join(topic.topic.replace("-", " ") for topic in event.topics) or None),
        ("how much", ", ".join(one.text for one in event.quantities) or None),
        ("rank", f"number {event.ordinal}" if event.ordinal else None),
        ("says", sayer.chain(event)),
        ("told before", f"as event {event.same_as.removeprefix('e')}" if event.same_as else None),
        ("unsure", "; ".join(event.doubts) or None),
    ]
    for label, fact in facts:
        if fact:
            style = "dim" if not label else "yellow" if label == "unsure" else ""
            lines.append(
                _hang(Text(f"     {label + '  ' if label else ''}", style="dim"), Text(flat(fact), style=style))
            )
    for span in event.evidence:
        quote = flat(span.quote if len(span.quote) <= QUOTE else span.quote[:QUOTE] + " …")
        lines.append(
            _hang(Text("     "), Text.assemble((f"“{quote}”", "italic"), (f"  [{span.start}–{span.end}]", "dim")))
        )
    return Padding(Group(*lines), (0, 0, 1, 0))


def _hang(label: Text, body: Text) -> RenderableType:
    """A line whose further lines stand under its body, not under its label."""
    from rich.table import Table

    table = Table.grid(padding=0)
    table.add_column(width=max(len(label.plain), 5), no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(label, body)
    return table


def _claims(reading: Reading, sayer: Sayer) -> list[RenderableType]:
    text = reading.report.text

    def speaker(claim: Claim) -> str:
        if claim.source:
            return sayer.name(claim.source)
        return text[claim.source_span.start : claim.source_span.end] if claim.source_span else "nobody named"

    parts: list[RenderableType] = []
    for name, claims in groupby(reading.claims, key=speaker):
        parts.append(Text(flat(name), style="bold"))
        for claim in claims:
            content = text[claim.content.start : claim.content.end]
            cue = text[claim.cue.start : claim.cue.end] if claim.cue else "goes on"
            shown = flat(content if len(content) <= QUOTE else content[:QUOTE] + " …")
            body = Text.assemble(
                (f"{flat(cue)}: ", "dim"), shown, (f"  [{claim.content.start}–{claim.content.end}]", "dim")
            )
            parts.append(_hang(Text("     "), body))
    return parts


def _finding(finding: Finding) -> RenderableType:
    body = Text.assemble(
        (f"{finding.kind}: {finding.verdict}", VERDICTS.get(finding.verdict, "")),
        (
            f"  “{flat(finding.quote[:90])}{'…' if len(finding.quote) > 90 else ''}”" if finding.quote else "",
            "italic",
        ),
        f"  {flat(finding.why)}",
    )
    return _hang(Text("  •  ", style="dim"), body)


def _counts(reading: Reading) -> Text:
    counts = [
        _count(len(reading.events), "event"),
        _count(len(reading.claims), "claim"),
        _count(len(reading.findings), "finding"),
        _count(len(reading.passages), "passage"),
    ]
    return Text(" · ".join(counts), style="dim")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def flat(text: str) -> str:
    """One line, without what would steer a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))
