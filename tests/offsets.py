"""What holds of the offsets of every reading."""

from __future__ import annotations

from dragoman import Reading


def assert_offsets_hold(reading: Reading) -> None:
    """Every quoted stretch is the text between its offsets, and every span lies within the text."""
    text = reading.report.text
    spans = [(one.start, one.end) for one in reading.passages]
    for event in reading.events:
        for evidence in event.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote
        spans += [(one.start, one.end) for one in (*event.actors, *event.targets, *event.about)]
        spans += [(one.start, one.end) for one in event.topics]
        spans += [(one.at.start, one.at.end) for one in (event.time, event.said) if one]
        spans += [(event.place.start, event.place.end)] if event.place else []
        links = [span for link in event.attribution for span in (link.source_span, link.cue_span) if span]
        spans += [(one.start, one.end) for one in links]
    for claim in reading.claims:
        spans += [(one.start, one.end) for one in (claim.content, claim.cue, claim.source_span) if one]
    for mention in reading.mentions:
        assert text[mention.start : mention.end] == mention.text
    for time in reading.times:
        assert text[time.at.start : time.at.end] == time.text
    for quantity in reading.quantities:
        assert text[quantity.start : quantity.end] == quantity.text
    for finding in reading.findings:
        assert text[finding.start : finding.end] == finding.quote
    assert all(0 <= start <= end <= len(text) for start, end in spans)
