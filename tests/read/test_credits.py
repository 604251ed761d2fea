from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.read.credits import credit


@pytest.mark.parametrize(
    ("text", "words", "agency", "place"),
    [
        ("GENEVA (AP) - Talks resumed.", "GENEVA (AP) -", "AP", "GENEVA"),
        ("KYIV, March 3 (Reuters) – Shelling went on.", "KYIV, March 3 (Reuters) –", "Reuters", "KYIV"),
        ("BEIRUT — The port reopened.", "BEIRUT —", None, "BEIRUT"),
        ("JERUSALEM (AP)_ The court met.", "JERUSALEM (AP)_", "AP", "JERUSALEM"),
        ("(CNN) The envoy left.", "(CNN)", "CNN", None),
        ("(Reuters) - The envoy left.", "(Reuters) -", "Reuters", None),
        ("AFP - The envoy left.", "AFP -", "AFP", None),
        ("MOSCOW, March 4. /TASS/. Trains ran again.", "MOSCOW, March 4. /TASS/.", "TASS", "MOSCOW"),
        ("MOSCOW. March 4 (Interfax) - Trains ran.", "MOSCOW. March 4 (Interfax) -", "Interfax", "MOSCOW"),
        ("MOSCOW/KYIV (Reuters) - Both met.", "MOSCOW/KYIV (Reuters) -", "Reuters", "MOSCOW/KYIV"),
        ("N'DJAMENA, Chad (AP) — Troops came.", "N'DJAMENA, Chad (AP) —", "AP", "N'DJAMENA, Chad"),
        ("Budapest, October 30 (MTI) - The mayor left.", "Budapest, October 30 (MTI) -", "MTI", "Budapest"),
        ("KINSHASA, Democratic Republic of the Congo (AP) — Rain fell.", None, "AP",
         "KINSHASA, Democratic Republic of the Congo"),
        ("   SAN SALVADOR, 3 JAN 90 -- [REPORT] [A. SPEAKER] [TEXT] THE ARMY LEFT.",
         "SAN SALVADOR, 3 JAN 90 -- [REPORT] [A. SPEAKER] [TEXT]", None, "SAN SALVADOR"),
        ("   LIMA, 4 FEB 90 (ACAN-EFE) -- [TEXT] THE ARMY LEFT.", "LIMA, 4 FEB 90 (ACAN-EFE) -- [TEXT]", "ACAN-EFE",
         "LIMA"),
        ("CLANDESTINE, 4 FEB 90 (RADIO LIBRE) -- [TEXT] WE STAY.", None, "RADIO LIBRE", None),
        ("KABUL, Afghanistan (Jan. 25, 2013)\nTwo men were held.", "KABUL, Afghanistan (Jan. 25, 2013)", None,
         "KABUL, Afghanistan"),
        ("Port reopens\n\nBEIRUT (AP) — The port reopened.", "BEIRUT (AP) —", "AP", "BEIRUT"),
        ("By Jane Doe\nHarbour News Agency\n\nThe port reopened.", "By Jane Doe\nHarbour News Agency",
         "Harbour News Agency", None),
        ("By Jane Doe, Associated Press\nThe port opened.", "By Jane Doe, Associated Press", "Associated Press", None),
        ("The port reopened, he said. (Reuters)", "(Reuters)", "Reuters", None),
        ("The port reopened.\n© 2017 AFP\n", "© 2017 AFP", "AFP", None),
    ],
)  # fmt: skip
def test_datelines_and_credit_lines_are_found_with_their_words(
    text: str, words: str | None, agency: str | None, place: str | None
) -> None:
    found = credit(text)
    assert found is not None
    assert (found.agency, found.place) == (agency, place)
    assert words is None or found.text == words
    assert text[slice(*found.span)] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The port reopened on Monday.",
        "REBELS TAKE TOWN - ARMY RETREATS",
        "THE GOVERNMENT SAID ON MONDAY - AFTER TALKS - THAT IT AGREED",
        "BREAKING NEWS - Three boats have sunk off the cape",
        "EXCLUSIVE – Minister: we never agreed to that",
        "NATO - The alliance met on Monday.",
        "BEIRUT — the port that burned — reopened.",
        "The River Army (SAA) – backed by boats – moved north.",
        "(YPG) – backed by others – entered the village.",
        "Marin (AP) is a town on the coast.",
        "By Monday Evening\nThe port had reopened.",
        "By noon, three boats had left.",
        "He has worked for Reuters",
        "She went to the refugee agency (UNHCR)",
    ],
)
def test_an_ordinary_first_sentence_is_no_credit(text: str) -> None:
    assert credit(text) is None


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("AaBé (),.-—_/[]\n0©by"), max_size=400))
def test_a_credit_always_quotes_the_text(text: str) -> None:
    found = credit(text)
    assert found is None or (found.text and text[slice(*found.span)] == found.text)
