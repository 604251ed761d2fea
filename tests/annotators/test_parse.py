"""The parse keeps every character at its place and never looks beyond the report."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotators.parse import parse
from onrecord.read.text import report

pieces = st.lists(
    st.sampled_from(
        ["The talks failed.", "He said: “No.”", "\n", "\n\n", " ", "\t", "…", "\u200b", "é", "\r\n", "A" * 40]
    ),
    max_size=30,
).map("".join)


@settings(deadline=None, max_examples=60)
@given(pieces)
def test_tokens_stand_at_the_offsets_of_the_text(text: str) -> None:
    parsed = parse(report(text))
    assert parsed.doc.text == text
    assert all(text[t.idx : t.idx + len(t.text)] == t.text for t in parsed.doc)


@settings(deadline=None, max_examples=60)
@given(pieces)
def test_paragraphs_hold_all_words_in_order_without_overlap(text: str) -> None:
    parsed = parse(report(text))
    ends = [0, *(e for _, e in parsed.paragraphs)]
    assert all(end <= start < stop for end, (start, stop) in zip(ends, parsed.paragraphs, strict=False))
    outside = "".join(text[a:b] for a, b in zip(ends, [s for s, _ in parsed.paragraphs] + [len(text)], strict=True))
    assert not outside.strip()


def test_a_sentence_does_not_run_across_a_blank_line() -> None:
    parsed = parse(report("Talks failed\n\nHe left the room"))
    assert len(list(parsed.doc.sents)) == 2


def test_a_paragraph_longer_than_one_piece_is_parsed_whole() -> None:
    text = "The minister left the town on Friday. " * 1500
    assert parse(report(text)).doc.text == text


def test_the_paragraph_of_an_offset_is_the_one_that_holds_it() -> None:
    parsed = parse(report("One.\n\nTwo.\n\nThree."))
    assert [parsed.text[slice(*parsed.paragraph(at))] for at in (0, 6, 13)] == ["One.", "Two.", "Three."]


def test_the_first_sentence_starts_after_the_dateline() -> None:
    parsed = parse(
        report("Talks on the dam fail\n\nTARSK, Oct. 27 (Halyard) - Premier Lukov said the talks had failed.")
    )
    said = next(t for t in parsed.doc if t.text == "said")
    assert [t.text for t in said.sent][:2] == ["Premier", "Lukov"]


def test_a_stretch_without_a_space_is_cut() -> None:
    text = "He said " + "“”" * 1_500 + " no."
    doc = parse(report(text)).doc
    assert doc.text == text
    assert {1_008, 2_008} <= {token.idx for token in doc}
