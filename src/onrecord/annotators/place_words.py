"""Words around the names of places, and what they say of them."""

from __future__ import annotations

__all__ = [
    "AFTER",
    "COMPASS",
    "COMPASS_ADJECTIVES",
    "DISEASES",
    "DISTRICTS",
    "DIVISIONS",
    "KINDS_AFTER",
    "LABELS",
    "LINKS",
    "MODIFIERS",
    "NAMESAKES",
    "OF",
    "PEOPLES",
    "PEOPLE_TOO",
    "SETTLED",
    "SIZES",
    "TAKEN",
    "TREATIES",
    "WITHIN",
]

#: Words that say what kind of place the name before them is.
DIVISIONS = frozenset(
    {"province", "governorate", "oblast", "region", "state", "prefecture", "krai", "provinces", "provincial"}
)  # fmt: skip
DISTRICTS = frozenset({"district", "county", "municipality", "subdistrict"})
LINKS = frozenset(
    {"-", "–", "'", "’", "'s", "’s", "of", "and", "de", "la", "los", "del", "el", "al", "ez", "es", "du", "sur",
     "le", "au", "aux", "en", "ash", "as", "az", "ar", "an", "ad", "bin", "i", "the", "upon", "da", "do", "d'"}
)  # fmt: skip
MODIFIERS = frozenset(
    {"the", "northern", "southern", "eastern", "western", "central", "north", "south", "east", "west",
     "northeastern", "northwestern", "southeastern", "southwestern", "northwest", "northeast", "southwest",
     "southeast", "nearby", "downtown", "neighbouring", "neighboring", "mainland", "upper", "lower", "coastal",
     "rural", "occupied", "greater"}
)  # fmt: skip
OF = frozenset(
    {"city", "town", "village", "province", "district", "region", "state", "port", "capital", "suburb", "north",
     "south", "east", "west", "outskirts", "island", "governorate", "enclave", "streets", "parts", "people",
     "neighborhood", "neighbourhood", "camp", "border", "county", "municipality", "hamlet", "republic", "government",
     "kingdom", "cities", "towns", "villages", "coast", "siege", "centre", "center", "invasion", "northwest",
     "northeast", "southwest", "southeast", "most", "rest", "area", "areas", "resident", "residents", "native",
     "citizens", "mayor", "governor", "community", "capture", "fall", "outside",
     "shelling", "bombing", "bombardment", "battle", "storming", "seizure", "recapture", "liberation", "encirclement",
     "blockade", "defence", "defense", "loss", "control", "countryside", "perimeter", "vicinity", "suburbs", "edge"}
)  # fmt: skip
SETTLED = frozenset(
    {"city", "town", "village", "cities", "towns", "villages", "province", "district", "suburb", "hamlet",
     "governorate", "county", "enclave", "port", "slum", "neighbourhood", "neighborhood", "settlement", "settlements"}
)  # fmt: skip
#: Adjectives of peoples and parts of the world that are no demonyms of countries.
PEOPLES = frozenset(
    {"kurdish", "kurd", "kurds", "arab", "arabs", "arabic", "european", "europeans", "african", "africans", "asian",
     "asians", "islamic", "muslim", "sunni", "shiite", "shia", "jewish", "christian", "chechen", "chechens", "tibetan",
     "kashmiri", "western", "latin", "scottish", "welsh", "english", "tamil", "tuareg", "pashtun", "uighur", "uyghur",
     "basque", "catalan", "abkhaz", "ossetian", "crimean", "caribbean", "scandinavian", "balkan", "nordic"}
)  # fmt: skip
#: What is done to towns: "captured", "shelled".
TAKEN = frozenset(
    {"captured", "seized", "bombed", "shelled", "entered", "overran", "retook", "recaptured", "reached", "besieged",
     "control", "controls", "controlled", "patrolled", "liberated", "occupied", "stormed", "evacuated", "defending",
     "capturing", "bombing", "shelling", "seizing"}
)  # fmt: skip
#: Kinds of place after a name: "Duma town", "the Adra and Harasta districts".
KINDS_AFTER = frozenset({"town", "village", "villages", "towns", "city", "district", "districts", "neighbourhood",
                         "neighborhood", "suburb", "governorate", "province", "municipality"})  # fmt: skip
WITHIN = frozenset({"in", "near", "outside", "around", "inside", "throughout", "across"})
AFTER = frozenset(
    {"based", "born", "held", "controlled", "backed", "led", "occupied", "bound", "area", "airport", "city"}
)  # fmt: skip
#: Words that a place name before them belongs to: names of diseases.
DISEASES = frozenset(
    {"virus", "fever", "disease", "flu", "strain", "syndrome", "encephalitis", "variant", "ebolavirus"}
)  # fmt: skip
#: Words that a town's name before them only names: treaties.
TREATIES = frozenset(
    {"accord", "accords", "agreement", "agreements", "convention", "conventions", "protocol", "protocols", "treaty",
     "declaration"}
)  # fmt: skip
COMPASS = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "centre", "center",
     "upper", "lower", "beach", "valley", "saint", "st", "mount", "lake", "port", "fort", "river", "island",
     "islands", "cape", "new", "old", "the", "northwest", "northeast", "southwest", "southeast"}
)  # fmt: skip
COMPASS_ADJECTIVES = frozenset(MODIFIERS - {"upper", "lower", "greater"})
#: How much a settlement's name alone makes one think of it, by least population.
SIZES = ((1_000_000, 2.5), (300_000, 2.0), (80_000, 1.4), (15_000, 0.7), (0, 0.2))
#: Countries (alpha-2) where many towns are called like people, or people like towns.
NAMESAKES = frozenset(
    {"US", "GB", "CA", "AU", "NZ", "IE", "ZA", "JM", "ES", "MX", "CO", "AR", "PE", "CL", "PH", "BR", "PT", "VE",
     "EC", "GT", "HN", "SV", "NI", "CR", "PA", "DO", "CU", "PR", "UY", "PY", "BO", "FR", "DE", "IT", "NL", "BE",
     "AT", "CH", "SE", "DK"}
)  # fmt: skip
#: Countries that are also given names or surnames.
PEOPLE_TOO = frozenset(
    {"jordan", "chad", "georgia", "israel", "kenya", "malta", "cuba", "india", "paris", "ireland", "france"}
)  # fmt: skip
LABELS = {"GPE": 3.0, "LOC": 2.5, "FAC": 2.0, "ORG": -1.0, "PERSON": -2.0, "NORP": -1.0, "": 0.0}
