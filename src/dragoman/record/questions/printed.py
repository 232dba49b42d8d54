"""Answers on a terminal, in 80 columns."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.record.questions.answers import EventLine, PersonShown, Shown, Telling
from dragoman.record.review.correcting import plain
from dragoman.show.terminal import flat

QUOTE = 200  # characters of a quotation in a list


def events(lines: Sequence[EventLine]) -> RenderableType:
    """Events as a list: day, what happened with all that qualifies it, id."""
    if not lines:
        return Text("no event answers to this", style="dim")
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=11)
    table.add_column(overflow="fold", ratio=1)
    table.add_column(width=12)
    table.expand = True
    for one in lines:
        table.add_row(Text(_days(one)), _event(one), Text(one.id, style="dim"))
    return table


def _days(one: EventLine) -> str:
    if not one.day:
        return "no day"
    return one.day if one.day == one.day_to else f"{one.day}\n–{one.day_to}"


def _event(one: EventLine) -> Text:
    said = Text(flat(one.sentence), style="bold red" if one.polarity == "denied" else "bold")
    return said.append(f"\n{flat(qualified(one))}", style="not bold dim default")


def qualified(one: EventLine) -> str:
    """What qualifies an event, in a line."""
    facts = [
        f"{one.kind} ({one.type})",
        one.modality if one.modality != "happened" else "",
        one.polarity if one.polarity != "affirmed" else "",
        one.place or "",
        f"says {one.said_by}" if one.said_by else "",
        f"{one.tellings} reports, {one.sources} independent" if one.tellings > 1 else one.outlet or "",
        f"they differ in {', '.join(one.differ)}" if one.differ else "",
        "unsure" if not one.sure and not one.verdict else "",
        {"accept": "accepted", "reject": "rejected"}.get(one.verdict or "", ""),
    ]
    return " · ".join(fact for fact in facts if fact)


def show(shown: Shown) -> RenderableType:
    """An event with all its evidence."""
    line = shown.line
    notes = {
        "merged": f"{shown.asked} is now a telling of event {shown.id}",
        "retired": f"{shown.asked} is retired: no current reading tells it; it stood so",
    }
    parts: list[RenderableType] = [Text(flat(line.sentence), style="bold")]
    parts.append(Text(f"{shown.id} · {line.day or 'no day'} · {qualified(line)}", style="dim"))
    if shown.status in notes:
        parts.append(Text(notes[shown.status], style="yellow"))
    for one in shown.tellings:
        parts.append(Padding(_telling(one), (1, 0, 0, 0)))
    if shown.decisions:
        parts.append(Padding(Text("Decisions", style="bold"), (1, 0, 0, 0)))
    for decision in shown.decisions:
        value = plain(decision.field, decision.value) if decision.field and decision.value is not None else None
        what = [decision.action, decision.field, f"= {value}" if value is not None else decision.value, decision.note]
        said = f"{decision.id}  {decision.at[:16]}  {decision.by}: {' '.join(flat(part) for part in what if part)}"
        parts.append(Text(f"  {said}{' (undone)' if decision.undone else ''}  {decision.telling}"))
    return Group(*parts)


def _telling(one: Telling) -> RenderableType:
    line = one.line
    head = [line.outlet or "no outlet", line.published or "no date", line.telling]
    parts: list[RenderableType] = [Text(flat(" · ".join(head)), style="bold")]
    for quoted in one.evidence:
        text = Text("  … ", style="dim")
        text.append(flat(quoted.before))
        text.append(" " + flat(quoted.quote) + " ", style="not dim bold italic")
        text.append(flat(quoted.after))
        text.append(f" …  [{quoted.start}–{quoted.end}]")
        parts.append(text)
    facts = [
        ("when", f"{line.day or 'not known'}{f' (“{one.when}”)' if one.when else ''}, {line.dated}"),
        ("says", ", who gives ".join(f"{link.name} ({link.cue or 'no cue'})" for link in one.said)),
        ("about", ", ".join(one.topics)),
        ("unsure", "; ".join(one.doubts)),
        ("read as", one.read if one.corrected else ""),
        ("corrected", ", ".join(one.corrected)),
        ("copy of", one.copy_of or ""),
        ("rule", line.rule),
        ("read by", f"{one.made_by.reader}, {one.made_by.model}, lexicon {one.made_by.lexicon}, {one.made_at[:16]}"),
        *(("joined", f"{why.event}: {why.reason} ({why.by}, {why.at[:16]})") for why in one.joined),
    ]
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=9, style="dim")
    table.add_column(overflow="fold")
    for name, fact in facts:
        if fact:
            table.add_row(name, Text(flat(fact)))
    parts.append(Padding(table, (0, 0, 0, 2)))
    return Group(*parts)


def person(shown: PersonShown) -> RenderableType:
    """A person with spellings, offices and events."""
    line = shown.line
    parts: list[RenderableType] = [Text(flat(line.name), style="bold")]
    parts.append(Text(f"{line.id} · {line.polity_name or 'for nobody known'}", style="dim"))
    for one in shown.spellings:
        if one.id != line.id:
            parts.append(Text(f"  also {flat(one.name)}: {one.reason or 'the same name elsewhere'}"))
    for held in shown.offices:
        days = held.first if held.first == held.last else f"{held.first} to {held.last}"
        times = "1 event" if held.times == 1 else f"{held.times} events"
        parts.append(Text("  " + flat(f"{held.office}, {held.polity_name or '?'}: {days}, {times}")))
    parts.append(Padding(events(shown.events.events), (1, 0, 0, 0)))
    return Group(*parts)


def table(rows: Sequence[Struct]) -> RenderableType:
    """Plain rows: a line for what they are, and their words."""
    if not rows:
        return Text("nothing answers to this", style="dim")
    parts = Table.grid(padding=(0, 2, 0, 0))
    parts.add_column(overflow="fold")
    for row in rows:
        given = {name: getattr(row, name) for name in row.__struct_fields__}
        quote, why = given.pop("quote", None), given.pop("why", None)
        start, end = given.pop("start", None), given.pop("end", None)
        given.pop("speaker", None)  # the name says it
        said = Text(" · ".join(flat(str(value)) for value in given.values() if value is not None), style="dim")
        if why:
            said.append(f"\n{flat(why)}", style="not dim")
        if quote:
            short = flat(quote if len(quote) <= QUOTE else quote[:QUOTE] + " …")
            said.append(f"\n“{short}”  [{start}–{end}]", style="not dim italic")
        parts.add_row(said)
    return parts
