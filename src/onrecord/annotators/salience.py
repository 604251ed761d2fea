"""Which of those spoken of last a pronoun most likely means.

After Lappin and Leass (An algorithm for pronominal anaphora resolution, Computational Linguistics 20(4), 1994): whoever
a sentence speaks of is the more salient the higher its grammatical role, and half as much a sentence later. Beyond
their weights, the subject of a verb of saying counts more: a report's pronoun goes on with its speaker.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

__all__ = ["History", "Seen", "likeliest"]

#: How many sentences back somebody may have been spoken of.
REACH = 3
#: How many mentions back.
MOST = 60
RECENT = 100.0
#: By how much the likeliest must lead.
LEAD = 1.15
#: What a known sex adds where the pronoun's is the same, and a plural for a plural.
SURE = 1.25


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody spoken of.

    Attributes:
        who: the number of a referent; below 0 for somebody without a name, different for each.
        verb: the token of the verb that it is an argument of.
        weight: of its grammatical role. `quotation`: index of the quotation that it stands in, or -1.
        noun: the noun of a description.
    """

    token: int
    unit: int
    who: int
    kind: str
    sex: str
    plural: bool
    weight: float
    verb: int
    quotation: int
    subject: bool = False
    noun: str = ""


@dataclass(slots=True)
class History:
    """Everybody spoken of so far, in the order of the text."""

    seen: list[Seen] = field(default_factory=list)

    def add(self, seen: Seen) -> None:
        """Somebody is spoken of."""
        self.seen.append(seen)

    def name(self, unnamed: int, who: int) -> None:
        """Somebody spoken of without a name of late is a referent."""
        for at in range(max(0, len(self.seen) - MOST), len(self.seen)):
            if self.seen[at].who == unnamed:
                self.seen[at] = replace(self.seen[at], who=who)

    def near(self, unit: int, quotation: int) -> list[Seen]:
        """Who was spoken of in the last sentences, and in the same quotation or likewise outside all; latest first."""
        found = []
        for seen in reversed(self.seen[-MOST:]):
            if seen.unit < unit - REACH:
                break
            if seen.quotation == quotation:
                found.append(seen)
        return found


def likeliest(found: list[Seen], unit: int, sex: str = "", *, several: bool = False) -> Seen | None:
    """The latest mention of whoever is most salient by far; None where two are nearly alike or there is nobody.

    Args:
        sex: the pronoun's.
        several: whether the pronoun is a plural, which means several people sooner than a body.
    """
    by_unit: dict[int, dict[int, float]] = {}
    latest: dict[int, Seen] = {}
    for seen in found:
        latest.setdefault(seen.who, seen)
        per = by_unit.setdefault(seen.who, {})
        per[seen.unit] = max(per.get(seen.unit, 0.0), RECENT + seen.weight)
    scores = []
    for who, per in by_unit.items():
        score = sum(weight * 0.5 ** (unit - there) for there, weight in per.items())
        agrees = (sex and latest[who].sex == sex) or (several and latest[who].plural)
        scores.append((score * (SURE if agrees else 1.0), who))
    scores.sort(reverse=True)
    if not scores or (len(scores) > 1 and scores[0][0] < LEAD * scores[1][0]):
        return None
    return latest[scores[0][1]]
