"""Nouns for sources that are no people: documents, outlets, and what is posted."""

from __future__ import annotations

from onrecord.annotators.cues import words

__all__ = ["DOCUMENTS", "OUTLETS", "SOCIAL"]

DOCUMENTS = words(
    "report statement document letter survey poll study memo memorandum email e-mail filing indictment law "
    "bill resolution communique communiqué affidavit complaint lawsuit ruling analysis research data "
    "transcript note book paper file record cable agreement treaty declaration decree release assessment copy "
    "text figure statistic census message leaflet investigation audit constitution charter plan draft petition "
    "telegram communication readout manifesto accord protocol pamphlet diary dossier flyer editorial article column "
    "version"
)
OUTLETS = words(
    "reuters afp ap agency newspaper television tv radio broadcaster magazine media website daily times post "
    "journal bbc cnn xinhua tass interfax station outlet newswire gazette tribune herald guardian al-jazeera "
    "jazeera press network channel weekly paper irna sana anadolu ria kyodo yonhap bloomberg politico "
    "telegraph haaretz der monde mouthpiece newsletter tabloid"
)
SOCIAL = words("tweet twitter facebook telegram instagram hashtag account post blog video youtube tiktok x")
