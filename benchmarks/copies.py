"""Near-duplicates: how many planted copies are found, and how many found pairs are copies.

From real reports, copies of nine kinds are made with a fixed seed, one kind at a time, among the reports themselves;
and the same reports with every name and number changed, which are not copies. Nothing that is made is kept.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from onrecord.model import Report
from onrecord.read.text import report
from onrecord.reconcile.copies import Copy
from onrecord.reconcile.copy_links import copies

__all__ = ["CORPORA", "KINDS", "Planted", "copies_found", "copies_rows", "natural", "planted"]

SEED = 1962
#: The corpora whose reports copies are made of, and how many of each kind.
CORPORA = ("polnear", "gva_incidents", "re3d")
EACH = 150
#: The least length of a report that copies are made of, in words.
SHORTEST = 120

Made = Callable[[random.Random, list[str], list[str], str], list[str]]

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMES = """Abercromb Balthazar Corvallen Dunmarrow Estergate Farrowby Grenholm Harkaway Iverness Jessamy Kestrelow
    Lindenmoor Marchbank Northcutt Osterling Pellworth Quillane Ravensby Sandoval Thornmere Umberton Vantresse
    Wexcombe Yarrowdel Zellwick""".split()  # noqa: SIM905 - names are easier to read than a list of strings
_WORDS = {
    "said": "stated", "told": "informed", "killed": "slain", "about": "around", "people": "persons", "also": "too",
    "after": "following", "before": "prior to", "because": "since", "but": "yet", "while": "as", "many": "numerous",
    "began": "started", "start": "begin", "help": "assist", "show": "reveal", "shows": "reveals", "big": "large",
    "home": "house", "near": "close to", "several": "a number of", "according to": "as stated by", "however": "still",
    "police": "officers", "shot": "fired at", "hospital": "clinic", "car": "vehicle", "found": "discovered",
    "arrested": "detained", "campaign": "drive", "would": "might", "want": "wish", "wants": "wishes", "get": "obtain",
    "think": "believe", "going to": "set to", "attack": "assault", "attacks": "assaults", "country": "nation",
    "has been": "was", "have been": "were", "more than": "over", "less than": "under", "during": "in the course of",
    "injured": "hurt", "wounded": "hurt", "officials": "authorities", "group": "band", "last": "past", "next": "coming",
}  # fmt: skip
_FURNITURE = (
    "Sign up for our newsletter and get breaking news alerts in your inbox.", "Follow us on Facebook and Twitter.",
    "Read more: Ten things to know this weekend", "Click here to subscribe to the evening edition.",
    "This website uses cookies. See our privacy policy.", "Share this article", "Photo: Harbour Picture Desk",
    "Copyright 2016 Harbour Media Group. All rights reserved.", "RELATED: What the week brings",
)  # fmt: skip


def _paragraphs(text: str) -> list[str]:
    return [p.strip() for p in re.split(r"\n+", text) if p.strip()]


def _truncated(r: random.Random, own: list[str], _other: list[str], _title: str) -> list[str]:
    words, kept = sum(len(p.split()) for p in own), []
    wanted = max(60, r.uniform(0.3, 0.75) * words)
    for p in own:
        kept.append(p)
        if sum(len(k.split()) for k in kept) >= wanted:
            break
    return kept


def _shuffled(r: random.Random, own: list[str], _other: list[str], _title: str) -> list[str]:
    return r.sample(own, len(own))


def _new_lead(r: random.Random, own: list[str], _other: list[str], title: str) -> list[str]:
    lead = (
        f"{r.choice(_NAMES)} correspondents followed the story through {r.choice(_DAYS)}, and here is what is known.",
        f"{title.rstrip('.')}: that was the news that reached the desk late on {r.choice(_DAYS)} evening.",
    )
    return [*r.sample(lead, r.choice((1, 2))), *(own[1:] if len(own) > 3 else own)]


def _changed_quotes(r: random.Random, own: list[str], other: list[str], _title: str) -> list[str]:
    pool = re.findall(r'[“"]([^”"\n]{20,200})[”"]', " ".join(other)) or ["We shall see what the coming days bring us,"]
    return [re.sub(r'([“"])[^”"\n]{12,}([”"])', lambda m: m[1] + r.choice(pool) + m[2], p) for p in own]


def _merged(_r: random.Random, own: list[str], other: list[str], _title: str) -> list[str]:
    return [*own, "In other news:", *other]


def _merged_behind(_r: random.Random, own: list[str], other: list[str], _title: str) -> list[str]:
    return [*other, "Elsewhere:", *own]


_REWORDED = re.compile(rf"\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b")


def _reworded(r: random.Random, own: list[str], _other: list[str], _title: str) -> list[str]:
    made = []
    for p in own:
        said = _REWORDED.sub(lambda m: _WORDS[m[0]] if r.random() < 0.9 else m[0], p)
        said = re.sub(
            r"\s(?:\w+ly|very|just|now|then|still|even)\b(?=\s\w)", lambda m: "" if r.random() < 0.7 else m[0], said
        )
        if r.random() < 0.9:
            made.append(re.sub(r"\s\([^()\n]{2,60}\)", "", said))
    return made or own


def _other_page(r: random.Random, own: list[str], _other: list[str], _title: str) -> list[str]:
    around = r.sample(_FURNITURE, 6)
    return [*around[:3], f"{r.choice(_NAMES).upper()} (AP) — {own[0]}", *own[1:], *around[3:]]


def _all_at_once(r: random.Random, own: list[str], other: list[str], title: str) -> list[str]:
    for change in (_truncated, _reworded, _new_lead, _other_page):
        own = change(r, own, other, title)
    return own


#: The kinds of copies that are planted.
KINDS: dict[str, Made] = {
    "cut": _truncated,
    "paragraphs in another order": _shuffled,
    "another lead": _new_lead,
    "other quotations": _changed_quotes,
    "reworded": _reworded,
    "another page around it": _other_page,
    "cut, reworded, another lead and page": _all_at_once,
    "merged, in front": _merged,
    "merged, behind": _merged_behind,
}


def _other_facts(r: random.Random, own: list[str], _other: list[str], _title: str) -> list[str]:
    """The same sentences of other people, places and numbers."""
    named: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        return named.setdefault(found[0], f"{r.choice(_NAMES)}{r.choice(('', 'son', 'ton', 'ov', 'i'))}")

    def number(found: re.Match[str]) -> str:
        return named.setdefault(found[0], str(int(found[0][:6]) + r.randint(1, 40)))

    return [re.sub(r"[0-9]+", number, re.sub(r"(?<=[a-z,;] )[A-Z][\w’'-]+", name, p)) for p in own]


@dataclass(frozen=True, slots=True)
class Planted:
    """Reports among which the wanted pairs of ids are copies, and no others are."""

    name: str
    reports: tuple[Report, ...]
    wanted: frozenset[tuple[str, str]]


def planted(data: Path) -> Iterator[Planted]:
    """Collections with copies of one kind each, and one with none."""
    bases = _bases(data)
    for kind, change in [*KINDS.items(), ("same text, other facts (no copies)", _other_facts)]:
        r = random.Random(f"{SEED} {kind}")  # noqa: S311 - a fixed seed, no secret
        reports, wanted = [], set()
        drawn = r.sample(bases, min(2 * EACH, len(bases)))
        for n, (base, other) in enumerate(zip(drawn[::2], drawn[1::2], strict=False)):
            own = _paragraphs(base.text)
            text = "\n\n".join(change(r, own, _paragraphs(other.text), base.title or "The news of the day"))
            reports += [report(base.text, id=f"{n}"), report(text, id=f"{n}-made")]
            if change is not _other_facts:
                wanted.add((f"{n}", f"{n}-made"))
        yield Planted(kind, tuple(reports), frozenset(wanted))


def _bases(data: Path) -> list[Report]:
    """Reports of the corpora of which none is itself near another, by runs of five words; counted without onrecord."""
    found = [r for name in CORPORA for r in natural(data, name) if len(r.text.split()) >= SHORTEST]
    runs = [_runs(r.text) for r in found]
    holders: dict[tuple[str, ...], list[int]] = {}
    for n, own in enumerate(runs):
        for run in own:
            holders.setdefault(run, []).append(n)
    near = set()
    shared: dict[tuple[int, int], int] = {}
    for same in holders.values():
        for pair in combinations(same[:50], 2):
            shared[pair] = shared.get(pair, 0) + 1
    for (n, m), count in shared.items():
        if count > 0.1 * min(len(runs[n]), len(runs[m])):
            near |= {n, m}
    return [r for n, r in enumerate(found) if n not in near]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return set(zip(*(words[n:] for n in range(5)), strict=False))


def natural(data: Path, name: str, split: str = "dev") -> list[Report]:
    """The reports of a corpus as they are."""
    found = []
    for line in (data / name / f"{split}.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        for article in record.get("articles", [record]):
            when = str(article.get("dct") or article.get("date") or "")[:10]
            dated = when if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", when) else None
            found.append(report(article["text"], id=article["id"], title=article.get("title"), published=dated))
    return found


def copies_found(sets: Sequence[Planted]) -> Iterator[tuple[str, int, int, int, list[Copy]]]:
    """For each collection: its name, how many pairs are wanted, found and right, and the links found."""
    for one in sets:
        links = list(copies(one.reports))
        found = {tuple(sorted((c.a, c.b))) for c in links}
        yield one.name, len(one.wanted), len(found), len(found & {tuple(sorted(p)) for p in one.wanted}), links


def copies_rows(data: Path) -> Iterator[tuple[str, ...]]:
    """Rows: kind of copy, planted, found, right, recall, precision."""
    total = [0, 0, 0]
    for name, wanted, found, right, _links in copies_found(list(planted(data))):
        total = [t + n for t, n in zip(total, (wanted, found, right), strict=True)]
        yield _row(name, wanted, found, right)
    yield _row("together", *total)


def _row(name: str, wanted: int, found: int, right: int) -> tuple[str, ...]:
    recall = f"{100 * right / wanted:.1f}" if wanted else ""
    precision = f"{100 * right / found:.1f}" if found else ""
    return name, str(wanted), str(found), str(right), recall, precision
