"""What is exported for brat and comes back unchanged says all that the reading did."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from export.conftest import written
from export.test_brat import files
from export.test_marked_and_streamed import TEXTS
from onrecord.cli import main
from onrecord.export.brat_lines import fragments
from onrecord.export.brat_notes import note, values
from onrecord.imports.brat_reading import Read, read
from onrecord.model import Annotated, Attribution, Content, Cue, Entity, Source, Span
from record.builder import plain

from .conftest import Onrecord, Project, full_report

DEMO = Path(__file__).parents[2] / "demo" / "reports"


def came_back(annotated: Annotated) -> Read:
    made = files(written("brat", annotated))
    (name,) = (name for name in made if name.endswith(".ann"))
    found = read(made[name], annotated.report, name)
    assert isinstance(found, Read), found
    return found


def test_every_field_of_every_type_comes_back() -> None:
    assert came_back(full_report()).annotated == full_report()
    assert came_back(full_report()).loose == 0


def test_all_readings_come_back_to_the_byte(onrecord: Onrecord, project: Project, exported: Path) -> None:
    for path in (project.folder, exported / "brat.zip"):
        result = onrecord("import", path, "--as", "gold")
        assert (result.exit_code, result.stderr) == (0, "5 reports taken over as gold\n")
        assert result.stdout_bytes == onrecord("export", "--format", "jsonl").stdout_bytes


def test_an_archive_of_the_folder_does_too(onrecord: Onrecord, project: Project, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as zipped:
        for path in project.folder.iterdir():
            zipped.write(path, f"team/{path.name}")
    result = onrecord("import", tmp_path / "packed.zip", "--as", "gold")
    assert result.stdout_bytes == onrecord("export", "--format", "jsonl").stdout_bytes


def test_unchanged_reports_make_no_correction(onrecord: Onrecord, project: Project) -> None:
    result = onrecord("import", project.folder, "--as", "corrections", "--author", "R. Okafor")
    assert (result.exit_code, result.output) == (0, "5 reports; corrections made: 0; changes not taken over: 0\n")
    assert onrecord("corrections", "--format", "jsonl").output == ""


def test_the_demo_reports_come_back_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def called(*arguments: str) -> bytes:
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout_bytes

    called("add", "--quiet", str(DEMO))
    called("export", "--format", "brat", "-o", "demo.zip")
    assert called("import", "demo.zip", "--as", "gold") == called("export", "--format", "jsonl")


KEYS = st.text(st.sampled_from("abz"), min_size=1, max_size=5)
VALUES = st.text(st.sampled_from(' ;"\\=\n\r\t\x00\x85\u2028\xa0aé🚢'), max_size=10)


@given(st.lists(st.tuples(KEYS, VALUES), max_size=5))
def test_a_note_is_one_line_and_says_its_values(pairs: list[tuple[str, str]]) -> None:
    made = note(pairs)
    assert made.splitlines() in ([made], [])
    assert "\t" not in made
    assert list(values(made)) == pairs


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(TEXTS.filter(lambda text: list(fragments(text, [(0, len(text))]))))
    shown = [at for start, end in fragments(text, [(0, len(text))]) for at in range(start, end)]
    words = st.sampled_from(shown).flatmap(lambda at: st.tuples(st.integers(0, at), st.integers(at + 1, len(text))))
    return text, draw(st.lists(words, min_size=3, max_size=6))


@given(texts_with_spans())
def test_spans_come_back_wherever_they_stand(drawn: tuple[str, list[Span]]) -> None:
    text, spans = drawn
    entity = Entity("n1", "a", "group", tuple(sorted(set(spans))), (), {}, None, None)
    apart = [span for n, span in enumerate(sorted(spans)) if not n or span[0] >= max(e for _, e in sorted(spans)[:n])]
    said = Attribution("a1", "direct", "said", "other", False, None, Source(tuple(apart), "n1", "group", tuple(spans)),
                       Cue(tuple(apart[:1])), Content(tuple(apart)), None, (), None, None, (), 1.0)  # fmt: skip
    whole = plain(text)
    made = Annotated(whole.schema, whole.report, (entity,), (said,), (), (), (), ())
    assert came_back(made).annotated == made
