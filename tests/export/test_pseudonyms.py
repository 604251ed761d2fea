"""No withheld name stays in the output, and every anchor of what is given away holds."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.anchors import faults
from onrecord.annotators.settings import Settings
from onrecord.batch import additions
from onrecord.cli import main
from onrecord.errors import OnrecordError, RecordError
from onrecord.export import pseudonyms as module
from onrecord.export.names import ordinary, words
from onrecord.export.pseudonyms import Pseudonyms
from onrecord.export.rebuilt import words_in
from onrecord.export.withheld import Moves, Swap, Withheld, swapped
from onrecord.model import Annotated, Entity, Participant, Place, Report, Role, Span
from onrecord.read import received
from onrecord.record.store import Record
from record.builder import Builder, dispatch

DEMO = Path(__file__).parents[2] / "demo" / "reports"


def plain(text: str) -> str:
    """Without case, accents and characters that nobody sees."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in bare if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")


def holds(text: str, name: str) -> bool:
    return re.search(rf"(?<![^\W_]){re.escape(plain(name))}(?![^\W_])", plain(text)) is not None


def told(reading: Annotated) -> str:
    """Everything in the output that a person could read a name from."""
    report = reading.report
    return "\n".join([*words_in(reading), report.id, report.url or "", json.dumps([e.ids for e in reading.entities])])


GIVEN = ("Orla", "Zoë", "Jean-Luc", "İbrahim", "Rose", "Will", "Ståle", "Mo", "Vladimír", "O", "ANNA", "Łukasz", "李")
FAMILY = ("Venn", "O'Brien", "van der Berg", "al-Assad", "Kim", "May", "Said", "Erdoğan", "de la Cruz", "Ki-moon",
          "King", "Jr.", "F. Moss", "bin Salman", "Müller", "March")  # fmt: skip
FILLER = ("talks had failed", "the king said so in May", "may will rose", "a van drove to the port", "P1 and A1",
          "he left", "on 5 March", "de facto", "Person1", "WORDS", "the o of it", "x")  # fmt: skip


@st.composite
def readings(draw: st.DrawFn) -> list[Annotated]:
    people = draw(st.lists(st.tuples(st.sampled_from(GIVEN), st.sampled_from(FAMILY)), min_size=1, max_size=4,
                           unique=True))  # fmt: skip
    made = []
    for number in range(draw(st.integers(1, 3))):
        b = Builder()
        for first, last in draw(st.lists(st.sampled_from(people), max_size=6)):
            b.write(draw(st.sampled_from(FILLER)) + draw(st.sampled_from([" ", ". ", ", ", "\n\n"])))
            full = f"{first} {last}"
            said = b.entity(full, role=draw(st.sampled_from([None, "Minister", f"{last}'s aide"])))
            known = b.entities[full]
            b.write(draw(st.sampled_from([" ", "'s ", "-", " and "])))
            shape = draw(st.sampled_from([last, first, last.upper(), full.lower(), f"{last}s", f"@{first}_{last}",
                                          f"{first}{last}", full, unicodedata.normalize("NFD", full),
                                          "\u00ad".join(full),
                                          f"{first} X. {last}"]))  # fmt: skip
            span = b.write(shape)
            if draw(st.booleans()):
                b.entities[full] = msgspec.structs.replace(known, mentions=(*known.mentions, span))
            b.says(said, "said", draw(st.sampled_from([*FILLER, f"{full} was here"])))
            if draw(st.booleans()):
                b.figure(f"9 of {full}", 9, 9, of=f"{last} loyalists", claimant=said.entity)
                b.place(draw(st.sampled_from(["Kesra", f"{last} Square"])))
                b.event(
                    "met", "CONSULT", actors=(said,), recipients=(Participant((span,), b.text[slice(*span)], None),)
                )
        if b.text:
            first, last = draw(st.sampled_from(people))
            made.append(b.annotated(given_id=f"{first}-{last}-{number}", title=draw(st.sampled_from(
                [None, f"{first} {last} speaks", f"{last.upper()} LEAVES"])), publisher=f"{last} Post",
                published="1974-08-15"))  # fmt: skip
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(readings())
def test_no_part_of_a_persons_name_stays_and_every_anchor_holds(given_: list[Annotated]) -> None:
    pseudonyms = Pseudonyms(given_, "persons")
    made = [pseudonyms.of(reading) for reading in given_]
    everything = "\n".join(map(told, made))
    for reading in given_:
        for entity in reading.entities:
            for name in (entity.name, entity.name.lower(), entity.name.upper()):
                assert not re.search(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", everything), name
            for part in re.findall(r"[^\W\d_]{2,}", entity.name):
                if plain(part) in ordinary():  # a word too: where it is written as a name
                    assert not re.search(rf"(?<![^\W_]){part.capitalize()}(?![^\W_])", everything) or part.islower()
                    assert not re.search(rf"(?<![^\W_]){part}(?![^\W_])", everything) or part.islower()
                else:
                    assert not holds(everything, part), part
    for before, after in zip(given_, made, strict=True):
        assert faults(after) == []
        assert [len(getattr(after, f)) for f in after.__struct_fields__[2:]] == [
            len(getattr(before, f)) for f in before.__struct_fields__[2:]
        ]
        for old, new in zip(before.entities, after.entities, strict=True):
            assert old.name in pseudonyms.mapping[new.name]
            assert after.report.text[slice(*new.mentions[0])].startswith(new.name)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(readings())
def test_what_is_no_name_stays_as_it_was(given_: list[Annotated]) -> None:
    pseudonyms = Pseudonyms(given_, "persons")
    for reading in given_:
        made = pseudonyms.of(reading)
        words_left, words_there = (re.findall(r"talks|failed|facto|drove|port|WORDS|left", one.report.text)
                                   for one in (made, reading))  # fmt: skip
        assert words_left == words_there


@given(st.text("ab ", max_size=30), st.data())
def test_spans_move_with_the_words_around_them(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    swaps = [Swap(a, b, "P1") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    made = swapped(text, swaps)
    a, b = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))
    span = (min(a, b), max(a, b))
    if span[0] == span[1]:
        return
    ((start, end),) = Moves(swaps).of((span,))
    assert 0 <= start < end <= len(made)
    inner = [Swap(max(s.start, span[0]) - span[0], min(s.end, span[1]) - span[0], s.pseudonym)
             for s in swaps if s.start < span[1] and span[0] < s.end]  # fmt: skip
    assert made[start:end] == swapped(text[slice(*span)], inner)


def reading(text: str, *people: str, bodies: tuple[str, ...] = (), **known: str) -> Annotated:
    """A report in which each name's first place is a mention."""
    b = Builder()
    b.write(text)
    for name in (*people, *bodies):
        at = text.index(name)
        b.entities[name] = Entity(f"e{len(b.entities) + 1}", name, "person" if name in people else "organisation",
                                  ((at, at + len(name)),), (), {"wikidata": "Q1"}, "FRA", "GOV")  # fmt: skip
    return b.annotated(**known)  # type: ignore[arg-type]


def made(*given_: Annotated, whose: str = "persons") -> list[str]:
    pseudonyms = Pseudonyms(given_, whose)  # type: ignore[arg-type]
    return [pseudonyms.of(one).report.text for one in given_]


def test_one_name_has_one_pseudonym_in_all_reports_and_a_shorter_one_that_of_the_only_longer() -> None:
    assert made(
        reading("Orla Venn left. Venn is ill.", "Orla Venn"),
        reading("Venn met Zoe Moss and ZOE MOSS's aide.", "Venn", "Zoe Moss"),
        reading("Ana Moss spoke; Moss was heard.", "Ana Moss"),
        reading("Moss had left.", "Moss"),
    ) == ["P1 left. P1 is ill.", "P1 met P2 and P2's aide.", "P3 spoke; P3 was heard.", "P4 had left."]


def test_a_name_that_may_be_of_several_is_nobodys() -> None:
    assert made(
        reading("Zoe Moss spoke.", "Zoe Moss"), reading("Ana Moss spoke.", "Ana Moss"), reading("It was Moss.")
    ) == ["P1 spoke.", "P2 spoke.", "It was P0."]


def test_a_word_that_is_a_name_too_stays_where_it_is_a_word() -> None:
    assert made(reading("Theresa May said that it may rain. Rose Will rose. MAY LEAVES.", "Theresa May", "Rose Will")
                ) == ["P1 said that it may rain. P2 rose. P1 LEAVES."]  # fmt: skip


def test_pronouns_and_descriptions_are_no_names() -> None:
    one = reading("Orla Venn left. He said so; the American delegate agreed. Secretary Venn did.", "Orla Venn")
    entity = one.entities[0]
    text = one.report.text
    spans: list[Span] = [(text.index(w), text.index(w) + len(w)) for w in ("He", "American delegate", "Secretary")]
    one = msgspec.structs.replace(one, entities=(msgspec.structs.replace(entity, mentions=(*entity.mentions, *spans)),))
    assert made(one) == ["P1 left. He said so; the American delegate agreed. Secretary P1 did."]


def test_pseudonyms_are_none_that_a_text_uses() -> None:
    assert made(reading("Orla Venn read paper P1.", "Orla Venn")) == ["Person1 read paper P1."]


def test_bodies_keep_their_names_unless_all_names_are_withheld() -> None:
    one = reading("Orla Venn left the Harbour Union. A harbour union strike; HARBOUR UNION.", "Orla Venn",
                  bodies=("Harbour Union",))  # fmt: skip
    assert made(one) == ["P1 left the Harbour Union. A harbour union strike; HARBOUR UNION."]
    assert made(one, whose="names") == ["P1 left the A1. A harbour union strike; A1."]


def test_what_leads_to_a_name_is_withheld_with_it() -> None:
    one = reading("Orla Venn spoke on Venn Square of the Harbour Union.", "Orla Venn", bodies=("Harbour Union",),
                  given_id="orla-venn", title="Venn speaks", publisher="The Venn Post")  # fmt: skip
    at = one.report.text.index("Venn Square")
    one = msgspec.structs.replace(
        one,
        report=msgspec.structs.replace(one.report, url="https://a.example/venn"),
        places=(Place("p1", (at, at + 11), "Venn Square", 1.0, 2.0, 3, "settlement", ("Venn County",), None),),
    )
    done = Pseudonyms([one], "persons").of(one)
    assert (done.report.id, done.report.url, done.report.title) == ("report-1", None, "P1 speaks")
    assert done.report.publisher == "The P1 Post"
    assert done.places == (Place("p1", (12, 21), "P1 Square", None, None, None, "settlement", (), None),)
    assert [(e.name, e.ids, e.country) for e in done.entities] == [
        ("P1", {}, "FRA"), ("Harbour Union", {"wikidata": "Q1"}, "FRA"),
    ]  # fmt: skip
    done = Pseudonyms([one], "names").of(one)
    assert [(e.name, e.ids, e.country) for e in done.entities] == [("P1", {}, "FRA"), ("A1", {}, None)]


def test_a_name_that_would_stay_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    one = reading("Orla Venn left.", "Orla Venn")
    pseudonyms = Pseudonyms([one], "persons")
    monkeypatch.setattr(module, "swapped", lambda text, swaps: text)
    with pytest.raises(RecordError, match="names would stay; report this as a defect"):
        pseudonyms.of(one)


def test_every_field_of_words_is_known() -> None:
    """A field that is added to the schema must be said to hold words or not."""
    from onrecord.export.rebuilt import WORDS

    known = {"id", "version", "sha256", "published", "url", "language", "type", "country", "sector", "entity", "kind",
             "within", "value", "mod", "mode", "cameo", "modality", "voice", "place", "time", "period", "claimant",
             "part_of", "qualifier", "unit", "scope", "precision", "act", "manner", "schema", "contexts"}  # fmt: skip
    schema = msgspec.json.schema_components([Annotated])[1]
    assert {kind.__name__ for kind in WORDS} <= set(schema)
    for kind, described in schema.items():
        words_of = next((held for known_kind, held in WORDS.items() if known_kind.__name__ == kind), frozenset())
        for name, field in described["properties"].items():
            if '"string"' in json.dumps(field) and name not in words_of and name != "ids":
                assert name in known, f"{kind}.{name}"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("demo") / "demo.db")
    with Record.open(path) as record:
        found = received([str(p) for p in sorted(DEMO.glob("1962-10-2[0-8]*.html"))], published=None, publisher=None)
        for result in additions(record, found, Settings(models=False)):
            assert not isinstance(result, OnrecordError)
    return path


@pytest.mark.parametrize("redact", ["persons", "names"])
def test_the_command_withholds_the_names_of_real_readings(demo: str, tmp_path: Path, redact: str) -> None:
    mapping = tmp_path / "mapping.json"
    command = ["--record", demo, "export", "--redact", redact, "--mapping", str(mapping)]
    told_ = CliRunner().invoke(main, command)
    assert told_.exit_code == 0, told_.output
    lines = [msgspec.json.decode(line, type=Annotated) for line in told_.stdout.splitlines()]
    assert len(lines) > 5
    assert all(faults(line) == [] for line in lines)
    assert all(re.search(r"\bP\d+\b", line.report.text) for line in lines)
    everything = "\n".join(map(told, lines))
    for name in ("Kennedy", "KHRUSHCHEV", "khrushchev", "Stevenson", "Zorin", "Castro", "Thant"):
        assert not holds(everything, name)
    assert holds(everything, "Pentagon") is (redact == "persons")
    kept = json.loads(mapping.read_text())
    assert any("John F. Kennedy" in called for called in kept["pseudonyms"].values())
    assert len(kept["reports"]) == len(lines)
    assert mapping.stat().st_mode & 0o777 == 0o600
    assert CliRunner().invoke(main, command).exit_code == 1


def test_a_mapping_is_not_written_unless_asked_for(demo: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told_ = CliRunner().invoke(main, ["--record", demo, "export", "--redact", "persons", "-o", "out.jsonl"])
    assert (told_.exit_code, [p.name for p in tmp_path.iterdir()]) == (0, ["out.jsonl"])
    assert CliRunner().invoke(main, ["--record", demo, "export", "--mapping", "m"]).exit_code == 2


def test_names_are_found_in_time_that_grows_with_the_text() -> None:
    b = Builder()
    for n in range(3000):
        b.entity(f"Orla Venn{n}")
        b.write(" left. ")
    one, start = b.annotated(), time.process_time()
    assert Pseudonyms([one], "persons").of(one).report.text.startswith("P1 left. P2 left. ")
    assert time.process_time() - start < 10  # it takes one or two seconds


def test_words_that_hold_withheld_letters_stay() -> None:
    held = Withheld("P0")
    assert [w.folded for w in words("Vennish venn")] == ["vennish", "venn"]
    assert held.left_in("Venn") == []
    assert made(reading("Orla Venn saw Vennish moods; Vennism.", "Orla Venn")) == ["P1 saw Vennish moods; P1."]


def test_the_readings_of_the_builder_can_be_withheld_too() -> None:
    made_ = Pseudonyms([dispatch(n) for n in range(3)], "persons")
    assert {made_.of(dispatch(n)).entities[0].name for n in range(3)} == {"P1", "P2", "P3"}
    assert isinstance(made_.of(dispatch(0)).report, Report)
    assert isinstance(made_.of(dispatch(0)).entities[0].roles[0], Role)
