"""Names of news agencies and outlets as they stand in datelines and credit lines."""

from __future__ import annotations

__all__ = ["AGENCIES", "known_agency", "listed_agency", "outlet_like"]

#: As written, without "The". Letter case is ignored for names of more than six letters.
AGENCIES = frozenset("""
AA|AAP|ABC|ABC News|ACAN-EFE|ADN|AFP|AGERPRES|AGI|AINA|AKI|AKIpress|Al Arabiya|Al Jazeera|Al-Masdar News|Anadolu
Anadolu Agency|ANA-MPA|Andina|ANHA|ANI|ANP|ANSA|Antara|AP|APA|APP|APS|APTN|Armenpress|Associated Press|ATS|Azertac|BBC
BBC News|Belga|BelTA|Bernama|Beta|BIRN|Bloomberg|Bloomberg News|BNS|BSS|BTA|Caixin|Canadian Press|CBC|CBC News|CBS
CBS News|CNA|CNN|CNS|CP|CTK|Dabanga|Deutsche Welle|DPA|dpa|DW|EFE|ENA|Euronews|FANA|FARS|Fars News|FENA|Fox News
France 24|GNA|Guardian|HINA|IANS|ICRC|INA|Interfax|Interfax-Ukraine|IPS|IRIN|IRNA|ISNA|ITAR-TASS|Itar-Tass|JTA|KCNA
KNA|KUNA|Kyodo|Kyodo News|Lusa|LUSA|MAP|Mehr|MENA|MINA|MTI|NAN|NBC|NBC News|NHK|NINA|NNA|Notimex|Novinite|NPR|NTB
OCHA|PA|Pajhwok|PAP|PETRA|Petra|PNA|Prensa Latina|PTI|Radio Free Europe|RBC|Reuter|Reuters|REUTERS|RFE/RL|RIA
RIA Novosti|Ritzau|Rompres|RT|Ruptly|SANA|SAPA|SDA|SPA|Sputnik|STT|SUNA|TANJUG|Tanjug|TAP|Tasnim|TASS|TELAM|Telam
Thomson Reuters|Thomson Reuters Foundation|TT|UN News|UNHCR|UNIAN|UNI|UNICEF|UPI|Ukrinform|VNA|VOA|WAFA|WAM|Xinhua
XINHUA|Yonhap
""".replace("\n", "|").strip("|").split("|"))  # fmt: skip

_FOLDED = frozenset(a.casefold() for a in AGENCIES if len(a) > 6)

#: Last words that mark a line as the name of an outlet.
_OUTLET = ("Agency", "Press", "News", "Newspapers", "Newswire", "Wire", "Times", "Post", "Herald", "Tribune", "Radio",
           "Television", "TV", "Service", "Bureau", "Correspondent", "Correspondents", "Writer", "Writers",
           "Staff")  # fmt: skip


def known_agency(words: str) -> bool:
    """Whether the words name an agency or outlet, by the list or as a call sign of a United States station.

    Example:
        >>> known_agency("Reuters"), known_agency("The Associated Press"), known_agency("WISH-TV"), known_agency("YPG")
        (True, True, True, False)
    """
    sign = words.removesuffix("-TV")
    return listed_agency(words) or (
        len(sign) == 4 and sign[0] in "KW" and sign.isascii() and sign.isalpha() and sign.isupper()
    )


def listed_agency(words: str) -> bool:
    """Whether the words name an agency or outlet of the list.

    Example:
        >>> listed_agency("AFP"), listed_agency("KYIV")
        (True, False)
    """
    name = words.removeprefix("The ").removeprefix("THE ")
    return name in AGENCIES or name.casefold() in _FOLDED


def outlet_like(words: str) -> bool:
    """Whether a line by itself reads as an outlet's name or a writer's function there.

    Example:
        >>> outlet_like("Harbour News Agency"), outlet_like("Talks continued in Geneva")
        (True, False)
    """
    if known_agency(words):
        return True
    parts = words.split()
    return 2 <= len(parts) <= 6 and parts[-1] in _OUTLET and all(p[0].isupper() or p in {"of", "the"} for p in parts)
