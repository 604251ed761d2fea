"""Notices about the report itself are found, with what was wrong and what is right; news of others' is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.text import report
from onrecord.reconcile.copy_links import copies
from onrecord.reconcile.notices import Notice, corrected, notices

from .wire import OTHER, STORY, made


def only(text: str, **known: str) -> tuple[Notice, str | None, str | None]:
    (found,) = notices(report(text, **known))  # type: ignore[arg-type]
    wrong, right = (None if span is None else text[slice(*span)] for span in (found.wrong, found.right))
    return found, wrong, right


@pytest.mark.parametrize(
    ("text", "kind", "wrong", "right"),
    [
        ("Correction: An earlier version of this story said that 12 people drowned. The number is ten.",
         "correction", "12 people drowned", "The number is ten"),
        ("Correction, Mar. 3, 1958: An earlier version of this story said that nine drowned. It was ten.",
         "correction", "nine drowned", "It was ten"),
        ("This report has been corrected to show that Vane resigned on Friday, not Thursday.",
         "correction", "Thursday", "Vane resigned on Friday"),
        ("An earlier version of this article misidentified the mayor. She is Ilse Marrow.",
         "correction", "the mayor", "She is Ilse Marrow"),
        ("(Corrects name of town in paragraph 4)", "correction", None, None),
        ("(Updates with mayor, adds detail)", "update", None, None),
        ("UPDATE: Two more bodies were found.", "update", None, None),
        ("Clarification: The mayor spoke of flour, not of fuel.",
         "clarification", "of fuel", "The mayor spoke of flour"),
        ("In a story May 4 about the siege, The Associated Press reported erroneously that Vane fled. He is in Halm.",
         "correction", "Vane fled", "He is in Halm"),
        ("EDITOR'S NOTE: This dispatch was passed by the censor.", "editor's note", None, None),
        ("Editor's note: An earlier version of this story incorrectly stated that the pier sank.", "correction",
         "the pier sank", None),
        ("We are retracting this story because its source was invented.", "retraction", None, None),
        ("This story has been withdrawn.", "retraction", None, None),
        ("Eds: Updates with quotes from the mayor.", "update", None, None),
        ("Please disregard this report.", "retraction", None, None),
        ("This article was amended on 3 May to correct the spelling of Lindenau.", "correction", None, None),
    ],
)  # fmt: skip
def test_notices(text: str, kind: str, wrong: str | None, right: str | None) -> None:
    found, was, shown = only(text)
    assert (found.kind, was, shown) == (kind, wrong, right)
    assert found.span[0] == 0


@pytest.mark.parametrize(
    "text",
    [
        "The magazine retracted its article on the siege, officials said.",
        "The correction of the border took years.",
        "Update on the siege of Port Ansel",
        "The earlier report of the commission wrongly blamed the rebels.",
        "The BBC reported erroneously that the mayor was dead.",
        "The army withdrew this week from the harbour.",
        "The treaty was amended in March.",
        *STORY,
        *OTHER,
    ],
)
def test_news_is_no_notice(text: str) -> None:
    assert notices(report(text)) == ()


def test_an_agency_retracts_its_own_story_alone() -> None:
    text = "The AP has withdrawn its story about the harbour."
    assert notices(report(text)) == ()
    assert only(text, publisher="Associated Press")[0].kind == "retraction"


@pytest.mark.parametrize(
    ("title", "kind"),
    [("UPDATE 2-Port Ansel shelled", "update"), ("CORRECTED-Port Ansel shelled", "correction"),
     ("Correction: Port Ansel story", "correction"), ("REFILE-Port Ansel shelled", "correction"),
     ("WRAPUP 3-Port Ansel shelled", "update"), ("Retraction: Port Ansel", "retraction")],
)  # fmt: skip
def test_headline_tags(title: str, kind: str) -> None:
    (found,) = notices(made(*STORY, title=title))
    assert (found.kind, found.field, found.span[0]) == (kind, "title", 0)
    assert notices(made(*STORY, title="Updated rules for pilots")) == ()


NOTE = "Correction: An earlier version of this story misstated the number of the dead."


def test_the_corrected_report_is_the_last_one_before_at_its_address() -> None:
    url = "https://harbour.example/a"
    before = [made(*STORY, id=f"v{n}", url=url, published=f"2021-05-0{n}") for n in (1, 2, 6)]
    now = made(*STORY, NOTE, id="now", url=url, published="2021-05-04")
    found = corrected(now, before)
    assert found is not None
    assert (found.id, found.because) == ("v2", "same address")


def test_the_corrected_report_is_found_by_its_headline_or_its_words() -> None:
    before = made(*STORY, id="old", title="Port Ansel shelled", publisher="Reuters", published="2021-05-04")
    other = made(*OTHER, id="other", published="2021-05-03")
    tagged = made(*OTHER, id="new", title="CORRECTED-Port Ansel shelled", publisher="Reuters", published="2021-05-05")
    found = corrected(tagged, [before, other])
    assert found is not None
    assert (found.id, found.because) == ("old", "same publisher and headline")
    copied = made(*STORY, NOTE, id="copied", published="2021-05-06")
    found = corrected(copied, [before, other], copies([before, other, copied]))
    assert found is not None
    assert (found.id, found.because) == ("old", "a copy or version of it")


def test_no_report_is_named_where_several_could_be_meant_or_there_is_no_notice() -> None:
    before = [made(*STORY, id=f"v{n}", url="https://harbour.example/a") for n in (1, 2)]
    assert corrected(made(*STORY, NOTE, id="now", url="https://harbour.example/a"), before) is None
    assert corrected(made(*STORY, id="now", url="https://harbour.example/a"), before[:1]) is None


@given(
    st.lists(st.sampled_from((NOTE, *STORY[:3], "(Corrects date)", "UPDATE: More follows.", "\n")), max_size=9),
    st.text(max_size=40),
)
def test_spans_are_ordered_and_lie_within_the_text(parts: list[str], noise: str) -> None:
    text = " ".join([*parts, noise]) or "."
    seen = 0
    for found in notices(report(text)):
        assert seen <= found.span[0] < found.span[1] <= len(text)
        seen = found.span[1]
        for part in (found.wrong, found.right):
            assert part is None or found.span[0] <= part[0] < part[1] <= found.span[1]


def test_hostile_text_takes_no_long_time() -> None:
    for unit in ("an earlier version of ", "(Corrects ", "Correction: ", "said that a.b.c", "We retract "):
        notices(report(unit * 4_000))
