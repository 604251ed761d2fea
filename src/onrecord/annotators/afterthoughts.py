"""What a clause that commas set off reports: "It failed, they said", "Port to reopen, harbour master says"."""

from __future__ import annotations

from onrecord.annotators.scenes import Scene
from onrecord.model import Span

__all__ = ["set_off"]

_SETTING_OFF = frozenset({",", "-", "–", "—", "--"})


def set_off(stage: Scene, verb: int, first: int, last: int, source: tuple[int, int]) -> list[Span]:
    """What stands before a clause that commas set off, and after it if it stands in the middle."""
    g = stage.g
    unit = stage.units[stage.unit_of[verb]]
    mark = next((t for t in range(first - 1, unit[0], -1) if not g.text[g.starts[t]].isspace()), None)
    if mark is None or g.lower[mark] not in _SETTING_OFF or (verb > source[1] and verb - source[1] > 4):
        return []
    before = g.span(unit[0], mark)
    if unit[0] <= g.head[verb] <= unit[1] and g.head[verb] > verb and g.dep[verb] in {"parataxis", "ccomp"}:
        after = max(last, min(g.right[verb], g.head[verb] - 1)) + 1
        return [before, g.span(after, unit[1])] if after <= unit[1] else []
    if any(
        g.pos[t] in {"VERB", "AUX"} and g.kid(t, "nsubj", "nsubjpass", "expl") is not None for t in range(unit[0], mark)
    ):
        reason = _reason_after(stage, last)
        return [before] if reason is None else [before, g.span(reason, unit[1])]
    return [before] if _ends_headline(stage, verb, mark) else []


def _reason_after(stage: Scene, last: int) -> int | None:
    """The conjunction of a clause that goes on after "he said": "No planes came, he said, because none was near"."""
    g = stage.g
    for token in range(last + 1, min(last + 3, len(g))):
        if g.word[token]:
            goes_on = g.lower[token] in {"because", "unless", "if", "until"} and g.dep[token] == "mark"
            return token if goes_on and stage.unit_of[token] == stage.unit_of[last] else None
    return None


def _ends_headline(stage: Scene, verb: int, mark: int) -> bool:
    """Whether a verb ends the report's first line, as in "Port to reopen, harbour master says"."""
    g = stage.g
    unit = stage.unit_of[verb]
    first, last = stage.units[unit]
    rest = [t for t in range(verb + 1, last + 1) if g.word[t]]
    alone = stage.paragraph_of[unit] == 0 and (
        unit + 1 == len(stage.units)
        or stage.paragraph_of[unit + 1] > 0
        or "\n" in g.text[g.starts[verb] : g.ends[last]]
    )
    return unit == 0 and alone and not rest and sum(g.word[t] for t in range(first, mark)) > 2
