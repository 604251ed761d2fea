from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.read import received
from onrecord.read.captions import running_text
from onrecord.read.original import Received

SRT = """1
00:00:01,000 --> 00:00:03,000
<i>The talks in Geneva</i>
have failed,

2
00:00:03,100 --> 00:00:05,000
the mediator said.

3
00:00:12,000 --> 00:00:14,000
Two people were wounded &amp; left.
"""
VTT = """WEBVTT - Harbour News

NOTE
nobody speaks here

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.000 align:start
<v Ada Ivers>The talks have <c.loud>failed</c>.

00:03.000 --> 00:05.000
<v Ada Ivers>We are leaving.

00:05.000 --> 00:06.000
<v Osei>So are we.
"""


def test_cues_are_joined_into_paragraphs_which_pauses_part() -> None:
    text, _ = running_text(SRT)
    assert text == "The talks in Geneva have failed, the mediator said.\n\nTwo people were wounded &amp; left.".replace(
        "&amp;", "&"
    )


def test_voices_are_named_and_notes_are_left_out() -> None:
    text, _ = running_text(VTT)
    assert text == "Ada Ivers: The talks have failed. We are leaving.\n\nOsei: So are we."


def test_speakers_who_are_marked_in_the_words_part_paragraphs() -> None:
    cues = "\n\n".join(
        f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{words}"
        for n, words in enumerate([">> Will you go?", ">> We will.", "MAYOR OF PORT: No.", "Not today."])
    )
    assert running_text(cues)[0] == ">> Will you go?\n\n>> We will.\n\nMAYOR OF PORT: No. Not today."


def test_lines_that_roll_up_stand_once() -> None:
    rolling = (
        "00:00:01.000 --> 00:00:02.000\nthe talks have failed\n\n"
        "00:00:02.000 --> 00:00:03.000\nthe talks have failed\nhe said on Monday\n\n"
        "00:00:03.000 --> 00:00:04.000\nhe said on Monday\nand left\n"
    )
    assert running_text(rolling)[0] == "the talks have failed he said on Monday and left"


@given(
    st.lists(st.text(st.sampled_from("ab <>&;{}\\vi/\u00e9."), max_size=20), max_size=6),
    st.sampled_from(["\n", "\r\n"]),
)
def test_every_stretch_that_is_mapped_is_the_same_in_the_captions(lines: list[str], end: str) -> None:
    captions = end.join(f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000{end}{line}{end}" for n, line in enumerate(lines))
    try:
        text, segments = running_text(captions)
    except InputError:
        return
    done = 0
    for start, at, length in segments:
        assert start >= done
        assert text[start : start + length] == captions[at : at + length]
        done = start + length


def test_a_file_of_captions_is_a_report_whose_words_stand_below_their_times(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text(SRT)
    (tmp_path / "b.vtt").write_text(VTT)
    first, second = received([tmp_path])
    assert isinstance(first, Received)
    assert isinstance(second, Received)
    assert (first.original.media_type, second.original.media_type) == ("application/x-subrip", "text/vtt")
    at = first.report.text.index("mediator")
    start, origin, _ = next(s for s in first.original.segments if s[0] <= at < s[0] + s[2])
    before = first.original.decoded[: origin + at - start]
    assert before.splitlines()[-2] == "00:00:03,100 --> 00:00:05,000"


@pytest.mark.parametrize("words", ["", "1\nno times\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n"])
def test_a_file_without_cues_is_one_error(words: str, tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text(words)
    (found,) = received([tmp_path / "a.vtt"])
    assert isinstance(found, InputError)
