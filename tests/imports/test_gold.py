"""What annotators change in brat is in the gold, and what cannot be read is told by file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.model import Annotated
from onrecord.wire import decode

from .conftest import File, Onrecord, Project, opened


@pytest.fixture
def border(project: Project) -> File:
    return project.file("/border")


def gold(onrecord: Onrecord, project: Project, tmp_path: Path) -> dict[str | None, Annotated]:
    """The gold of all reports by their titles."""
    result = onrecord("import", project.folder, "--as", "gold", "--output", tmp_path / "gold.jsonl")
    assert (result.exit_code, result.output) == (0, "5 reports taken over as gold\n")
    found = [decode(line) for line in (tmp_path / "gold.jsonl").read_bytes().splitlines()]
    return {one.report.title: one for one in found}


def test_changed_attributes_arguments_and_words_are_in_the_gold(onrecord: Onrecord, project: Project, border: File,
                                                                tmp_path: Path) -> None:  # fmt: skip
    said, shelled, killed = border.entry("a1"), border.entry("v1"), border.entry("f1")
    border.change(f"Act {said} announces", f"Act {said} asserts")
    border.add(f"A90\tNegated {said}")
    content = border.bound("Content", "guns had opened up ")
    text = border.path.with_suffix(".txt").read_text()
    start = text.index("guns had")
    border.change(border.line(content), f"{content}\tContent {start} {start + 8}\tguns had")
    border.change(border.line(shelled), border.line(shelled).replace(" Place:", " Place:").partition(" Time:")[0]
                  + f" Voice:{said}")  # fmt: skip
    border.change("id=f1; low=12", "id=f1; low=12; high=15; (she said so on the telephone)")
    border.change(f"Unit {killed} killed", f"Unit {killed} wounded")
    found = gold(onrecord, project, tmp_path)["Clash at the border"]
    (a,), event, figure = found.attributions, found.events[0], found.figures[0]
    assert (a.act, a.negated, a.content.spans) == ("asserts", True, ((start, start + 8),))
    assert (event.place, event.time, event.voice) == ("p1", None, "a1")
    assert (figure.low, figure.high, figure.unit) == (12, 15, "wounded")


def test_an_argument_that_is_moved_means_whom_its_words_name(onrecord: Onrecord, project: Project, border: File,
                                                             tmp_path: Path) -> None:  # fmt: skip
    source, army = border.bound("Source", "Jörg R. Adler"), border.bound("ArmedForce", "Third Army")
    offsets = border.line(army).split("\t")[1].partition(" ")[2]
    border.change(border.line(source), f"{source}\tSource {offsets}\tThird Army")
    (said,) = gold(onrecord, project, tmp_path)["Clash at the border"].attributions
    assert said.source.entity == "e2"


def test_deleted_and_new_entries(onrecord: Onrecord, project: Project, border: File, tmp_path: Path) -> None:
    border.drop(border.entry("v3"))
    border.drop(border.bound("PROTEST", "protests broke out"))
    text = border.path.with_suffix(".txt").read_text()
    at = {words: f"{text.index(words)} {text.index(words) + len(words)}" for words in ("river", "drivers", "opened")}
    border.add(f"T90\tRETREAT {at['opened']}\topened", f"T91\tParticipant {at['drivers']}\tdrivers",
               "E90\tRETREAT:T90 Actor:T91", "A90\tModality E90 planned", "A91\tVoice E90 unsourced",
               f"T92\tGroup {at['drivers']}\tdrivers", f"T93\tNamedPlace {at['river']}\triver",
               "A92\tPrecision T93 area")  # fmt: skip
    found = gold(onrecord, project, tmp_path)["Clash at the border"]
    assert [event.id for event in found.events] == ["v1", "v2", "ev1"]
    new = found.events[-1]
    assert (new.type, new.modality, new.voice, new.mode, new.confidence) == ("RETREAT", "planned", "unsourced", None, 1)
    assert (found.entities[-1].name, found.entities[-1].type) == ("drivers", "group")
    assert new.actors[0].entity == found.entities[-1].id
    assert (found.places[-1].name, found.places[-1].lat) == ("river", None)


def test_gold_is_a_sample_for_evaluate(onrecord: Onrecord, project: Project, tmp_path: Path) -> None:
    gold(onrecord, project, tmp_path)
    onrecord("export", "--format", "jsonl", "-o", tmp_path / "read.jsonl")
    result = onrecord("evaluate", tmp_path / "gold.jsonl", "--against", tmp_path / "read.jsonl", "--only", "events")
    assert result.exit_code == 0
    assert "100.0" in result.output


def test_marked_words_that_no_argument_leads_to_are_told(onrecord: Onrecord, project: Project, border: File) -> None:
    border.add("T90\tSource 0 3\tCol")
    result = onrecord("import", project.folder, "--as", "gold", "--dry-run")
    assert (result.exit_code, result.stdout) == (0, "5 reports would be taken over as gold\n")
    assert result.stderr == f"onrecord: {border.path}: parts that no argument leads to, which say nothing: 1\n"


def changed(old: str, new: str) -> Callable[[File], int]:
    """A change to one line; the number of that line."""

    def change(file: File) -> int:
        file.change(old, new)
        return 1 + next(n for n, line in enumerate(file.text.splitlines()) if new in line)

    return change


def added(line: str) -> Callable[[File], int]:
    def add(file: File) -> int:
        file.add(line)
        return len(file.text.splitlines())

    return add


def dropped(kind: str, words: str) -> Callable[[File], int]:
    """Words deleted without what names them; the line of the first event that does."""

    def drop(file: File) -> int:
        name = file.bound(kind, words)
        file.drop(name)
        return 1 + next(n for n, line in enumerate(file.text.splitlines()) if f":{name}" in line)

    return drop


@pytest.mark.parametrize(("break_it", "told"), [
    (added("T90\tWhatever 0 3\tCol"), "there is no label 'Whatever'; mark the words again"),
    (added("T90\tSource 0 9999\tCol"),
     "0 9999 is not a stretch of the text, which has 233 characters; mark the words again"),
    (added("T90\tSource 3 3\t"), "3 3 is not a stretch of the text, which has 233 characters; mark the words again"),
    (added("T90\tSource 0 3;x\tCol"), "'0 3;x' says no stretches of the text; mark the words again"),
    (added("T90\tSource 0 3\tABC"), "'ABC' is said to stand where 'Col' stands; mark the words again"),
    (added("T1\tSource 0 3\tCol"), "T1 is the name of line 1 too; delete one of the two"),
    (added("R1\tLikes Arg1:T1 Arg2:T2"),
     "'R1\\tLikes Arg1:T1 Arg2:T2' is no line that onrecord exports; delete the annotation in brat"),
    (added("what is this"), "'what is this' is no line that onrecord exports; delete the annotation in brat"),
    (added("E90"), "'E90' is no line that onrecord exports; delete the annotation in brat"),
    (added("E90\t"), "there is no event ''; make it again in brat"),
    (added("E90\tDANCE:T1"), "there is no event 'DANCE'; make it again in brat"),
    (added("E90\tPROTEST:T1"), "its trigger T1 is Person and it is PROTEST; make the event again"),
    (added("E90\tPROTEST:T99"), "there is no annotation T99; make it again, or delete what names it"),
    (added("T90\tPROTEST 0 3\tCol"), "T90 is PROTEST and no event has it as its trigger; delete it, or make the event "
     "again"),
    (added("A90\tMood E1 bad"), "there is no attribute 'Mood'; make it again in brat"),
    (added("A90\tNegated E1 no"), "Negated is no, where it has no value; make it again in brat"),
    (added("A90\tAct E1 denies"), "E1 has two values of Act; make it again in brat"),
    (added("A90\tAct E99 denies"), "there is no annotation E99; make it again, or delete what names it"),
    (added("A90\tAct E2 denies"), "E2 is ASSAULT, which has no Act; take the attribute away"),
    (added("#90\tAnnotatorNotes T99\twhy?"), "there is no annotation T99; make it again, or delete what names it"),
    (added("#90\tNormalization T1\tQ1"), "'Normalization' is no note of an annotator; make it again in brat"),
    (added("#90\tAnnotatorNotes E1\tmood=bad"), "the note has mood=bad, where it can have addressee, confidence, id, "
     "source, via; correct the key, or leave the equals sign out of a remark"),
    (added('#90\tAnnotatorNotes E2\tmode="open'), "the value of mode begins with a quotation mark and is no JSON "
     "string; make it again in brat"),
    (added("T90\tGroup 0 3;4 5\tCol n"), "T90 is in 2 pieces, where Group is one; mark one stretch of words"),
    (added("T90\tNamedPlace 0 3\tCol"), "T90 has no Precision; set it to one of address, settlement, district, region, "
     "country, area"),
    (added("T90\tRole 0 3\tCol"), "the role is of nobody, who is not mentioned; write the entity's id into its note, "
     "as entity=n1"),
    (changed("Act E1 announces", "Act E1 sings"), "Act is sings, which is none of asserts, denies, confirms, demands, "
     "asks, offers, promises, refuses, threatens, warns, accuses, praises, agrees, rejects, announces, "
     "declines-to-comment, claims-responsibility, other; make it again in brat"),
    (changed(" Content:", " Contents:"), "Attribution has no argument 'Contents'; make it again in brat"),
    (changed("E1\tAttribution:T9 Source:T7 Content:T8", "E1\tAttribution:T9 Source:T7"),
     "Attribution has no argument Content, which it needs; make it again in brat"),
    (changed(" Source:T7", " Source:T7 Source2:T7"),
     "Attribution has 2 arguments Source, where it has one at most; make it again in brat"),
    (changed(" Source:T7", " Source:T8"), "Source leads to T8, which is Content; let it lead to Source"),
    (dropped("Source", "Jörg R. Adler"), "there is no annotation T7; make it again, or delete what names it"),
    (changed("id=f1; low=12", "id=f1; low=a dozen"), "low is 'a dozen', which is no number; write it in digits"),
    (changed("id=f1; low=12", "id=f1; low=inf"), "low is 'inf', which is no number; write it in digits"),
    (changed("id=f1; low=12", "id=f1; low=12; low=13"), "the note says low twice; leave one of them"),
])  # fmt: skip
def test_a_faulty_line_is_told_by_its_number_and_the_other_reports_go_on(
    onrecord: Onrecord, project: Project, border: File, break_it: Callable[[File], int], told: str
) -> None:
    line = break_it(border)
    result = onrecord("import", project.folder, "--as", "gold")
    assert result.exit_code == 1
    assert f"onrecord: {border.path}:{line}: {told}" in result.stderr.splitlines()
    assert result.stderr.splitlines()[-1] == "4 reports taken over as gold"
    assert result.stdout_bytes.count(b"\n") == 4


def test_an_id_that_stands_twice_is_told_with_both_lines(onrecord: Onrecord, project: Project, border: File) -> None:
    first, second = (border.number(border.entry(figure)) for figure in ("f1", "f2"))
    border.change("id=f1; low=12", "id=f2; low=12")
    assert onrecord("import", project.folder, "--as", "gold").stderr.splitlines()[0] == (
        f"onrecord: {border.path}:{second}: the id f2 is that of line {first} too; take it out of one of the notes"
    )


def test_mentions_of_one_entity_have_to_agree(onrecord: Onrecord, project: Project, border: File) -> None:
    border.add("T90\tGroup 0 3\tCol", "#90\tAnnotatorNotes T90\tid=e2; name=Fourth Army")
    army = border.bound("ArmedForce", "Third Army")
    line = border.number("T90")
    assert onrecord("import", project.folder, "--as", "gold").stderr.splitlines()[:2] == [
        f"onrecord: {border.path}:{line}: {army} and T90 mention one entity, and its {what}; give both the same, or "
        "other ids" for what in ("name is Third Army and Fourth Army", "type is ArmedForce and Group")
    ]  # fmt: skip


def test_all_faults_of_a_file_are_told(onrecord: Onrecord, project: Project, border: File) -> None:
    border.add("T90\tWhatever 0 3\tCol", "A90\tMood E1 bad")
    result = onrecord("import", project.folder, "--as", "gold")
    assert [line.partition(f"{border.path}:")[2].partition("; ")[0] for line in result.stderr.splitlines()[:-1]] == [
        "54: there is no label 'Whatever'", "55: there is no attribute 'Mood'",
    ]  # fmt: skip


def test_a_changed_text_and_missing_files_are_told_and_the_rest_goes_on(onrecord: Onrecord, project: Project) -> None:
    text, ann = project.file("/border", ".txt"), project.file("/capital")
    text.path.write_text(text.text.replace("guns", "drums"), encoding="utf-8")
    ann.path.rename(project.folder / "copy.ann")
    with opened(project.record) as record:
        report = record.annotated("/border").report.id
    result = onrecord("import", project.folder, "--as", "gold")
    assert result.exit_code == 1
    assert sorted(result.stderr.splitlines()) == sorted([
        f"onrecord: {text.path}: the text is not that of report {report} any more; put back the file that was "
        "exported; in brat, only annotations may change",
        f"onrecord: {ann.path}: there is no such file; give all files of the project",
        f"onrecord: {project.folder / 'copy.ann'}: reports.jsonl names no report for it; take its line over from the "
        "export",
        "3 reports taken over as gold",
    ])  # fmt: skip


@pytest.mark.parametrize(("line", "told"), [
    ("{", "the line is not as it was exported ("),
    ('{"file":"../x","reading":"","report":{}}', "'../x' is no file's name; take the line over from the export"),
])  # fmt: skip
def test_a_broken_list_is_told(onrecord: Onrecord, project: Project, line: str, told: str) -> None:
    File(project.folder / "reports.jsonl").add(line)
    result = onrecord("import", project.folder, "--as", "gold")
    assert result.exit_code == 1
    assert f"{project.folder / 'reports.jsonl'}:6: {told}" in result.stderr


def test_what_is_no_project_is_told_and_nothing_is_written(onrecord: Onrecord, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("a")
    (tmp_path / "empty").mkdir()
    out = tmp_path / "gold.jsonl"
    for path, told in (("note.txt", "it is neither a folder nor a zip archive"), ("empty", "there is no reports.jsonl"),
                       ("none", "there is no such file")):  # fmt: skip
        result = onrecord("import", tmp_path / path, "--as", "gold", "--output", out)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"onrecord: {tmp_path / path}: {told}")
    assert not out.exists()


def test_options_that_do_not_go_together_are_refused(onrecord: Onrecord, project: Project) -> None:
    for options, told in ((("--as", "corrections"), "corrections need --author NAME"),
                          (("--as", "corrections", "--output", "x"), "--output is for gold")):  # fmt: skip
        result = onrecord("import", project.folder, *options)
        assert result.exit_code == 2
        assert told in result.stderr
