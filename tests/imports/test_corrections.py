"""What annotators change in brat becomes decisions in the record, which are replayed, undone and never made twice."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from export.conftest import written
from export.test_brat import files
from onrecord.imports.brat_reading import Read, read
from onrecord.imports.differences import changes
from onrecord.model import Annotated
from onrecord.record.corrections import Correction
from onrecord.record.replaying import replayed
from record.builder import Builder, received
from view.reports import capital_report, later_border_report

from .conftest import File, Onrecord, Project, a_run, full_report, opened

AUTHOR = ("--author", "R. Okafor")


@pytest.fixture
def border(project: Project) -> File:
    return project.file("/border")


def now(record: Path, address: str = "/border") -> Annotated:
    with opened(record) as made:
        return made.annotated(address)


def decisions(onrecord: Onrecord) -> list[dict[str, object]]:
    return [json.loads(line) for line in onrecord("corrections", "--format", "jsonl").stdout.splitlines()]


def with_changes(border: File) -> None:
    """An act is another, an event is deleted, an argument is removed, words and a number are changed."""
    said = border.entry("a1")
    border.change(f"Act {said} announces", f"Act {said} denies")
    border.drop(border.entry("v3"))
    border.drop(border.bound("PROTEST", "protests broke out"))
    recipient = border.bound("Participant", "Jörg R. Adler")
    border.change(f" Recipient:{recipient}", "")
    border.drop(recipient)
    shelled = border.bound("ASSAULT", "shelled the road")
    start = int(border.line(shelled).split()[2])
    border.change(border.line(shelled), f"{shelled}\tASSAULT {start} {start + 7}\tshelled")
    border.change("id=f1; low=12", "id=f1; low=14; high=14")


def test_each_change_is_a_decision_with_author_and_reason(onrecord: Onrecord, project: Project, border: File) -> None:
    with_changes(border)
    report = now(project.record).report.id
    result = onrecord("import", project.folder, "--as", "corrections", *AUTHOR)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1] == "5 reports; corrections made: 6; changes not taken over: 0"
    assert [line.partition(": ")[2].partition(": ")[0] for line in result.stdout.splitlines()[:-1]] == [
        f"reject {report}:v3", f"act of {report}:a1", f"recipients of {report}:v2", f"low of {report}:f1",
        f"high of {report}:f1", f"trigger of {report}:v1",
    ]  # fmt: skip
    made = decisions(onrecord)
    assert {(one["author"], one["reason"], one["status"]) for one in made} == {
        ("R. Okafor", "annotated in brat", "applied")
    }
    after = now(project.record)
    assert after.attributions[0].act == "denies"
    assert [event.id for event in after.events] == ["v1", "v2"]
    assert after.report.text[slice(*after.events[0].trigger)] == "shelled"
    assert after.events[1].recipients == ()
    assert (after.figures[0].low, after.figures[0].high) == (14, 14)
    assert onrecord("verify").exit_code == 0


def test_the_reading_is_then_what_the_gold_says(onrecord: Onrecord, project: Project, border: File, tmp_path: Path
                                                ) -> None:  # fmt: skip
    with_changes(border)
    onrecord("import", project.folder, "--as", "corrections", *AUTHOR)
    assert onrecord("import", project.folder, "--as", "gold", "-o", tmp_path / "gold.jsonl").exit_code == 0
    assert (tmp_path / "gold.jsonl").read_bytes() == onrecord("export", "--format", "jsonl").stdout_bytes


def test_a_second_import_makes_no_decision_again_but_one_that_was_undone(onrecord: Onrecord, project: Project,
                                                                         border: File) -> None:  # fmt: skip
    with_changes(border)
    onrecord("import", project.folder, "--as", "corrections", *AUTHOR, "--reason", "second reader")
    result = onrecord("import", project.folder, "--as", "corrections", *AUTHOR)
    assert result.output == "5 reports; corrections made: 0; made before: 6; changes not taken over: 0\n"
    assert {one["reason"] for one in decisions(onrecord)} == {"second reader"}
    assert onrecord("correct", "undo", "2", *AUTHOR, "--reason", "a slip").exit_code == 0
    assert now(project.record).attributions[0].act == "announces"
    result = onrecord("import", project.folder, "--as", "corrections", *AUTHOR)
    assert result.stdout.endswith("5 reports; corrections made: 1; made before: 5; changes not taken over: 0\n")
    assert now(project.record).attributions[0].act == "denies"


def test_decisions_are_put_in_again_when_the_report_is_read_again(onrecord: Onrecord, project: Project, border: File
                                                                  ) -> None:  # fmt: skip
    with_changes(border)
    onrecord("import", project.folder, "--as", "corrections", *AUTHOR)
    before = now(project.record)
    with opened(project.record) as record:
        record.add(received(later_border_report(), "/border"), later_border_report(), a_run("0.2.0"))
    assert now(project.record) == before


def test_what_others_decided_meanwhile_stays(onrecord: Onrecord, project: Project, border: File) -> None:
    report = now(project.record).report.id
    with_changes(border)
    other = ("--author", "A. Reader", "--reason", "checked")
    assert onrecord("correct", "edit", f"{report}:f2", "unit", "wounded", *other).exit_code == 0
    assert onrecord("correct", "reject", f"{report}:v2", *other).exit_code == 0
    result = onrecord("import", project.folder, "--as", "corrections", *AUTHOR)
    assert result.exit_code == 1
    line = border.number(border.entry("v2"))
    assert result.stderr == (
        f"onrecord: {border.path}:{line}: {report}:v2, recipients, is not taken over: this reading has no such entry "
        "among the events; look at the entry as it is now\n"
    )
    assert result.stdout.endswith("5 reports; corrections made: 5; changes not taken over: 1\n")
    after = now(project.record)
    assert (after.figures[1].unit, [event.id for event in after.events]) == ("wounded", ["v1"])


def test_a_dry_run_tells_the_same_and_stores_nothing(onrecord: Onrecord, project: Project, border: File) -> None:
    with_changes(border)
    before = project.record.read_bytes()
    result = onrecord("import", project.folder, "--as", "corrections", "--dry-run")
    assert project.record.read_bytes() == before
    assert result.stdout.splitlines()[-1] == "5 reports; corrections to make: 6; changes not taken over: 0"
    done = onrecord("import", project.folder, "--as", "corrections", *AUTHOR)
    assert [line.partition(": ")[2] for line in done.stdout.splitlines()[:-1]] == result.stdout.splitlines()[:-1]


def test_new_entries_and_what_names_them_are_told_counted_and_left(onrecord: Onrecord, project: Project, border: File
                                                                   ) -> None:  # fmt: skip
    report, killed = now(project.record).report.id, border.entry("f1")
    border.add("T90\tGroup 0 3\tCol", "T91\tRETREAT 4 6\tne", "E90\tRETREAT:T91", "A90\tModality E90 planned",
               "A91\tVoice E90 narrator")  # fmt: skip
    claimant = border.line(killed).partition(" Claimant:")[2].partition(" ")[0]
    border.change(f" Claimant:{claimant}", " Claimant:T90")
    border.change(f"Unit {killed} killed", f"Unit {killed} wounded")
    result = onrecord("import", project.folder, "--as", "corrections", *AUTHOR)
    assert result.exit_code == 1
    where = {name: f"onrecord: {border.path}:{border.number(name)}: {report}:" for name in ("T90", "E90", killed)}
    new = "is not taken over: a correction decides about an entry that was read; decide by hand, or import it as gold"
    assert result.stderr.splitlines() == [
        f"{where['T90']}n1, new entity, {new}", f"{where['E90']}ev1, new event, {new}",
        f"{where[killed]}f1, claimant, is not taken over: it names n1, which no correction can add; decide by hand, or "
        "import it as gold",
    ]  # fmt: skip
    assert result.stdout.endswith("5 reports; corrections made: 1; changes not taken over: 3\n")
    assert now(project.record).figures[0].unit == "wounded"
    assert now(project.record).figures[0].claimant == "e1"


def test_a_faulty_report_is_left_and_the_others_are_taken_over(onrecord: Onrecord, project: Project, border: File
                                                               ) -> None:  # fmt: skip
    with_changes(border)
    project.file("/capital").add("T90\tWhatever 0 1\ta")
    before = now(project.record, "/capital")
    result = onrecord("import", project.folder, "--as", "corrections", *AUTHOR)
    assert result.exit_code == 1
    assert "there is no label 'Whatever'" in result.stderr
    assert result.stdout.endswith("4 reports; corrections made: 6; changes not taken over: 0\n")
    assert now(project.record, "/capital") == before


def test_another_record_is_told(onrecord: Onrecord, project: Project, border: File) -> None:
    with_changes(border)
    listed = File(project.folder / "reports.jsonl")
    digest = json.loads(listed.text.splitlines()[0])["reading"]
    listed.change(digest, "0" * 64)
    report = json.loads(listed.text.splitlines()[0])["report"]["id"]
    result = onrecord("import", project.folder, "--as", "corrections", *AUTHOR)
    assert result.exit_code == 1
    assert result.stderr == (f"onrecord: {report}: the record does not hold the reading that was exported; give its "
                             "own record; withheld names cannot come back\n")  # fmt: skip
    assert result.stdout.endswith("4 reports; corrections made: 6; changes not taken over: 0\n")


def test_a_list_that_names_another_report_is_told(onrecord: Onrecord, project: Project) -> None:
    listed = File(project.folder / "reports.jsonl")
    listed.change('"title":"Capital calm"', '"title":"Capital uneasy"')
    result = onrecord("import", project.folder, "--as", "corrections", *AUTHOR)
    assert result.exit_code == 1
    assert result.stderr == (f"onrecord: {project.file('/capital').path}: the report is not the one whose reading was "
                             "exported; take its line of reports.jsonl over from the export\n")  # fmt: skip


def test_entities_joined_in_brat_are_merged(onrecord: Onrecord, project: Project) -> None:
    file = project.file("/capital")
    file.change("id=e3; name=JORG R ADLER", "id=e1; name=Adler")
    result = onrecord("import", project.folder, "--as", "corrections", *AUTHOR)
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 2)
    after = now(project.record, "/capital")
    report = after.report.id
    assert f"merge {report}:e3 into {report}:e1" in result.stdout
    assert [entity.id for entity in after.entities] == ["e1", "e2"]
    assert after.attributions[2].source.entity == "e1"


def test_mentions_with_a_new_id_are_split_off() -> None:
    b = Builder()
    one, two = b.entity("Orla Venn"), b.entity("Orla Venn")
    b.says(one, "said", "the quay is ours")
    b.says(two, "denied", "it")
    seen = b.annotated()
    whole = seen.entities[0]
    first = msgspec.structs.replace(whole, mentions=whole.mentions[:1])
    second = msgspec.structs.replace(whole, id="x9", name="O. Venn", mentions=whole.mentions[1:], country="LVA")
    source = msgspec.structs.replace(seen.attributions[1].source, entity="x9")
    said = msgspec.structs.replace(seen.attributions[1], source=source)
    made = msgspec.structs.replace(seen, entities=(first, second), attributions=(seen.attributions[0], said))
    found = changes(seen, made)
    assert [(one.act, one.target.id, one.field, one.value) for one in found.drafts] == [
        ("split", "e1", None, {"name": "O. Venn", "mentions": [list(span) for span in whole.mentions[1:]]}),
        ("edit", "e2", "country", "LVA"),
    ]  # fmt: skip
    assert found.left == ()


def test_an_entry_that_stands_on_the_words_of_another_is_left() -> None:
    b = Builder()
    speaker = b.entity("Orla Venn")
    first = b.says(speaker, "said", "the quay is ours")
    b.says(speaker, "wrote", "", content_span=first.content.spans[0])
    seen = b.annotated()
    one, two = seen.attributions
    for attributions in ((one,), (one, msgspec.structs.replace(two, act="denies"))):
        found = changes(seen, msgspec.structs.replace(seen, attributions=attributions))
        assert found.drafts == ()
        ((entry, what, why),) = found.left
        assert (entry, what in ("act", "reject of it")) == ("a2", True)
        assert why == "a correction finds an entry by its words, and another stands on these too"


def test_every_field_that_can_be_edited_is_found() -> None:
    seen, replace = full_report(), msgspec.structs.replace
    agency, envoy = seen.entities
    inner = replace(seen.attributions[1], addressee=None, via=(), conditions=(), negated=False, medium=None,
                    within=None, confidence=1.0)  # fmt: skip
    event = replace(seen.events[0], type="COERCE", mode=None, contexts=("roads",), cameo=None, actors=(), recipients=(),
                    place=None, time="t2", modality="denied", voice="narrator")  # fmt: skip
    figure = replace(seen.figures[1], part_of=None, period="t1", voice="a1", claimant=None, high=3.5)
    made = replace(
        seen, attributions=(seen.attributions[0], inner), events=(event,),
        figures=(seen.figures[0], figure, seen.figures[2]),
        places=(replace(seen.places[0], lat=1.5, admin=(), entity=None),),
        times=(replace(seen.times[0], value="1958"), seen.times[1]),
        entities=(replace(agency, type="group"), replace(envoy, roles=(), ids={}, name="M. Adler")),
    )  # fmt: skip
    found = changes(seen, made)
    assert found.left == ()
    assert {(one.target.id, one.field) for one in found.drafts} == {
        ("e2", "roles"), ("e2", "ids"), ("e2", "name"), ("a2", "addressee"), ("a2", "via"), ("a2", "conditions"),
        ("a2", "negated"), ("a2", "medium"), ("a2", "within"), ("a2", "confidence"), ("f2", "part_of"),
        ("f2", "period"), ("f2", "voice"), ("f2", "claimant"), ("f2", "high"), ("p1", "lat"), ("p1", "admin"),
        ("p1", "entity"), ("t1", "value"), ("e1", "type"), ("v1", "type"), ("v1", "mode"), ("v1", "contexts"),
        ("v1", "cameo"), ("v1", "actors"), ("v1", "recipients"), ("v1", "place"), ("v1", "time"), ("v1", "modality"),
        ("v1", "voice"),
    }  # fmt: skip


def altered(lines: list[str], chance: random.Random) -> list[str]:
    """The lines of an .ann file with one altered as annotators do it, or as no program should."""
    made, at = list(lines), chance.randrange(len(lines))
    columns = [line.split("\t") for line in made]
    match chance.randrange(6):
        case 0:
            del made[at]
        case 1:
            words = made[at].split(" ")
            wrong = ("T1", "E1", "0", "5;6 7", "", "Source:T3", '"', "id=e1")
            words[chance.randrange(len(words))] = chance.choice(wrong)
            made[at] = " ".join(words)
        case 2:
            made.insert(at, chance.choice(made))
        case 3:
            where = chance.randrange(len(made[at]) + 1)
            made[at] = made[at][:where] + chance.choice('\t ;=":,#TE0\u2028') + made[at][where + 1 :]
        case 4:
            n = chance.choice([n for n, line in enumerate(made) if line[0] == "E"])
            head, *arguments = made[n].split(" ")
            made[n] = " ".join([head, *chance.sample(arguments, max(0, len(arguments) - 1))])
        case _:
            one, other = (chance.choice([n for n, c in enumerate(columns) if c[0][0] == "T"]) for _ in range(2))
            label, place = columns[one][1].split(" ", 1)[0], columns[other][1].split(" ", 1)[1]
            made[one] = f"{columns[one][0]}\t{label} {place}\t{columns[other][2]}"
    return made


@pytest.mark.parametrize("report", [full_report, later_border_report, capital_report])
def test_whatever_is_altered_is_told_as_faulty_or_is_what_the_decisions_make(report: Callable[[], Annotated]) -> None:
    seen, chance = report(), random.Random(report.__name__)
    made = files(written("brat", seen))
    lines = next(text for name, text in made.items() if name.endswith(".ann")).splitlines()
    whole = 0
    for _ in range(400):
        now = altered(lines, chance)
        found = read("\n".join(now if chance.random() < 0.5 else altered(now, chance)), seen.report, "a.ann")
        if not isinstance(found, Read):
            assert found
            continue
        decided = changes(seen, found.annotated)
        if decided.left:
            continue
        whole += 1
        numbered = [Correction(n, one, "a", "a", "") for n, one in enumerate(decided.drafts, 1)]
        done = replayed(seen, numbered, {seen.report.version: seen.report}).annotated
        for family in ("entities", "attributions", "events", "figures", "times", "places"):
            assert {one.id: one for one in getattr(done, family)} == {
                one.id: one for one in getattr(found.annotated, family)
            }
    assert whole > 50
