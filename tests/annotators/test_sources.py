from __future__ import annotations

import pytest

from onrecord.annotators.reading import annotated
from onrecord.read.text import report


def speakers(text: str, *, title: str | None = None) -> list[tuple[str, str | None]]:
    """The words of each source and the name of its entity, in the order of the text."""
    read = annotated(report(text, title=title))
    names = {e.id: e.name for e in read.entities}
    return [
        (" ".join(text[s:e] for s, e in a.source.spans), names.get(a.source.entity or "")) for a in read.attributions
    ]


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("Ada Brandt visited the camp. She said the water was bad.", "She", "Ada Brandt"),
        ("She said the water was bad. Ada Brandt visited the camp.", "She", None),
        (
            '"This is no court," Valerian Dusek replied. He told Karl Holm that he would have his answer soon.',
            "He",
            "Valerian Dusek",
        ),
        ("Karl Holm asked Ivan Dusek whether he denied it. A soldier arrived. He said it was late.", "He", None),
        ('"I left at dawn," Ada Brandt said.', "Ada Brandt", "Ada Brandt"),
        ('"I think we will leave at dawn," Ada Brandt said.', "I", "Ada Brandt"),
        ("The Red Valley Army shelled the port. It said no boats were hit.", "It", "Red Valley Army"),
        ("The storm passed. It said that the cost was unknown.", "It", None),
        ("Karl Holm and Ada Brandt flew home. They said the talks had failed.", "They", "Karl Holm and Ada Brandt"),
        ("Halyard news agency said the port was shut.", "Halyard news agency", "Halyard"),
    ],
)
def test_a_source_is_the_entity_that_its_words_mean(text: str, source: str, speaker: str | None) -> None:
    found = [name for words, name in speakers(text) if words == source]
    assert found
    assert set(found) == {speaker}


INTERVIEW = """Interview with painter Ada Brandt

Karl Holm came to the studio last week.

Why did you leave the city, and do you miss it?

I think the light was wrong there. Holm believes it was the noise.

Do you think you will go back?

I doubt that I will go back."""


def test_the_answers_of_an_interview_are_those_of_the_person_interviewed() -> None:
    found = speakers(INTERVIEW)
    assert ("I", "Ada Brandt") in found
    assert ("Holm", "Karl Holm") in found
    assert {name for words, name in found if words in {"I", "you"}} == {"Ada Brandt"}


def test_first_persons_of_a_report_that_is_no_interview_are_nobody() -> None:
    text = "Ada Brandt gave an interview on Monday.\n\nI think she was tired."
    assert ("I", None) in speakers(text)


def test_a_dateline_speaks_for_nobody() -> None:
    text = "UNITED NATIONS, Oct. 25 (Halyard) - The envoy said the talks had failed."
    read = annotated(report(text, published="2021-10-25"))
    assert read.report.credit is not None
    end = read.report.credit.span[1]
    assert all(e.type == "place" for e in read.entities if any(start < end for start, _ in e.mentions))
