"""`make sbom` lists what the lock pins, in a form that CycloneDX's own schema accepts."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

pytest.importorskip("cyclonedx_py", reason="cyclonedx-bom is not installed")

ROOT = Path(__file__).resolve().parents[2]


def test_the_bill_of_materials_is_valid_and_complete(tmp_path: Path) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    line = re.search(r"^\t\$\(BIN\)/python -W ignore -m cyclonedx_py (.*)$", makefile, re.MULTILINE)
    assert line
    words = [tmp_path / "sbom.json" if word.startswith("dist/") else word for word in shlex.split(line[1])]
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "sbom.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    assert bill["metadata"]["component"]["name"] == "onrecord"
    lock = (ROOT / "requirements" / "all.txt").read_text(encoding="utf-8")
    pins = [Requirement(one.rstrip(" \\")) for one in lock.splitlines() if one[:1].isalnum()]
    named = {(r.name.lower(), next(iter(r.specifier)).version) for r in pins}
    assert {(one["name"].lower(), one["version"]) for one in bill["components"]} == named
    for one in bill["components"]:
        assert one["externalReferences"][0]["hashes"], one["name"]
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text.replace('"library"', '"lyrics"')) is not None
