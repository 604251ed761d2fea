"""The sample reports are what their README says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from markdown_blocks import ROOT

from onrecord.errors import OnrecordError
from onrecord.read.inputs import received
from onrecord.read.original import Received

PUBLISHERS = {"The Saltmere Times", "Lowmoor Courier", "Norvale Ledger", "Halyard News Agency"}


@pytest.fixture(scope="module")
def reports() -> dict[str, Received]:
    """The sample reports, by file name, and by id those of the wire."""
    found = {}
    for arrival in received([ROOT / "demo" / "reports"]):
        assert not isinstance(arrival, OnrecordError), arrival
        name = arrival.report.id if arrival.report.id.startswith("halyard") else Path(arrival.original.address).name
        while name in found:
            name += "+"
        found[name] = arrival
    return found


def test_every_sample_can_be_read(reports: dict[str, Received]) -> None:
    assert len(reports) == 21
    for name, arrival in reports.items():
        assert 100 <= len(arrival.report.text.split()) <= 350, name
        assert arrival.report.language == "en", name


def test_pages_and_wire_items_carry_date_publisher_and_title(reports: dict[str, Received]) -> None:
    for name, arrival in reports.items():
        if arrival.original.media_type != "text/plain":
            report = arrival.report
            assert report.published is not None, name
            assert re.match(r"19(62-1[0-2]|89-01)-\d\d", report.published), name
            assert report.publisher in {
                "The Saltmere Times",
                "Lowmoor Courier",
                "Norvale Ledger",
                "Halyard News Agency",
            }, name
            assert report.title, name


def test_the_corrected_page_is_another_version_at_the_same_address(reports: dict[str, Received]) -> None:
    votes = [r for r in reports.values() if "adopted the resolution by" in r.report.text]
    assert len(votes) == 2
    assert len({r.original.address for r in votes}) == 1
    assert len({r.report.version for r in votes}) == 2


def test_menus_and_teasers_are_no_part_of_a_report(reports: dict[str, Received]) -> None:
    for name, arrival in reports.items():
        for stray in ("Front page", "Brass band", "Football", "Subscriptions by post", "letters to the editor"):
            assert stray not in arrival.report.text, name


def test_every_quotation_in_the_samples_is_listed_with_its_source(reports: dict[str, Received]) -> None:
    listed = _words((ROOT / "demo" / "README.md").read_text(encoding="utf-8"))
    for name, arrival in reports.items():
        for quotation in re.findall(r'"([^"]+)"', arrival.report.text):
            assert _words(quotation) in listed, f"{name}: {quotation}"


def test_addresses_are_in_the_domain_that_nobody_owns() -> None:
    for path in (ROOT / "demo" / "reports").iterdir():
        hosts = set(re.findall(r"https?://([\w.-]+)", path.read_text(encoding="utf-8")))
        assert {h for h in hosts if not h.endswith(".example")} <= {"schema.org", "ogp.me"}, path


def test_the_reports_of_a_bombing_that_never_was_are_invented_short_and_listed() -> None:
    folder = ROOT / "demo" / "tarvik"
    listed = set(re.findall(r"`([\w-]+-tarvik-\d)`", (folder / "README.md").read_text(encoding="utf-8")))
    reports = [json.loads(line) for line in (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {r["id"] for r in reports} == listed
    assert (len(reports), len(listed)) == (10, 9)
    for report in reports:
        assert re.match(r"https://[\w-]+\.example/", report["url"]), report["id"]
        assert len(report["text"].split()) <= 120, report["id"]
        assert list(report) == ["id", "date", "publisher", "url", "title", "text"]


def test_the_wire_items_are_json_lines_with_the_keys_that_are_promised() -> None:
    for line in (ROOT / "demo" / "reports" / "halyard-wire.jsonl").read_text(encoding="utf-8").splitlines():
        assert list(json.loads(line)) == ["id", "date", "publisher", "url", "title", "text"]


def _words(text: str) -> str:
    """Its words in lower case, with single spaces and a space at each end."""
    return " " + " ".join(re.findall(r"[\w'-]+", text.lower())) + " "
