"""An entry in one sentence for people, in the report's words and the codes' names; what is unknown is left away."""

from __future__ import annotations

from onrecord.export.known import Known
from onrecord.model import Attribution, Event, Figure

__all__ = ["bounds", "event_said", "figure_said", "number", "statement_said", "voiced", "when_said"]


def statement_said(known: Known, attribution: Attribution) -> str:
    """Who says what, with the act, through whom, and to whom.

    Example:
        >>> import onrecord
        >>> known = Known(onrecord.annotate("Nine people died, police said."))
        >>> statement_said(known, known.annotated.attributions[0])
        'police [said; asserts]: Nine people died'
    """
    how = [known.words(attribution.cue.spans) or "", f"{'not ' if attribution.negated else ''}{attribution.act}"]
    if addressee := attribution.addressee and known.words(attribution.addressee.spans):
        how.append(f"to {addressee}")
    if chain := known.chain(attribution):
        how.append(f"via {', via '.join(reversed(chain))}")
    if terms := known.words(attribution.source.terms):
        how.append(terms)
    who = known.speaker(attribution) or "nobody named"
    return f"{who} [{'; '.join(how)}]: {known.words(attribution.content.spans)}"


def figure_said(known: Known, figure: Figure) -> str:
    """How many of whom, where and when, and by whose count.

    Example:
        >>> import onrecord
        >>> known = Known(onrecord.annotate("Nine people died, police said."))
        >>> figure_said(known, known.annotated.figures[0])
        'killed: Nine people (9)'
    """
    of = known.participant(figure.of)
    words = figure.text if of is None or of in figure.text else f"{figure.text} {of}"
    place = known.places[figure.place].name if figure.place else None
    said = f"{figure.unit}: {words} ({bounds(figure)})"
    claimant = known.name(figure.claimant)
    return said + _joined((" in ", place), (", ", when_said(known, figure.time)),
                          (", by the count of ", claimant))  # fmt: skip


def event_said(known: Known, event: Event) -> str:
    """Who did what to whom, where and when, and whether it happened."""
    actors = ", ".join(filter(None, map(known.participant, event.actors)))
    recipients = ", ".join(filter(None, map(known.participant, event.recipients)))
    place = known.places[event.place].name if event.place else None
    kind = f"{event.type}{f' ({event.mode})' if event.mode else ''}, {event.modality}: {known.exact(event.trigger)}"
    return kind + _joined((", by ", actors), (", towards ", recipients), (", in ", place),
                          (", ", when_said(known, event.time)))  # fmt: skip


def voiced(known: Known, voice: str) -> str:
    """Who says so, to be put after an entry: the outlet itself, somebody, or nobody."""
    if voice == "narrator":
        return " (in the outlet's own voice)"
    if voice == "unsourced":
        return " (nobody is named)"
    return f" (according to {known.voice(voice) or 'somebody not named'})"


def when_said(known: Known, time: str | None) -> str | None:
    """A stated time in the report's words with its value; None for none."""
    if time is None:
        return None
    found = known.times[time]
    said = ", ".join(filter(None, (found.value, found.mod.lower() if found.mod else None)))
    return f"{known.exact(found.span).strip()} ({said})" if said else known.exact(found.span).strip()


def bounds(figure: Figure) -> str:
    """What number the words allow, as in `9`, `about 30`, `at least 40`, `20 to 30`; `unknown` where none is told.

    Example:
        >>> import onrecord
        >>> [bounds(f) for f in onrecord.annotate("More than 2,800 people died. About 30 were wounded.").figures]
        ['more than 2,800', 'about 30']
    """
    low, high = number(figure.low), number(figure.high)
    if low is None and high is None:
        return "unknown"
    if low is None:
        return f"{'fewer than' if figure.qualifier == 'fewer than' else 'at most'} {high}"
    if high is None:
        return f"{'more than' if figure.qualifier == 'more than' else 'at least'} {low}"
    return f"{'about ' if figure.qualifier == 'about' else ''}{low if low == high else f'{low} to {high}'}"


def number(value: float | None) -> str | None:
    """A number with its thousands apart and without a needless decimal point."""
    return None if value is None else f"{int(value):,}" if value == int(value) else f"{value:,}"


def _joined(*parts: tuple[str, str | None]) -> str:
    return "".join(f"{before}{said}" for before, said in parts if said)
