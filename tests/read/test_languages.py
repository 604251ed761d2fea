from __future__ import annotations

import pytest

from onrecord.read.languages import language


@pytest.mark.parametrize(
    "text",
    [
        "Two people were killed in the attack, police said.",
        "Troops enter Bakhmut",
        "Hamas, Fatah leaders sign pact in Algiers",
        "Abdel Fattah al-Burhan met Mohamed Hamdan Dagalo in Port Sudan.",
        "Nicolás Maduro told Evo Morales that Caracas and La Paz agreed.",
        "THE ARMY SAID TODAY THAT THE GUERRILLAS ATTACKED THE FARM.",
        "Gunmen storm Kaduna village",
        "Lukashenko denies it",
    ],
)
def test_a_short_english_text_is_english_whatever_names_it_holds(text: str) -> None:
    assert language(text) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deux personnes ont été tuées dans l'attaque, a annoncé la police.", "fr"),
        ("Zwei Menschen wurden bei dem Angriff getötet, teilte die Polizei mit.", "de"),
        ("Dos personas murieron en el ataque, dijo la policía.", "es"),
        ("Два человека погибли при нападении, сообщила полиция.", "ru"),
        ("Двоє людей загинули внаслідок нападу, повідомила поліція.", "uk"),
        ("قتل شخصان في الهجوم، حسبما أعلنت الشرطة.", "ar"),
        ("警方说，两人在袭击中丧生。", "zh"),
        ("Polis, saldırıda iki kişinin öldüğünü açıkladı.", "tr"),
        ("Duas pessoas morreram no ataque, informou a polícia.", "pt"),
        ("Due persone sono state uccise nell'attacco, ha detto la polizia.", "it"),
        ("Hij was de eerste die het zei en hij had gelijk.", "nl"),
        ("Dwie osoby zginęły w ataku, podała policja.", "pl"),
    ],
)
def test_a_sentence_in_another_language_is_told(text: str, code: str) -> None:
    assert language(text) == code


def test_an_english_headline_does_not_make_a_french_report_english() -> None:
    head = "The minister said that they were on the way to the talks. "
    body = "Le ministre a déclaré que les deux parties étaient prêtes à reprendre la négociation. "
    assert language(head + body * 20) == "fr"


@pytest.mark.parametrize("text", ["", " \n", "12 - 14", "!!"])
def test_a_text_without_letters_has_no_language(text: str) -> None:
    assert language(text) is None
