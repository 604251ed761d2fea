"""The commands use the project file that they find or are given, say so, and can do without it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main

TEXT = "Troops captured 12 manpads on Friday, the army said."
OWN = '[[units]]\nunit = "weapons"\nnouns = ["manpads"]\n'


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    inner = tmp_path / "reports"
    inner.mkdir()
    (inner / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "onrecord.toml").write_text(OWN, encoding="utf-8")
    monkeypatch.chdir(inner)
    return inner


def units(*options: str) -> list[str]:
    result = run("annotate", "a.txt", "--no-models", "--format", "json", "--quiet", *options)
    return [figure["unit"] for figure in json.loads(result.stdout)["figures"]]


def test_annotate_uses_the_file_above_unless_told_otherwise(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(OWN.replace("weapons", "vehicles"), encoding="utf-8")
    assert units() == ["weapons"]
    assert units("--codebook", str(other)) == ["vehicles"]
    assert units("--no-codebook") not in (["weapons"], ["vehicles"])


def test_a_command_says_which_codebook_it_uses(tmp_path: Path) -> None:
    said = run("annotate", "a.txt", "--no-models").stderr
    assert f"onrecord: codebook {tmp_path / 'onrecord.toml'} (" in said
    assert "codebook" not in run("annotate", "a.txt", "--no-models", "--no-codebook").stderr


def test_add_reads_again_by_a_changed_codebook_and_info_lists_the_run(tmp_path: Path) -> None:
    add = ("--record", "r.db", "add", "a.txt", "--no-models")
    assert "1 new" in run(*add).stdout
    assert "1 already there" in run(*add).stdout
    (tmp_path / "onrecord.toml").write_text(OWN.replace("weapons", "vehicles"), encoding="utf-8")
    assert "1 read again" in run(*add).stdout
    assert run("--record", "r.db", "info").stdout.count("codebook") == 2
    assert run("--record", "r.db", "verify").exit_code == 0


def test_a_wrong_codebook_ends_every_command_that_reads_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "onrecord.toml").write_text(OWN.replace("weapons", "arms"), encoding="utf-8")
    for command in (["annotate", "a.txt"], ["add", "a.txt"], ["bulk", "a.txt", "-o", "out"], ["codebook"]):
        result = run(*command)
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 1
        assert "[[units]] 1, unit: invalid value 'arms'; give one of killed" in result.stderr
    assert not Path("onrecord.db").exists()


def test_both_options_together_are_refused() -> None:
    result = run("annotate", "a.txt", "--codebook", "x.toml", "--no-codebook")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_the_codebook_command_lists_what_is_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = run("codebook").stdout
    assert str(tmp_path / "onrecord.toml") in listed
    assert "manpads" in listed
    (tmp_path / "onrecord.toml").unlink()
    monkeypatch.chdir("/")
    assert run("codebook").stdout.startswith("no codebook")


def test_bulk_reads_by_the_codebook_and_keeps_its_digest(folder: Path) -> None:
    pytest.importorskip("distributed")
    import pyarrow.parquet as pq

    result = run("bulk", str(folder / "a.txt"), "-o", str(folder / "out"), "--no-models", "--jobs", "1", "--quiet")
    assert result.exit_code == 0, result.stderr
    assert "sha256:" in (folder / "out" / "manifest.jsonl").read_text(encoding="utf-8").split("\n")[0]
    files = sorted((folder / "out").glob("figures/**/*.parquet"))
    assert [row["unit"] for file in files for row in pq.ParquetFile(file).read().to_pylist()] == ["weapons"]
