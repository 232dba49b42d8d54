"""Cycle: every feed asked once, and what is new in it read into the record."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from dragoman.domain import BadInput
from dragoman.intake import Fetcher, Refused, Taken
from dragoman.intake.answer import Later
from dragoman.intake.collection import answered
from dragoman.intake.found import Entry
from dragoman.intake.limits import LINKED
from dragoman.intake.linked import from_feed, known_by, named_in, told_of
from dragoman.intake.place import Place
from dragoman.record.filing import Filed, file_reports
from dragoman.record.store import Record
from dragoman.watch.visits import GIVEN_UP, Visit, failed, is_due, is_open, keep, stamp, visits

TOGETHER = 16  # pages that are fetched before they are read and kept
MOST = 300  # pages of one feed in one cycle; the others wait for the next
IN_A_ROW = 3  # pages of one feed that fail before the rest of it is left to the next cycle


@dataclass(slots=True)
class Cycle:
    """What came of one cycle; `troubles` are in one line each."""

    feeds: int = 0
    unchanged: int = 0
    failed: int = 0
    waiting: int = 0
    filed: Filed = field(default_factory=Filed)
    troubles: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Watcher:
    """Asks feeds and reads what they name.

    What a feed answered with (its validators) is remembered only when everything that it named is kept or refused for
    good, so that whatever interrupts a cycle loses nothing: the next one asks the same again.

    Parameters
    ----------
    record
        Where reports go, and where visits are remembered.
    fetcher
        Fetches feeds and pages.
    gated, model
        As in `dragoman.record.filing.file_reports`.
    """

    record: Record
    fetcher: Fetcher
    model: str
    gated: bool = True

    def run(self, feeds: Sequence[str], cycle: Cycle) -> None:
        """Ask every feed that is due; one that fails does not stop the others.  `cycle` is counted up as it goes."""
        for url in feeds:
            self._feed(url, cycle, 0)

    def _feed(self, url: str, cycle: Cycle, linked: int) -> None:
        before = visits(self.record, [url]).get(url)
        now = datetime.now(UTC)
        if not is_due(before, now):
            cycle.waiting += 1
            return
        cycle.feeds += 1
        etag, modified = (before.etag, before.modified) if before else (None, None)
        try:
            answer = self.fetcher.get(url, etag=etag, modified=modified)
            if answer.unchanged:
                cycle.unchanged += 1
                keep(self.record, [Visit(url, stamp(now), etag, modified, "unchanged")])
                return
            kind, found, doubt = named_in(answer)
            settled = self._entries(url, kind == "feed", found.entries, doubt, cycle)
            if linked < LINKED:
                for further in found.further:
                    self._feed(further, cycle, linked + 1)
            keep(self.record, [Visit(url, stamp(now), *((answer.etag, answer.modified) if settled else (None, None)))])
        except BadInput as error:
            cycle.failed += 1
            why = str(error).removeprefix(f"{url}: ")
            cycle.troubles.append(f"{url}: {why}")
            keep(self.record, [failed(before, url, why, now, error.after if isinstance(error, Later) else None)])

    def _entries(self, feed: str, is_feed: bool, entries: Sequence[Entry], doubt: str | None, cycle: Cycle) -> bool:
        """Take in the entries that are new; tell whether all are settled."""
        named = {one.url or _key(feed, one): one for one in reversed(entries)}  # the first of those of one address
        before = visits(self.record, list(named))
        now = datetime.now(UTC)
        unsettled = any(one.due is not None and one.failures < GIVEN_UP for one in before.values())
        new = [key for key in reversed(named) if is_open(before.get(key), now)]
        row = 0
        for at in range(0, min(len(new), MOST), TOGETHER):
            items: list[Taken | Refused] = []
            made: list[Visit] = []
            for key in new[at : min(at + TOGETHER, MOST)]:
                visit, found = self._page(feed, key, named[key], before.get(key), is_feed, doubt)
                made.append(visit)
                items += found
                row = row + 1 if visit.due else 0
                if row >= IN_A_ROW:
                    break
            self._file(items, cycle)
            keep(self.record, made)
            unsettled = unsettled or any(one.due for one in made)
            if row >= IN_A_ROW:
                cycle.troubles.append(f"{feed}: {row} pages in a row could not be had; the rest is left for later")
                return False
        return not unsettled and len(new) <= MOST

    def _page(
        self, feed: str, key: str, entry: Entry, before: Visit | None, is_feed: bool, doubt: str | None
    ) -> tuple[Visit, list[Taken | Refused]]:
        """Fetch the page of an entry; where it cannot be had, what the feed itself has of it is taken."""
        now = datetime.now(UTC)
        place = Place(f"{feed}#{entry.url or key.rpartition('#')[2]}", told=told_of(entry), linked=LINKED + 1)
        if entry.url is None:
            one = from_feed(entry, replace(place, doubt=doubt))
            return Visit(key, stamp(now), outcome=_outcome(one)), [one]
        why: str
        try:
            answer = self.fetcher.get(entry.url)
            found = [known_by(one, entry) for one in answered(answer, place)]
            if any(isinstance(one, Taken) for one in found):
                return Visit(key, stamp(now), answer.etag, answer.modified), found
            why = found[0].reason if found and isinstance(found[0], Refused) else "holds no report"
        except Later as error:
            why = str(error).removeprefix(f"{entry.url}: ")
            visit = failed(before, key, why, now, error.after)
            if visit.failures < GIVEN_UP:
                return visit, []
        except BadInput as error:
            why = str(error).removeprefix(f"{entry.url}: ")
        instead = from_feed(entry, replace(place, doubt=doubt)) if is_feed and entry.text else Refused(place.name, why)
        return Visit(key, stamp(now), outcome=why), [instead]

    def _file(self, items: Sequence[Taken | Refused], cycle: Cycle) -> None:
        def refuse(one: Refused) -> None:
            cycle.troubles.append(f"{one.origin}: {one.reason}")

        file_reports(self.record, items, cycle.filed, model=self.model, gated=self.gated, refuse=refuse)


def _key(feed: str, entry: Entry) -> str:
    """What an entry without an address is known by."""
    said = "\0".join([entry.title or "", entry.published or "", entry.text or ""])
    return f"{feed}#{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _outcome(one: Taken | Refused) -> str:
    return one.reason if isinstance(one, Refused) else "taken"
