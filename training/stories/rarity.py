"""How rare each word is in news reports, counted once and shipped: `python rarity.py --data CORPORA --out rarity.tsv`.

A word is as rare as it is in the corpus where it is commonest: what every report of one kind of news holds ("shooting",
"senator", "guerrillas") says little about which story a report belongs to. Only counts are kept, of words that stand in
reports of at least two corpora or in at least four reports; names of few reports are left out, so that no text can be
put together again.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from onrecord.reconcile.rarity import words

#: The train parts whose reports are counted.
CORPORA = ("gva_incidents", "polnear", "muc4", "timex_tempeval3", "ecbplus", "re3d", "geoparse", "ngec_synthetic")
#: Single sentences, counted as reports of so many.
SENTENCES, TOGETHER = "event_location", 10


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    counted = [counts(texts(args.data / name / "train.jsonl")) for name in CORPORA]
    sentences = list(dict.fromkeys(texts(args.data / SENTENCES / "train.jsonl")))
    counted.append(counts(" ".join(sentences[i : i + TOGETHER]) for i in range(0, len(sentences), TOGETHER)))
    found = rarities(counted)
    for word in ordinary_names():
        found[word] = min(found.get(word, KNOWN), KNOWN)
    lines = [f"{word}\t{tenths}" for word, tenths in sorted(found.items())]
    args.out.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    print(len(lines), "words")


#: The greatest rarity, in tenths, of a name that reports of conflicts and diplomacy name without explaining it.
KNOWN = 35

HEAD = """\
# How rare a word is in reports: tenths of -ln(share of the reports that hold it) in that of nine corpora of news where
# it is commonest. Names of countries, peoples, capitals and known bodies count as no rarer than 35. Words that are not
# here are rarer than any that is. Made by training/stories/rarity.py."""


def ordinary_names() -> set[str]:
    """The words of the names of countries, peoples, capitals and bodies that the package knows."""
    known = set()
    for name in ("countries.tsv", "actors.tsv"):
        text = resources.files("onrecord.data").joinpath(name).read_text(encoding="utf-8")
        known |= {word for word, _, capital in words(text.replace("|", " ")) if capital}
    return known


def texts(path: Path) -> Iterator[str]:
    """The title and text of each report of a file."""
    for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        record = json.loads(line)
        for part in record.get("articles") or record.get("docs") or [record]:
            yield f"{part.get('title') or ''} {part.get('text') or ''}"


def counts(reports: Iterable[str]) -> tuple[Counter[str], int]:
    """In how many reports each word stands, and how many reports there are."""
    holding: Counter[str] = Counter()
    number = 0
    for text in reports:
        holding.update({word for word, _, _ in words(text)})
        number += 1
    return holding, number


def rarities(counted: list[tuple[Counter[str], int]]) -> dict[str, int]:
    """Tenths of -ln(share) of each word that is common enough to be listed."""
    out = {}
    for word in set().union(*(holding for holding, _ in counted)):
        held = [(holding[word], number) for holding, number in counted if holding[word]]
        if len(held) < 2 and sum(n for n, _ in held) < 4:
            continue
        share = max(max((n - 1) / number for n, number in held), sum(n for n, _ in held) / sum(n for _, n in counted))
        out[word] = round(-10 * math.log(share))
    return out


if __name__ == "__main__":
    main()
