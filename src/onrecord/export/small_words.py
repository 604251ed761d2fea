"""Words that are no names, or are names only where they are written as such."""

from __future__ import annotations

__all__ = ["COMMON", "PARTICLES", "PRONOUNS"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Small words within names; alone they are nobody's.
PARTICLES = _set(
    "abu af al and at bin bint d da das de del della den der des di do dos du e el ibn in la las le los of on por ten "
    "ter the to van von y zu zum zur"
)
PRONOUNS = _set(
    "he her hers herself him himself his i it its itself me mine my she their theirs them themselves they us we who "
    "whom whose you your"
)
#: Commoner as words than as names, besides those that are listed elsewhere.
COMMON = _set(
    "april august bell bill black can case chance christian cook could day dean did early faith frank gay general good "
    "has her in is jack joy june just law lord love low major man many march mark may moon more much new of page penny "
    "pool power read real rich rise rose said say short so storm sunday that the this til too us was way west wells "
    "were will wise won wood would yes you"
)
