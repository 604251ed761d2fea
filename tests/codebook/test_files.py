"""A project file is found upward, read whole, and refused in one line that says where and what is allowed."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from onrecord.annotators.cues import entries
from onrecord.codebook import Codebook, codebook_above, read_codebook
from onrecord.codebook.checks import alpha2
from onrecord.codebook.model import Frame
from onrecord.errors import InputError

PLACE = '[[places]]\nname = "Camp"\ncountry = "SDN"\nlat = 1.5\nlon = 2\n'
ACTOR = '[[actors]]\nname = "A. Idris"\ntype = "person"\n'

WRONG = {
    '[[cue]]\nwords = ["x"]': "there is no key 'cue'; the keys are cues, events",
    '[[outlets]]\nnam = "x"': "[[outlets]] 1: there is no key 'nam'; the keys are name, domains",
    PLACE + PLACE.replace("lat = 1.5\n", "").replace("Camp", "Base"): "[[places]] 2 (Base): the key 'lat' is missing",
    PLACE.replace("1.5", "91"): "[[places]] 1 (Camp), lat: expected a number <= 90.0; give degrees",
    PLACE.replace("SDN", "SD"): "[[places]] 1 (Camp), country: 'SD' is no ISO 3166-1 alpha-3 code; give",
    PLACE + PLACE: "[[places]] 2 (Camp): 'Camp' is a name of [[places]] 1 (Camp) too",
    '[[events]]\ntype = "attack"\nverbs = ["drone"]': "[[events]] 1, type: invalid value 'attack'; give one of AGREE,",
    '[[events]]\ntype = "ASSAULT"': "[[events]] 1: it has no words; give verbs or nouns",
    '[[events]]\ntype = "ASSAULT"\nnouns = ["drone strike"]': "nouns: 'drone strike' is not one word",
    '[[events]]\ntype = "ASSAULT"\nverbs = ["fire"]\nbeside = ["a"]\nnever = ["b"]': "never: it stands with 'beside'",
    '[[events]]\ntype = "ASSAULT"\nverbs = ["fire"]\nmode = "By Air"': "mode: 'By Air' is no code",
    '[[units]]\nunit = "weapons"\nnouns = "manpads"': "[[units]] 1, nouns: expected a list, got text; put it in [ ]",
    '[[units]]\nunit = "tanks"\nnouns = ["tank"]': "unit: invalid value 'tanks'; give one of killed, wounded",
    '[[cues]]\nwords = ["Thunder"]\nmanner = "said"\nact = "warns"': "'Thunder' is not in small letters",
    '[[cues]]\nwords = ["x"]\nmanner = "said"\nact = "warns"\nframes = ["quote"]': "frames: invalid value 'quote'",
    ACTOR.replace("person", "place"): "[[actors]] 1 (A. Idris), type: a place is no actor; put it under [[places]]",
    ACTOR + 'sector = "government"': "sector: 'government' is no sector of PLOVER's; give one such as GOV",
    ACTOR + '[[actors.roles]]\nrole = "governor"\nsince = "2020"': "[[roles]] 1, since: it is no date",
    ACTOR + '[[actors.roles]]\nrole = "x"\nsince = 2021-01-02\nuntil = 2020-01-02': "until: 2020-01-02 is before since",
    ACTOR + 'other_names = [" "]': "other_names: ' ' is no name",
    '[[outlets]]\nname = "HT"\ndomains = ["https://ht.example/"]': "domains: 'https://ht.example/' is no domain",
    "units = 3": "units: expected a list, got a number",
    "a = ": "not TOML",
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), WRONG.items(), ids=range(len(WRONG)))
def test_what_is_wrong_is_told_with_file_table_entry_and_key(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_codebook(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_one_that_is_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    for name, said in (("none.toml", "cannot be read"), ("bytes.toml", "not UTF-8")):
        with pytest.raises(InputError, match=said):
            read_codebook(tmp_path / name)


def test_the_nearest_file_above_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "onrecord.toml").write_text("", encoding="utf-8")
    assert codebook_above(inner) == (tmp_path / "onrecord.toml").resolve()
    (tmp_path / "a" / "onrecord.toml").write_text("", encoding="utf-8")
    assert codebook_above(inner) == (tmp_path / "a" / "onrecord.toml").resolve()


def test_the_digest_is_of_what_is_said_and_not_of_how(tmp_path: Path) -> None:
    first, second, other = (tmp_path / f"{n}.toml" for n in "abc")
    first.write_text(PLACE, encoding="utf-8")
    second.write_text("# ours\n\n" + PLACE.replace("lon = 2\n", "").replace("lat", "lon = 2\nlat"), encoding="utf-8")
    other.write_text(PLACE.replace("1.5", "1.6"), encoding="utf-8")
    digests = [read_codebook(path).digest for path in (first, second, other)]
    assert digests[0] == digests[1] != digests[2]


def test_an_empty_file_adds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "onrecord.toml"
    path.write_text("# nothing yet\n", encoding="utf-8")
    assert read_codebook(path) == Codebook()
    assert read_codebook(path).is_empty


def test_the_frames_are_those_of_the_package_s_own_cues() -> None:
    assert set(get_args(Frame)) == {frame for entry in entries().values() for frame in entry.frames}


def test_the_codes_of_countries_are_those_of_the_package_s_table() -> None:
    assert len(alpha2()) > 240
    assert alpha2()["GBR"] == "GB"
