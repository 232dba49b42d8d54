"""The walk: a person goes through unsure events on the terminal, one after the other."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console
from rich.rule import Rule

from dragoman.domain import BadInput
from dragoman.record.questions import EventFilter, show
from dragoman.record.questions.answers import EventLine, Shown
from dragoman.record.questions.flat import written
from dragoman.record.questions.printed import show as printed
from dragoman.record.review.correcting import FIELDS
from dragoman.record.review.queue import unsure
from dragoman.record.review.reviewing import Reviewer

HELP = "a accept  r reject  c correct  m merge  s split  n note  u undo  k skip  q quit"
Ask = Callable[[str], str]  # a question to the person; raises EOFError at the end


class Walk:
    """One person's way through the queue.

    Parameters
    ----------
    reviewer
        In whose name decisions are made.
    given
        Which unsure events.
    console, ask
        Where events are shown, and how the person is asked.
    """

    def __init__(self, reviewer: Reviewer, given: EventFilter, console: Console, ask: Ask) -> None:
        self.reviewer, self.given, self.console, self.ask = reviewer, given, console, ask
        self.decided = 0

    def go(self) -> int:
        """Go through the queue; how many decisions were made."""
        after: str | None = None
        try:
            while True:
                page = unsure(self.reviewer.record, self.given, after=after)
                if not page.events:
                    self.console.print("nothing is left to review")
                    return self.decided
                if not self._event(page.events[0].id):
                    return self.decided
                after = page.next
                if after is None:
                    self.console.print("that was the last one")
                    return self.decided
        except (EOFError, KeyboardInterrupt):
            return self.decided

    def _event(self, id: str) -> bool:
        """Ask about one event until the person goes on; False to stop."""
        self.console.print(Rule(style="dim"))
        shown = show(self.reviewer.record, id)
        self.console.print(printed(shown))
        while True:
            answer = self.ask(HELP).strip().lower()
            if answer in ("q", "quit"):
                return False
            if answer in ("k", "skip", ""):
                return True
            try:
                if self._decide(answer[:1], shown):
                    return True
                shown = show(self.reviewer.record, id)
                self.console.print(printed(shown))
            except BadInput as error:
                self.console.print(str(error), markup=False, style="red")

    def _decide(self, key: str, shown: Shown) -> bool:
        """Do what was asked; True when the event is done with."""
        match key:
            case "a":
                self.reviewer.accept(shown.id)
            case "r":
                self.reviewer.reject(shown.id, self.ask("why (may be empty)").strip() or None)
            case "c":
                self._correct(shown.line)
            case "m":
                self.reviewer.merge(shown.id, self.ask("the id of the event that it is one with").strip())
            case "s":
                self.reviewer.split(self.ask("the id of the telling that is of another event").strip())
            case "n":
                self.reviewer.note(shown.id, self.ask("note"))
            case "u":
                self.reviewer.undo()
            case _:
                raise BadInput(f"{key!r} is none of {HELP}")
        self.decided += 1
        return key in "arm"

    def _correct(self, line: EventLine) -> None:
        name = self.ask(f"field ({', '.join(FIELDS)})").strip().lower()
        before = {"actors": written(line.actors), "targets": written(line.targets)}
        known = before.get(name) or getattr(line, name, "") or "nothing"
        self.reviewer.correct(line.id, name, self.ask(f"{name} is {known}; it should be"))
