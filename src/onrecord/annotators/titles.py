"""Titles and offices: words that announce a person, and what they say of office and sex."""

from __future__ import annotations

__all__ = ["FEMALE", "HONORIFICS", "MALE", "OFFICES", "QUALIFIERS", "RANKS", "TITLES"]

#: Forms of address.
HONORIFICS = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "dame", "prof", "professor", "sheikh", "shaikh",
     "sheik", "imam", "mullah", "maulana", "ayatollah", "hojatoleslam", "pope", "rabbi", "reverend", "rev", "father",
     "fr", "sister", "brother", "archbishop", "bishop", "cardinal", "patriarch", "monsignor", "saint", "king",
     "queen", "prince", "princess", "emir", "sultan", "emperor", "baroness", "baron", "duke", "hon", "excellency",
     "comrade", "messrs"}
)  # fmt: skip
#: Ranks of armed forces and police.
RANKS = frozenset(
    {"general", "gen", "colonel", "col", "major", "maj", "captain", "capt", "lieutenant", "lt", "sergeant", "sgt",
     "corporal", "cpl", "admiral", "adm", "brigadier", "brig", "commander", "cmdr", "marshal", "commodore",
     "private", "pvt", "pte", "spc", "pfc", "staff", "officer", "inspector", "superintendent", "constable",
     "sheriff", "commissioner", "detective", "chief", "airman", "petty", "warrant", "det", "supt"}
)  # fmt: skip
#: Heads of the names of offices.
OFFICES = frozenset(
    {"president", "minister", "premier", "chancellor", "secretary", "senator", "sen", "representative", "rep",
     "governor", "gov", "ambassador", "envoy", "spokesman", "spokeswoman", "spokesperson", "speaker", "mayor",
     "chairman", "chairwoman", "chairperson", "chair", "director", "leader", "judge", "justice", "prosecutor",
     "attorney", "lawyer", "congressman", "congresswoman", "lawmaker", "deputy", "mp", "councillor", "councilman",
     "councilwoman", "commissioner", "coordinator", "adviser", "advisor", "aide", "analyst", "activist",
     "journalist", "reporter", "correspondent", "negotiator", "mediator", "rapporteur", "head", "chief", "dictator",
     "strongman", "warlord", "commander", "ruler", "founder", "candidate", "official", "diplomat", "economist",
     "expert", "researcher", "historian", "author", "editor", "doctor", "nurse", "teacher", "student", "resident",
     "witness", "professor", "vice-president", "secretary-general", "undersecretary", "under-secretary",
     "under-secretary-general", "premier-designate", "ex-president", "legislator", "politician", "preacher",
     "cleric", "militant", "ceo", "executive", "manager", "administrator", "consul", "attache", "attaché",
     "magistrate", "archbishop", "bishop", "cardinal", "king", "queen", "emir", "sultan", "pope", "general",
     "colonel", "captain", "lieutenant", "major", "admiral", "brigadier", "sergeant", "first lady",
     "parliamentarian", "whip", "treasurer", "premier-elect", "president-elect"}
)  # fmt: skip
#: Words that go before such a head.
QUALIFIERS = frozenset(
    {"prime", "foreign", "defence", "defense", "interior", "finance", "health", "justice", "vice", "deputy",
     "acting", "former", "interim", "outgoing", "incoming", "assistant", "senior", "chief", "supreme", "attorney",
     "state", "crown", "opposition", "rebel", "military", "army", "police", "government", "party", "press",
     "special", "permanent", "national", "security", "home", "labour", "labor", "energy", "oil", "information",
     "education", "culture", "trade", "environment", "agriculture", "transport", "public", "first", "second",
     "lieutenant", "brigadier", "major", "rear", "staff", "master", "lance", "united", "nations", "external",
     "affairs", "exterior", "economy", "development", "planning", "water", "tourism", "human", "rights", "peace",
     "under", "late", "then", "ex", "co", "lead", "regional", "provincial", "district", "local", "political",
     "religious", "spiritual", "tribal", "intelligence", "navy", "air", "force", "field", "grand", "general",
     "secretary"}
)  # fmt: skip
TITLES = HONORIFICS | RANKS | OFFICES

MALE = frozenset(
    {"mr", "sir", "lord", "king", "prince", "emperor", "sultan", "emir", "sheikh", "shaikh", "sheik", "imam",
     "mullah", "ayatollah", "pope", "rabbi", "father", "fr", "brother", "archbishop", "bishop", "cardinal",
     "patriarch", "duke", "baron", "spokesman", "chairman", "congressman", "councilman", "strongman", "airman",
     "maulana", "monsignor"}
)  # fmt: skip
FEMALE = frozenset(
    {"mrs", "ms", "miss", "lady", "dame", "queen", "princess", "sister", "baroness", "spokeswoman", "chairwoman",
     "congresswoman", "councilwoman"}
)  # fmt: skip
