"""Corrections replayed on a reading: each entry is found again by its words, and what a person decided is put in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from onrecord.anchors import anchor, faults, resolve
from onrecord.errors import InputError
from onrecord.model import Annotated, Report, Span
from onrecord.record.corrections import REFERENCES, Correction, Target, spans_of
from onrecord.wire import decode, encode

__all__ = ["Placed", "Replayed", "Status", "found_again", "replayed", "standing", "undone_by"]

Status = Literal["applied", "conflict", "unplaced"]

#: An entry is the same from this share of characters in common (Jaccard); words of one number or event need only meet.
SAME = 0.5
#: Keys of the JSON that hold spans of the report's text.
_SPANS = frozenset({"span", "spans", "trigger", "mentions", "marker", "governs", "terms"})

JSON = dict[str, Any]


class Placed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What became of a correction on a reading.

    Attributes:
        correction: its number.
        entry: id of the entry in this reading, where it was found.
        status: "applied"; "conflict": applied, but the reading now says something else than what the person saw, so
            that they should look again; "unplaced": not applied.
        why: the reason of a conflict or of not being placed.
    """

    correction: int
    entry: str | None
    status: Status
    why: str | None


class Replayed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reading with the corrections put in, and what became of each, in their order."""

    annotated: Annotated
    placed: tuple[Placed, ...]


def undone_by(corrections: Iterable[Correction]) -> set[int]:
    """Numbers of the corrections that are undone; an undoing that is itself undone undoes nothing."""
    undone: set[int] = set()
    for correction in sorted(corrections, key=lambda c: -c.number):
        if correction.draft.undoes is not None and correction.number not in undone:
            undone.add(correction.draft.undoes)
    return undone


def standing(corrections: Sequence[Correction]) -> list[Correction]:
    """The corrections that are not undone; an undo that is itself undone counts for nothing.

    Links, which join reports, and undos are left out: they change no reading.
    """
    undone = undone_by(corrections)
    return [c for c in sorted(corrections, key=lambda c: c.number)
            if c.number not in undone and c.draft.act not in ("undo", "link", "unlink")]  # fmt: skip


def replayed(annotated: Annotated, corrections: Sequence[Correction], reports: Mapping[str, Report]) -> Replayed:
    """The reading with every correction that stands put in, in the order in which they were made.

    Args:
        annotated: what the software read.
        corrections: those of this report, undone ones too.
        reports: the report's versions by their digest, for corrections that were made on another version.

    Example:
        >>> import onrecord
        >>> from onrecord.record.corrections import draft
        >>> read = onrecord.annotate("Nine people were killed, police said.", models=False)
        >>> edit = draft(read, "edit", read.figures[0].id, field="unit", value="wounded")
        >>> done = replayed(read, [Correction(1, edit, "A. B.", "misread", "1962-10-22T19:00:00Z")], {})
        >>> done.annotated.figures[0].unit, done.placed[0].status
        ('wounded', 'applied')
    """
    placed = []
    for correction in standing(corrections):
        try:
            annotated, entry_id, conflict = _put(annotated, correction, reports)
            placed.append(Placed(correction.number, entry_id, "conflict" if conflict else "applied", conflict))
        except InputError as error:
            placed.append(Placed(correction.number, None, "unplaced", error.cause))
    return Replayed(annotated, tuple(placed))


def found_again(target: Target, annotated: Annotated) -> Any:
    """The entry of this reading that stands on the same words as the one that a person saw.

    Raises:
        InputError: there is none.
    """
    if target.family == "report":
        return annotated.report
    spans = [resolve(one, annotated.report) for one in target.anchors]
    wanted = {at for span in spans if span for at in range(*span)}
    if not wanted:
        raise InputError("its words do not stand in this version of the report", "correct it again")
    best: tuple[float, bool, Any] = (0.0, False, None)
    for item in getattr(annotated, target.family):
        covered = {at for span in spans_of(item, target.family) for at in range(*span)}
        shared = len(wanted & covered) / len(wanted | covered)
        score = (shared, _alike(item, target), item)
        if score[:2] > best[:2]:
            best = score
    enough = SAME if target.family in ("attributions", "entities") else 1e-9
    if best[0] < enough:
        raise InputError(f"this reading has no such entry among the {target.family}", "correct it again")
    return best[2]


def _alike(item: Any, target: Target) -> bool:
    """Whether the entry says of itself what the person saw: the type of an event, a figure's unit, an entity's name."""
    name = {"events": "type", "figures": "unit", "entities": "name", "places": "name"}.get(target.family)
    return name is not None and getattr(item, name) == target.was.get(name)


def _put(
    annotated: Annotated, correction: Correction, reports: Mapping[str, Report]
) -> tuple[Annotated, str, str | None]:
    draft = correction.draft
    item = found_again(draft.target, annotated)
    if draft.act == "accept":
        return annotated, item.id, _difference(item, draft.target)
    other = found_again(draft.other, annotated).id if draft.other else None
    if other == item.id:
        return annotated, item.id, None
    tree: JSON = msgspec.json.decode(encode(annotated))
    if draft.act == "reject":
        _drop(tree, draft.target.family, item.id, None)
        return _whole(tree), item.id, None
    if draft.act == "merge" and other is not None:
        _merge(tree, draft.target.family, item.id, other)
        return _whole(tree), item.id, None
    value = _here(draft.value, annotated, draft.target, draft.refers, reports)
    if draft.act == "split":
        return _whole(_split(tree, item.id, value)), item.id, None
    path = (draft.field or "").split(".")
    conflict = _conflict(msgspec.to_builtins(item), draft.target.was, path, value)
    _set(_entry(tree, draft.target.family, item.id), path, value)
    return _whole(tree), item.id, conflict


def _difference(item: Any, target: Target) -> str | None:
    """What an accepted entry says otherwise now; ids and confidence do not count."""
    now = msgspec.to_builtins(item)
    changed = [name for name in target.was
               if name not in ("id", "confidence") and _plain(now[name]) != _plain(target.was[name])]  # fmt: skip
    return f"it was accepted with another {', '.join(changed)}" if changed else None


def _plain(value: Any) -> Any:
    """A value without what changes with every reading: ids of other entries."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if k not in ("entity", "id")}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return None if isinstance(value, str) and value[:1].isalpha() and value[1:].isdecimal() else value


def _conflict(now: JSON, was: JSON, path: Sequence[str], value: Any) -> str | None:
    """Why the reading disagrees with both what the person saw and what they put; None if it does not."""
    read, seen = _plain(_get(now, path)), _plain(_get(was, path))
    if read in (seen, _plain(value)):
        return None
    return f"the reading now has {msgspec.json.encode(read).decode()} for {'.'.join(path)}, where it had " \
           f"{msgspec.json.encode(seen).decode()}"  # fmt: skip


def _here(value: Any, annotated: Annotated, target: Target, refers: Sequence[Target], reports: Mapping[str, Report],
          key: str = "") -> Any:  # fmt: skip
    """The value with its references and spans as they are in this reading."""
    if isinstance(value, dict):
        if value.keys() == {"ref"}:
            return found_again(refers[value["ref"]], annotated).id
        return {k: _here(v, annotated, target, refers, reports, k) for k, v in value.items()}
    if isinstance(value, list | tuple):
        if len(value) == 2 and all(isinstance(x, int) and not isinstance(x, bool) for x in value):
            return _moved((value[0], value[1]), annotated.report, target.version, reports)
        return [_here(v, annotated, target, refers, reports, key) for v in value]
    return value


def _moved(span: Span, report: Report, version: str, reports: Mapping[str, Report]) -> Span:
    """Where a span of another version stands in this one."""
    if version == report.version:
        return span
    before = reports.get(version)
    found = resolve(anchor(before, span), report) if before else None
    if found is None:
        raise InputError("the words that it put do not stand in this version of the report", "correct it again")
    return found


def _entry(tree: JSON, family: str, entry_id: str) -> JSON:
    found: JSON = next(item for item in tree[family] if item["id"] == entry_id)
    return found


def _get(item: Any, path: Sequence[str]) -> Any:
    for name in path:
        item = item.get(name) if isinstance(item, dict) else None
    return item


def _set(item: JSON, path: Sequence[str], value: Any) -> None:
    for name in path[:-1]:
        if not isinstance(item.get(name), dict):
            raise InputError(f"{name} is empty, so that its {path[-1]} cannot be set", f"set {name} as a whole")
        item = item[name]
    item[path[-1]] = value


def _drop(tree: JSON, family: str, gone: str, instead: str | None) -> None:
    """Take an entry out; what refers to it refers to another, or to nothing."""
    dropped = _entry(tree, family, gone)
    tree[family] = [item for item in tree[family] if item["id"] != gone]
    around = instead or dropped.get("within")

    def changed(name: str, value: Any) -> Any:
        return value if value != gone else around or ("narrator" if name == "voice" else None)

    _walk(tree, changed)


def _walk(value: Any, changed: Callable[[str, Any], Any]) -> None:
    """Change in place each field of a tree that refers to an entry."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, dict | list):
                _walk(inner, changed)
            elif name in REFERENCES:
                value[name] = changed(name, inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _walk(inner, changed)


def _merge(tree: JSON, family: str, kept: str, gone: str) -> None:
    one, two = _entry(tree, family, kept), _entry(tree, family, gone)
    if family == "entities":
        one["mentions"] = sorted({tuple(span) for span in (*one["mentions"], *two["mentions"])})
        one["roles"] = [*one["roles"], *(role for role in two["roles"] if role not in one["roles"])]
        one["ids"] = {**two["ids"], **one["ids"]}
    _drop(tree, family, gone, kept)


def _split(tree: JSON, entity: str, value: JSON) -> JSON:
    one = _entry(tree, "entities", entity)
    taken = {tuple(span) for span in value["mentions"]}
    if not taken < {tuple(span) for span in one["mentions"]}:
        raise InputError("the mentions to split off are not some of the entity's", "give some of its mentions, not all")
    numbers = [int(item["id"][1:]) for item in tree["entities"] if item["id"][1:].isdecimal()]
    made = f"{entity[:1]}{max(numbers, default=0) + 1}"
    one["mentions"] = [span for span in one["mentions"] if tuple(span) not in taken]
    roles = [role for role in one["roles"] if any(abs(role["span"][0] - s[0]) < 80 for s in taken)]
    one["roles"] = [role for role in one["roles"] if role not in roles]
    split = {**one, "id": made, "name": value["name"], "mentions": sorted(taken), "roles": roles, "ids": {}}
    tree["entities"].append(split)
    _point_at_split(tree, entity, made, taken)
    return tree


def _point_at_split(value: Any, entity: str, made: str, taken: set[tuple[int, ...]]) -> None:
    """Sources, actors and others whose words hold a mention that was split off are the new entity."""
    if isinstance(value, dict):
        spans = value.get("spans") or ([value["span"]] if "span" in value else [])
        if value.get("entity") == entity and any(s <= t[0] and t[1] <= e for s, e in spans for t in taken):
            value["entity"] = made
        for inner in value.values():
            _point_at_split(inner, entity, made, taken)
    elif isinstance(value, list | tuple):
        for inner in value:
            _point_at_split(inner, entity, made, taken)


def _whole(tree: JSON) -> Annotated:
    """The reading that the tree is, checked like any other."""
    text = tree["report"]["text"]
    for figure in tree["figures"]:
        figure["text"] = text[slice(*figure["span"])]
    annotated = decode(msgspec.json.encode(tree))
    if found := faults(annotated):
        raise InputError(f"it would leave the reading unsound: {found[0]}", "give a value that fits the text")
    return decode(encode(annotated))
