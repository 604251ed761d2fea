"""A wire story of our own, and what outlets make of it."""

from __future__ import annotations

from onrecord.model import Report
from onrecord.read.text import report

STORY = (
    "Government troops shelled the harbour of Port Ansel for a third day on Tuesday, killing at least 14 people.",
    "Witnesses said that boats carrying flour had been hit near the eastern quay shortly after dawn.",
    "The mayor, Ilse Marrow, told reporters that two of the dead were children from the Kestrel quarter.",
    "\"We have no doctors left and no light to work by,\" she said at the town hall.",
    "General Osric Vane, who commands the siege, denied that his guns had fired on the harbour.",
    "He accused the rebels of the Northern League of using fishing boats to bring in mortars.",
    "Envoys of the two sides were due to meet in Lindenau on Friday under a truce brokered by Norway.",
    "A similar meeting in March broke up within an hour after a dispute over prisoners.",
    "The League holds some 300 soldiers in the old cement works outside the town.",
    "Aid workers say that about 9,000 people have fled to the hills since the siege began.",
)  # fmt: skip

OTHER = (
    "Finance ministers of six river states agreed on Wednesday to share the cost of dredging the Mirel.",
    "The accord ends a quarrel that had kept barges in the docks of Halm for most of the autumn.",
    "Under its terms Tresk will pay a third and open its locks to foreign pilots by January.",
    "Farmers in the delta protested against the plan, which they fear will salt their wells.",
    "A court in Halm is to hear their complaint next month.",
    "Traders expect the price of grain to fall once the channel is open again.",
)

#: Another outlet's own report of the same shelling, with the same quotation.
INDEPENDENT = (
    "At least fourteen civilians died when shells struck Port Ansel's quayside on Tuesday, hospital staff there said.",
    "The bombardment was the heaviest since fighting began in spring, residents reached by telephone said.",
    "\"We have no doctors left and no light to work by,\" Mayor Ilse Marrow said.",
    "Osric Vane, the army's commander in the region, said that none of his batteries had opened fire.",
    "Rebel fighters hide weapons among nets and crates, he claimed in a broadcast.",
    "Norway has invited both parties to Lindenau at the end of the week.",
    "Nearly nine thousand inhabitants sleep in tents above the bay, according to relief agencies.",
    "In spring a first round of talks collapsed when neither delegation would name its captives.",
)  # fmt: skip

FURNITURE = (
    "Sign up for our newsletter to get breaking news alerts in your inbox.",
    "Follow us on Facebook.",
    "Copyright 2021 Harbour Media. All rights reserved.",
)


def made(*sentences: str, id: str = "r", **known: str) -> Report:  # noqa: A002 - the report's own field
    """A report of some sentences, a paragraph each."""
    return report("\n\n".join(sentences), id=id, **known)  # type: ignore[arg-type]
