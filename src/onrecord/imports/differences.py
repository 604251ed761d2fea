"""What a person changed in a reading, as decisions that the record can keep; and what no decision can say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from onrecord.model import Annotated
from onrecord.record.corrections import REFERENCES, Correction, Draft, draft
from onrecord.record.replaying import replayed

__all__ = ["Changes", "changes"]

JSON = dict[str, Any]

#: What an entry stands on, by which a decision finds it again: so it is changed last.
_ANCHORS = {"entities": "mentions", "attributions": "content", "events": "trigger", "figures": "span", "times": "span",
            "places": "span"}  # fmt: skip
#: What follows from the words, and is not decided by itself.
_FOLLOWS = {("figures", "text")}
_NAMES = {"entities": "entity", "attributions": "attribution", "events": "event", "figures": "figure", "times": "time",
          "places": "place"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changes:
    """The decisions that make one reading of another, in the order in which they are put in; and what they leave away.

    Attributes:
        left: each change that no decision can say: the id of its entry, what it is, and why.
    """

    drafts: tuple[Draft, ...]
    left: tuple[tuple[str, str, str], ...]


def changes(seen: Annotated, made: Annotated) -> Changes:
    """What a person changed who saw one reading of a report and made of it the other.

    Entries are the same by their ids. One that is gone is rejected, or merged where another has all of its mentions; a
    new entity is split off where all of its mentions were another's; each field that differs is an edit. Other new
    entries, and what names them, are left.

    Example:
        >>> import onrecord
        >>> seen = onrecord.annotate("Nine people were killed, police said.", models=False)
        >>> figure = msgspec.structs.replace(seen.figures[0], unit="wounded")
        >>> found = changes(seen, msgspec.structs.replace(seen, figures=(figure,), events=()))
        >>> [(one.act, one.field, one.value) for one in found.drafts], found.left
        ([('reject', None, None), ('edit', 'unit', 'wounded')], ())
    """
    finding = _Finding(seen)
    for family in _ANCHORS:
        after = {item.id: item for item in getattr(made, family)}
        for item in getattr(seen, family):
            if item.id not in after:
                one = _without(seen, made, family, item)
                finding.put(one, one.target.id, lambda _: True, (item.id, f"{one.act} of it"))
    made = _parted(finding, made)
    now = finding.reading
    wanted: list[_Edit] = []
    for family in _ANCHORS:
        known = {item.id for item in (*getattr(seen, family), *getattr(now, family))}
        finding.left += [(item.id, f"new {_NAMES[family]}", "a correction decides about an entry that was read")
                         for item in getattr(made, family) if item.id not in known]  # fmt: skip
        wanted += _edits(now, made, family, finding.left)
    for edit in sorted(wanted, key=_is_anchor):
        finding.put(draft(now, "edit", edit.entry, field=edit.path, value=edit.value), edit.entry, edit.stands_in,
                    (edit.entry, edit.path))  # fmt: skip
    return Changes(tuple(finding.drafts), tuple(finding.left))


@dataclass(frozen=True, slots=True)
class _Edit:
    """A field of an entry and the value that it is to have."""

    family: str
    entry: str
    path: str
    value: Any

    def stands_in(self, reading: Annotated) -> bool:
        """Whether the field has the value."""
        found: Any = next(msgspec.to_builtins(one) for one in getattr(reading, self.family) if one.id == self.entry)
        for name in self.path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        return bool(found == self.value)


class _Finding:
    """Decisions put into the reading that a person saw, one after the other, as the record will do.

    Attributes:
        reading: what they make of it so far.
        left: those that would change another entry than was meant, or to something else.
    """

    def __init__(self, seen: Annotated) -> None:
        self.reading = seen
        self.drafts: list[Draft] = []
        self.left: list[tuple[str, str, str]] = []

    def put(self, made: Draft, entry: str, right: Callable[[Annotated], bool], what: tuple[str, str]) -> None:
        """Put a decision about an entry in, if it comes out right."""
        report = self.reading.report
        done = replayed(self.reading, [Correction(1, made, "", "", "")], {report.version: report})
        (placed,) = done.placed
        if placed.entry is None:
            self.left.append((*what, placed.why or ""))
        elif placed.entry != entry or not right(done.annotated):
            self.left.append((*what, "a correction finds an entry by its words, and another stands on these too"))
        else:
            self.reading = done.annotated
            self.drafts.append(made)


def _without(seen: Annotated, made: Annotated, family: str, item: Any) -> Draft:
    """The rejection of an entry, or the merging of an entity into the one that has all of its mentions now."""
    if family == "entities":
        known = {one.id for one in seen.entities}
        for other in made.entities:
            if other.id in known and set(item.mentions) <= set(other.mentions):
                return draft(seen, "merge", other.id, other=(seen, item.id))
    return draft(seen, "reject", item.id)


def _parted(finding: _Finding, made: Annotated) -> Annotated:
    """The reading that a person made, with each entity that they split off under the id that the record gives it."""
    for n in range(len(made.entities)):
        new, entities = made.entities[n], finding.reading.entities
        whole = next((one.id for one in entities if set(new.mentions) < set(one.mentions)), None)
        if whole is None or any(one.id == new.id for one in entities):
            continue
        value = {"name": new.name, "mentions": [list(span) for span in new.mentions]}
        finding.put(draft(finding.reading, "split", whole, value=value), whole, lambda _: True, (new.id, "new entity"))
        if len(finding.reading.entities) > len(entities):
            last = finding.reading.entities[-1].id
            made = _renamed(made, {new.id: last, last: new.id})
    return made


def _renamed(made: Annotated, ids: Mapping[str, str]) -> Annotated:
    """A reading with other ids of entities."""

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: ids.get(inner, inner) if key in ("entity", "claimant") and isinstance(inner, str)
                    else renamed(inner) for key, inner in value.items()}  # fmt: skip
        return [renamed(inner) for inner in value] if isinstance(value, list | tuple) else value

    tree = renamed(msgspec.to_builtins(made))
    for one in tree["entities"]:
        one["id"] = ids.get(one["id"], one["id"])
    return msgspec.convert(tree, Annotated)


def _edits(now: Annotated, made: Annotated, family: str, left: list[tuple[str, str, str]]) -> Iterator[_Edit]:
    known = {item.id for each in _ANCHORS for item in getattr(now, each)}
    after: Mapping[str, Any] = {item.id: item for item in getattr(made, family)}
    for item in getattr(now, family):
        if item.id not in after:
            continue
        for path, value in _differing(msgspec.to_builtins(item), msgspec.to_builtins(after[item.id])):
            unknown = sorted({name for name in _named(path.rsplit(".", 1)[-1], value) if name not in known})
            if (family, path) in _FOLLOWS:
                continue
            if unknown:
                left.append((item.id, path, f"it names {', '.join(unknown)}, which no correction can add"))
            else:
                yield _Edit(family, item.id, path, value)


def _differing(was: JSON, now: JSON) -> Iterator[tuple[str, Any]]:
    """The fields that differ with their new values: a part of a field where that alone differs."""
    for name, value in now.items():
        if value == was[name]:
            continue
        parts = [key for key in value if value[key] != was[name][key]] if _is_parted(value, was[name]) else []
        yield (f"{name}.{parts[0]}", value[parts[0]]) if len(parts) == 1 else (name, value)


def _is_parted(value: Any, was: Any) -> bool:
    return isinstance(value, dict) and isinstance(was, dict) and value.keys() == was.keys()


def _named(key: str, value: Any) -> Iterator[str]:
    """The ids of entries that a value names."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _named(name, inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _named(key, inner)
    elif key in REFERENCES and isinstance(value, str) and value not in ("narrator", "unsourced"):
        yield value


def _is_anchor(edit: _Edit) -> bool:
    return edit.path.split(".")[0] == _ANCHORS[edit.family]
