"""Quotations and the verbs that they belong to: "...," she said; he said: "..."; "...," said Smith, "..."."""

from __future__ import annotations

from itertools import accumulate

from onrecord.annotators.grammar import Grammar
from onrecord.annotators.scenes import Scene
from onrecord.annotators.subjects import name_of, subject

__all__ = ["alone", "quoted_by"]

#: How many tokens may stand between a verb and the quotation that it introduces.
REACH = 30

#: How many tokens a speaker's name and office may take between a quotation and its verb.
LONGEST_NAME = 14

_NOMINAL = frozenset({"PROPN", "NOUN", "PRON", "DET", "ADJ", "ADP", "NUM", "PART", "CCONJ"})
_ASIDE = frozenset(
    {"prep", "npadvmod", "advmod", "dobj", "dative", "prt", "punct", "cc", "mark", "advcl", "acl", "aux"}
)


def quoted_by(scene: Scene) -> dict[int, list[int]]:
    """For each verb that introduces or closes quotations, by token, the indexes of those quotations, in order."""
    claimed: dict[int, list[int]] = {}
    by_unit: dict[int, list[int]] = {}
    for index, quotation in enumerate(scene.quotations):
        if scene.full[index]:
            by_unit.setdefault(scene.unit_of[scene.g.at(quotation.span[0])], []).append(index)
    previous: int | None = None
    for unit, held in by_unit.items():
        verbs = _verbs(scene, unit)
        for index in held:
            verb = _verb_of(scene, index, verbs)
            if verb is None and previous is not None and _resumes(scene, index, previous, claimed):
                verb = previous
            if verb is None and (previous is None or not verbs or not _same_speech(scene, index, previous)):
                verb = _announced(scene, index, unit)
            if verb is None and not verbs:
                verb = (
                    previous if _goes_on(scene, index, unit, previous, claimed) else _closing_before(scene, index, unit)
                )
            if verb is not None:
                claimed.setdefault(verb, []).append(index)
                previous = verb
    return _with_earlier_paragraphs(scene, claimed)


def _resumes(scene: Scene, index: int, previous: int, claimed: dict[int, list[int]]) -> bool:
    """Whether a quotation in mid-sentence goes on, in small letters, with one of the same sentence before it."""
    g, span = scene.g, scene.quotations[index].span
    same = scene.unit_of[g.at(span[0])] == scene.unit_of[previous] and claimed[previous][-1] == index - 1
    return same and g.text[scene.quotations[index].inner[0]].islower()


def _with_earlier_paragraphs(scene: Scene, claimed: dict[int, list[int]]) -> dict[int, list[int]]:
    """With the paragraphs that were left open before a quotation whose speaker is named at its end."""
    owned = {index for held in claimed.values() for index in held}
    for held in claimed.values():
        first = held[0]
        while first > 0 and scene.quotations[first - 1].continues and first - 1 not in owned:
            first -= 1
            held.insert(0, first)
    return claimed


def _verbs(scene: Scene, unit: int) -> list[int]:
    """Verbs of a unit, outside quotations, that can introduce one."""
    g = scene.g
    first, last = scene.units[unit]
    out = []
    for token in range(first, last + 1):
        if g.pos[token] not in {"VERB", "NOUN", "PROPN"} or scene.quoted(token):
            continue
        found = g.cue("verb", name_of(g, token)) if g.pos[token] == "VERB" else g.cue("verb", g.lower[token][:-1])
        if found is not None and found.speaks and (g.pos[token] == "VERB" or g.lower[token].endswith("s")):
            out.append(token)
    return out


def _verb_of(scene: Scene, index: int, verbs: list[int]) -> int | None:
    g, quotation = scene.g, scene.quotations[index]
    first, last = g.at(quotation.span[0]), g.before(quotation.span[1])
    for verb in verbs:
        if verb > last:
            if _closes(scene, last, verb):
                return _passed_on(g, verb)
            break
    for verb in reversed(verbs):
        if verb < first:
            if _introduces(scene, verb, first):
                return verb
            break
    return _before_colon(scene, scene.units[scene.unit_of[first]][0], first - 1)


def _passed_on(g: Grammar, verb: int) -> int:
    """The verb of who said it, where another passes it on: "the BBC quoted an officer as [saying]"; else the verb."""
    as_ = next((k for k in g.kids[verb] if g.lower[k] == "as"), None) if g.lemma[verb] in {"quote", "cite"} else None
    said = None if as_ is None else g.kid(as_, "pcomp")
    return verb if said is None or g.cue("verb", name_of(g, said)) is None else said


def _before_colon(scene: Scene, first: int, last: int) -> int | None:
    """The verb of a clause that ends in a colon; any verb with a subject of its own will do there."""
    g = scene.g
    while last > first and g.text[g.starts[last]].isspace():
        last -= 1
    if last < first or g.lower[last] != ":":
        return None
    for token in range(last, max(first, last - REACH) - 1, -1):
        if scene.quotation_of[token] >= 0:
            return None
        if g.pos[token] == "VERB" and g.dep[token] not in {"relcl", "acl", "amod"} and subject(g, token) is not None:
            return token
    return None


def _closes(scene: Scene, last: int, verb: int) -> bool:
    """Whether nothing but the speaker stands between the end of a quotation and a verb without a clause of its own.

    '"Who will pay?" He said that it was late' are two sentences, whatever the signs between them.
    """
    g = scene.g
    if g.lower[verb + 1 : verb + 2] == ["that"]:
        return False
    named = [k for k in g.kids[verb] if g.dep[k] in {"nsubj", "nsubjpass"}]  # "the agency Jana" may be two of them
    found = named[0] if named else None
    between = [t for t in range(last + 1, verb) if g.word[t] and g.dep[t] not in {"aux", "neg", "advmod", "auxpass"}]
    if not between:
        return True
    if found is not None and last < found < verb:
        held = [range(g.left[k], g.right[k] + 1) for k in named]
        return all(any(t in part for part in held) for t in between) and not any(scene.quoted(t) for t in between)
    if len(between) > LONGEST_NAME or (not g.text[g.starts[between[0]]].isupper() and len(between) > 4):
        return False
    return all(g.pos[t] in _NOMINAL for t in between)


def _introduces(scene: Scene, verb: int, first: int) -> bool:
    """Whether a verb leads up to a quotation: what stands between depends on it, or a comma or colon ends it."""
    g = scene.g
    if first - verb > REACH or any(scene.quoted(t) for t in range(verb, first)):
        return False
    between = [t for t in range(verb + 1, first) if g.word[t]]
    if not between:
        return True
    mark = next((g.lower[t] for t in range(first - 1, verb, -1) if not g.text[g.starts[t]].isspace()), "")
    if mark == ":":
        return True
    rivals = [t for t in between if g.pos[t] in {"VERB", "AUX"} and g.kid(t, "nsubj", "nsubjpass") is not None]
    if g.lower[between[-1]] in {"that", "as"}:
        return not rivals
    if mark == ",":
        return not rivals or all(g.dep[t] in {"relcl", "advcl", "acl"} for t in rivals)
    return not rivals and all(g.dep[t] in _ASIDE or g.head[t] >= verb for t in between) and len(between) < 12


def _announced(scene: Scene, index: int, unit: int) -> int | None:
    """The verb of the unit before, if that unit ends in a colon and this one starts with the quotation."""
    g = scene.g
    if unit == 0 or g.at(scene.quotations[index].span[0]) != _first_word(g, scene.units[unit]):
        return None
    return _before_colon(scene, *scene.units[unit - 1])


def _first_word(g: Grammar, unit: tuple[int, int]) -> int:
    token = unit[0]
    while token < unit[1] and g.text[g.starts[token]].isspace():
        token += 1
    return token


def _same_speech(scene: Scene, index: int, previous: int) -> bool:
    unit = scene.unit_of[scene.g.at(scene.quotations[index].span[0])]
    return scene.paragraph_of[unit] == scene.paragraph_of[scene.unit_of[previous]]


def _goes_on(scene: Scene, index: int, unit: int, previous: int | None, claimed: dict[int, list[int]]) -> bool:
    """Whether a quotation that is a unit by itself goes on with what the last verb introduced.

    It does right after that verb's sentence in the same paragraph, after its earlier quotation, or over the paragraph's
    end where the quotation before was left open.
    """
    if previous is None or not claimed.get(previous):
        return False
    before = claimed[previous][-1]
    if scene.quotations[before].continues and before + 1 == index:
        return True
    g, span = scene.g, scene.quotations[index].span
    if g.at(span[0]) > _first_word(g, scene.units[unit]):
        return False
    last = max(scene.unit_of[previous], scene.unit_of[g.at(scene.quotations[before].span[0])])
    if unit - last != 1 or subject(g, previous) is None:
        return False
    return scene.paragraph_of[unit] == scene.paragraph_of[last] or _fills_unit(scene, index, unit)


def _fills_unit(scene: Scene, index: int, unit: int) -> bool:
    g = scene.g
    return all(
        scene.quotation_of[t] == index or not g.word[t] for t in range(scene.units[unit][0], scene.units[unit][1] + 1)
    )


def _closing_before(scene: Scene, index: int, unit: int) -> int | None:
    """The verb that closes the sentence before, in the same paragraph, as "he said" may."""
    g = scene.g
    if unit == 0 or scene.paragraph_of[unit - 1] != scene.paragraph_of[unit] or not _fills_unit(scene, index, unit):
        return None
    verbs = _verbs(scene, unit - 1)
    if not verbs or g.pos[verbs[-1]] != "VERB" or g.kid(verbs[-1], "nsubj") is None:
        return None
    last = scene.units[unit - 1][1]
    closes = sum(g.word[t] for t in range(verbs[-1] + 1, last + 1)) <= 4
    return verbs[-1] if closes and last - verbs[-1] < REACH else None


def alone(scene: Scene, claimed: dict[int, list[int]]) -> dict[int, list[int]]:
    """Quotations without a verb that fill their paragraphs, under the verb that ends the paragraph before.

    Such a verb tells what somebody said, as the last in its sentence: 'He posted again.' and then, by itself, '"..."'.
    """
    g = scene.g
    owned = {index for held in claimed.values() for index in held}
    whole = set(scene.parsed.paragraphs)
    given: dict[int, list[int]] = {}
    last_verb, last_end = None, -1
    words = list(accumulate((t if word else -1 for t, word in enumerate(g.word)), max))  # the last word up to a token
    for index, quotation in enumerate(scene.quotations):
        at = g.before(quotation.span[0])
        before = words[at] if at >= 0 else -1
        if index in owned or not scene.full[index] or quotation.span not in whole or before < 0:
            continue
        goes_on = last_verb is not None and scene.quotation_of[before] == index - 1 and g.ends[before] <= last_end
        verb = last_verb if goes_on else _telling(scene, scene.unit_of[before])
        if verb is not None:
            given.setdefault(verb, []).append(index)
        last_verb, last_end = verb, quotation.span[1]
    return given


def _telling(scene: Scene, unit: int) -> int | None:
    """The verb of speech on which a sentence hangs, if the sentence has no other of another subject."""
    g = scene.g
    verbs = [v for v in _verbs(scene, unit) if g.pos[v] == "VERB" and g.kid(v, "nsubj") is not None]
    main = [v for v in verbs if g.dep[v] == "ROOT"]
    if len(main) != 1 or any(scene.quoted(t) for t in range(*scene.units[unit])):
        return None
    return main[0]
