"""Seals: signed lists of hashes, which people check without onrecord."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.errors import InputError, RecordError
from onrecord.record import signing
from onrecord.record.provenance import Run
from onrecord.record.sealing import seal_in, sealed
from onrecord.record.signing import new_key
from onrecord.record.store import Record
from servers import Server, changed

from .builder import dispatch, received
from .conftest import MOMENT
from .test_backing_up import fill, names

pytest.importorskip("minisign", reason='the extra is not installed: pip install "onrecord[seal]"')

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "seal-a-record.md"
MINISIGN = shutil.which("minisign")
needs_minisign = pytest.mark.skipif(MINISIGN is None, reason="minisign is not installed: apt-get install minisign")


def run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)


@pytest.fixture
def war(tmp_path: Path, first_run: Run) -> Path:
    with Record.open(tmp_path / "war.db", clock=lambda: MOMENT) as record:
        fill(record, first_run)
    return tmp_path / "war.db"


@pytest.fixture
def seal(war: Path) -> Path:
    new_key(war.with_name("k"))
    with Record.open(war) as record:
        sealed(record, war.with_name("seal.txt"), key=war.with_name("k"), passphrase=str, clock=lambda: MOMENT)
    return war.with_name("seal.txt")


def test_a_seal_holds_and_the_record_is_as_it_was_sealed(war: Path) -> None:
    folder = war.parent
    made = run("seal", "--new-key", folder / "k", "--no-passphrase")
    assert made.exit_code == 0, made.output
    public = made.stdout.splitlines()[-1]
    assert (folder / "k").stat().st_mode & 0o777 == 0o600
    written = run("-r", war, "seal", folder / "seal.txt", "--key", folder / "k")
    assert written.output == f"{folder}/seal.txt: 52 things sealed; signature in {folder}/seal.txt.minisig\n"
    assert names(folder) == ["k", "k.pub", "seal.txt", "seal.txt.minisig", "war.db"]
    for key in (public, folder / "k.pub"):
        checked = run("seal", "--check", folder / "seal.txt", "--public", key, "--record", war)
        assert checked.exit_code == 0, checked.output
        assert checked.output.splitlines()[0].startswith("The signature holds: timestamp:")
        assert checked.output.splitlines()[1:] == ["52 things sealed: 0 changed, 0 missing, 0 expunged; 0 added since"]
    alone = run("seal", "--check", folder / "seal.txt", "--public", public)
    assert "no record was compared" in alone.output
    assert "0 changed" in run("-r", war, "seal", "--check", folder / "seal.txt", "--public", public).output


def test_what_was_added_changed_or_left_out_is_listed(war: Path, seal: Path, first_run: Run) -> None:
    with Record.open(war) as record:
        record.add(received(dispatch(90), "/90"), dispatch(90), first_run)
    check = ("seal", "--check", seal, "--public", seal.with_name("k.pub"), "--record", war)
    told = run(*check)
    assert told.exit_code == 0
    assert told.output.splitlines()[-1] == "52 things sealed: 0 changed, 0 missing, 0 expunged; 4 added since"
    with Record.open(war) as record:
        changed(record, "UPDATE versions SET text = replace(text, 'quay', 'pier') WHERE id = 2",
                "UPDATE versions SET title = 'Other' WHERE id = 3", "UPDATE readings SET read_at = 'x' WHERE id = 4",
                "UPDATE runs SET settings = '[]' WHERE id = 1", "DELETE FROM corrections")  # fmt: skip
    told = run(*check, "--quiet")
    assert told.exit_code == 1
    assert [line.partition(" (")[0] for line in told.output.splitlines()] == [
        "changed: versions/2.txt", "changed: versions/3.json", "changed: runs/1.txt", "changed: readings/4.json",
        "missing: corrections/1.txt",
    ]  # fmt: skip
    assert "text of report " in told.output


def test_what_was_expunged_is_told_from_what_is_missing(war: Path, seal: Path) -> None:
    with Record.open(war) as record:
        record.expunge(dispatch(2).report.id, reason="a court order", author="Ines")
        assert record.verify() == []
    told = run("seal", "--check", seal, "--public", seal.with_name("k.pub"), "--record", war)
    assert told.exit_code == 0, told.output
    assert re.search(r"0 changed, 0 missing, [1-9]\d* expunged; 0 added since", told.output)
    assert "expunged: versions/" in told.output


def test_a_log_that_was_made_anew_is_found(war: Path, seal: Path) -> None:
    with Record.open(war) as record:
        changed(record, "UPDATE log SET hash = substr(hash, 2) || 'x' WHERE number = (SELECT max(number) FROM log)")
    told = run("seal", "--check", seal, "--public", seal.with_name("k.pub"), "--record", war)
    assert told.exit_code == 1
    assert "changed: log/" in told.output
    with Record.open(war) as record:
        changed(record, "DELETE FROM log WHERE number = (SELECT max(number) FROM log)")
    assert "missing: log/" in run("seal", "--check", seal, "--public", seal.with_name("k.pub"), "--record", war).output


@pytest.mark.parametrize("what", ["seal.txt", "seal.txt.minisig"])
def test_a_seal_that_was_changed_or_signed_by_somebody_else_does_not_hold(seal: Path, what: str) -> None:
    path = seal.with_name(what)
    whole = path.read_text()
    places = [n for n, line in enumerate(whole.splitlines()) if not line.startswith("untrusted")]
    for number in (places[0], places[len(places) // 2], places[-1]):
        lines = whole.splitlines()
        at = len(lines[number]) // 2
        lines[number] = lines[number][:at] + ("A" if lines[number][at] != "A" else "B") + lines[number][at + 1 :]
        path.write_text("\n".join([*lines, ""]))
        with pytest.raises((RecordError, InputError), match=r"the signature does not hold|this is no signature"):
            seal_in(seal, public=str(seal.with_name("k.pub")))
    path.write_text(whole)
    other = new_key(seal.with_name("other"))
    with pytest.raises(RecordError, match=r"the signature does not hold .*; get the seal and the public key again"):
        seal_in(seal, public=other)
    assert seal_in(seal, public=str(seal.with_name("k.pub"))).things


def test_a_locked_key_needs_its_passphrase(war: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, seal = war.with_name("k"), war.with_name("s")
    monkeypatch.setattr(signing, "_OPERATIONS", 32_768)
    monkeypatch.setattr(signing, "_MEMORY", 1 << 20)
    assert run("seal", "--new-key", key, stdin="open sesame\nopen sesame\n").exit_code == 0
    wrong = run("-r", war, "seal", seal, "--key", key, stdin="open\n")
    assert (wrong.exit_code, wrong.stderr.splitlines()[-1].partition(": ")[2]) == (
        1, f"{key}: the key cannot be used (wrong password for that key); give a secret key and its passphrase",
    )  # fmt: skip
    assert not seal.exists()
    assert run("-r", war, "seal", seal, "--key", key, stdin="open sesame\n").exit_code == 0
    monkeypatch.setenv("ONRECORD_PASSPHRASE", "open sesame")
    assert run("-r", war, "seal", seal, "--key", key, "--replace").exit_code == 0
    assert b"open" not in key.read_bytes()


def test_nothing_that_is_there_is_replaced_unasked(war: Path, seal: Path) -> None:
    before = seal.read_bytes(), seal.with_name("k").read_bytes()
    key = seal.with_name("k")
    for arguments in (("-r", war, "seal", seal, "--key", key), ("seal", "--new-key", key, "--no-passphrase")):
        told = run(*arguments)
        assert (told.exit_code, len(told.stderr.splitlines())) == (1, 1)
        assert "there is a file already" in told.stderr
    assert (seal.read_bytes(), seal.with_name("k").read_bytes()) == before
    seal.unlink()
    told = run("-r", war, "seal", seal, "--key", seal.with_name("k"))
    assert "seal.txt.minisig: there is a file already" in told.stderr
    assert not seal.exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "give one of FILE, --new-key and --check"),
        (("a", "--check", "b"), 2, "give one of FILE, --new-key and --check"),
        (("a",), 2, "FILE needs --key"),
        (("--check", "a"), 2, "--check needs --public"),
        (("--check", "a", "--public", "b"), 1, "a: the file cannot be read"),
        (("a", "--key", "no"), 1, "no: the key cannot be read"),
    ],
)
def test_what_is_missing_is_said(
    war: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.chdir(war.parent)
    told = run("-r", war, "seal", *arguments)
    assert (told.exit_code, said in told.stderr) == (code, True), told.stderr


def test_files_of_other_kinds_are_refused(seal: Path) -> None:
    with pytest.raises(InputError, match="this is no public key"):
        seal_in(seal, public=str(seal))
    other = seal.with_name("other.txt")
    other.write_text("He said so.\n")
    with other.open("rb") as file:
        signed = signing.signature(file, seal.with_name("k"), comment="c", passphrase=str)
    Path(f"{other}.minisig").write_bytes(signed)
    with pytest.raises(InputError, match="this is no seal of onrecord"):
        seal_in(other, public=str(seal.with_name("k.pub")))


def test_a_seal_is_the_same_for_a_file_and_a_database(war: Path, seal: Path, postgresql: Server) -> None:
    from onrecord.record.copying import copied
    from onrecord.record.sealing import differences

    address = postgresql.empty()
    with Record.open(war) as here, Record.open(address) as there:
        copied(here, there)
        assert list(differences(seal_in(seal, public=str(seal.with_name("k.pub"))), there)) == []


@needs_minisign
def test_minisign_checks_a_seal_and_its_keys_are_ours(war: Path, seal: Path) -> None:
    def minisign(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [str(MINISIGN), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=war.parent, input="\n\n")

    good = minisign("-Vm", "seal.txt", "-p", "k.pub")
    assert good.returncode == 0, good.stderr
    assert f"Trusted comment: timestamp:{int(MOMENT.timestamp())}\tfile:seal.txt\thashed" in good.stdout
    public = seal.with_name("k.pub").read_text().splitlines()[1]
    assert minisign("-Vm", "seal.txt", "-P", public).returncode == 0
    whole = seal.read_bytes()
    seal.write_bytes(whole.replace(b"text of", b"text 0f", 1))
    assert minisign("-Vm", "seal.txt", "-p", "k.pub").returncode != 0
    # The other way round: keys and signatures of minisign's.
    seal.write_bytes(whole)
    assert minisign("-GW", "-p", "m.pub", "-s", "m.key").returncode == 0
    with Record.open(war) as record:
        sealed(record, war.with_name("other.txt"), key=war.with_name("m.key"), passphrase=str)
    assert minisign("-Vm", "other.txt", "-p", "m.pub").returncode == 0
    assert minisign("-Sm", "seal.txt", "-s", "m.key").returncode == 0
    assert seal_in(seal, public=str(war.with_name("m.pub"))).comment.endswith("hashed")
    # A key of ours signs with minisign.
    assert minisign("-Sm", "seal.txt", "-s", "k").returncode == 0
    assert minisign("-Vm", "seal.txt", "-p", "k.pub").returncode == 0


@needs_minisign
def test_minisign_opens_a_key_that_is_locked(seal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "_OPERATIONS", 32_768)
    monkeypatch.setattr(signing, "_MEMORY", 1 << 20)
    public = new_key(seal.with_name("locked"), passphrase="open sesame")
    for arguments, code in ((("-Sm", "seal.txt", "-s", "locked"), 0), (("-Vm", "seal.txt", "-P", public), 0)):
        done = subprocess.run([str(MINISIGN), *arguments], cwd=seal.parent, check=False, capture_output=True,
                              input=b"open sesame\n")  # fmt: skip
        assert done.returncode == code, done.stderr


def test_the_guides_commands_take_the_files_out_that_a_seal_lists(war: Path, seal: Path, tmp_path: Path) -> None:
    """What a third person runs: SQLite's shell, whose function writefile stands in here, and sha256sum."""
    script = re.search(r"```sql[^\n]*\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert script
    folder = tmp_path / "out"
    for name in ("originals", "versions", "runs", "readings", "corrections"):
        (folder / name).mkdir(parents=True)

    def writefile(path: str, data: str | bytes) -> int:
        return (folder / path).write_bytes(data.encode() if isinstance(data, str) else data)

    with closing(sqlite3.connect(f"file:{war}?mode=ro", uri=True)) as raw:
        raw.create_function("writefile", 2, writefile)
        for statement in script[1].split(";"):
            raw.execute(statement).fetchall()
    lines = [line.split("  ") for line in seal.read_text().splitlines() if not line.startswith("#")]
    assert len(lines) == 52
    for digest, path in lines:
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest, path
    assert sum(1 for path in folder.rglob("*") if path.is_file()) == 52
    shell, sums = shutil.which("sqlite3"), shutil.which("sha256sum")
    if shell and sums:
        again = tmp_path / "again"
        for name in ("originals", "versions", "runs", "readings", "corrections"):
            (again / name).mkdir(parents=True)
        done = subprocess.run([shell, "-readonly", str(war)], input=script[1], text=True, cwd=again, check=False,
                              capture_output=True)  # fmt: skip
        assert done.returncode == 0, done.stderr
        done = subprocess.run([sums, "--check", "--strict", "--quiet", str(seal)], cwd=again, check=False,
                              capture_output=True, text=True)  # fmt: skip
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_names_that_are_strange_do_not_break_a_seal(tmp_path: Path, first_run: Run) -> None:
    new_key(tmp_path / "k")
    with Record.open(tmp_path / "war.db") as record:
        from .builder import plain

        given = plain("Talks.\r\n\tЖ", given_id="a\nb  c\u2028é", title='"T"\x07\x7f\u2028', publisher="é/\\")
        record.add(received(given, "/a\n#b"), given, first_run)
        sealed(record, tmp_path / "s", key=tmp_path / "k", passphrase=str)
        with record.reading() as connection:
            about = connection.exec_driver_sql(
                "SELECT json_array(address, title, publisher, published, url) FROM versions "
                "JOIN reports ON reports.id = report_id"
            ).scalar_one()
    found = seal_in(tmp_path / "s", public=str(tmp_path / "k.pub"))
    assert len(found.things) == 5
    assert found.things["versions/1.json"].sha256 == hashlib.sha256(about.encode()).hexdigest()
    assert (tmp_path / "s").read_bytes().isascii()
