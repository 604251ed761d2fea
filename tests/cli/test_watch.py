"""Feeds are watched through the real command, against a server on this computer."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

import onrecord
from onrecord.cli import main
from onrecord.record.tables import versions
from packed import ARTICLE, article
from sites import Page, Site


def rss(*items: tuple[str, str, str]) -> bytes:
    """A feed of entries: link, title, full content or "" for a summary alone."""
    entries = "".join(
        f"<item><guid>{link}</guid><link>{link}</link><title>{title}</title>"
        f"<description>A summary of {title}.</description>"
        + (f"<content:encoded><![CDATA[<p>{content}</p>]]></content:encoded>" if content else "")
        + "<pubDate>Thu, 04 Mar 2021 10:00:00 GMT</pubDate></item>"
        for link, title, content in items
    )
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Harbour Times</title>{entries}</channel></rss>"
    ).encode()


ONE = ("https://harbour.example/1", "One", "The talks failed, the mediator said.")
TWO = ("https://harbour.example/2", "Two", "They left, the mediator said.")


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    command = ["--record", "war.db", "watch", "--once", "--no-models", "--allow-private", *arguments]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def texts() -> list[str]:
    with onrecord.open("war.db") as record, record.reading() as connection:
        return sorted(connection.execute(select(versions.c.text)).scalars())


def test_only_what_is_new_is_asked_for_and_added(tmp_path: Path) -> None:
    changed = "Thu, 04 Mar 2021 10:00:00 GMT"
    feed = Page(rss(ONE), "application/rss+xml", headers={"ETag": '"a"', "Last-Modified": changed})

    def answer(headers: dict[str, str]) -> Page:
        return Page(status=304) if headers.get("if-none-match") == feed.headers["ETag"] else feed

    with Site({"/feed": answer}) as site:
        (tmp_path / "feeds.opml").write_text(
            f'<opml version="2.0"><body><outline text="News"><outline xmlUrl="{site.url}/feed"/></outline>'
            "</body></opml>"
        )
        first = run("feeds.opml")
        assert (first.exit_code, first.stdout) == (0, "1 report: 1 new. Record: war.db\n")
        assert run("feeds.opml").stdout == "0 reports: none. Record: war.db\n"
        assert site.asked[-1][1]["if-modified-since"] == changed
        feed.body, feed.headers["ETag"] = rss(TWO, ONE), '"b"'
        assert run("feeds.opml").stdout == "2 reports: 1 new, 1 already there. Record: war.db\n"
    assert texts() == ["The talks failed, the mediator said.", "They left, the mediator said."]
    assert json.loads((tmp_path / "war.watch.json").read_text())["feeds"][f"{site.url}/feed"]["etag"] == '"b"'


def test_a_feed_that_fails_is_one_line_and_a_row_and_the_others_go_on(tmp_path: Path) -> None:
    with Site({"/good": Page(rss(ONE)), "/busy": Page(status=503, headers={"Retry-After": "600"})}) as site:
        (tmp_path / "feeds.txt").write_text(f"# feeds\n{site.url}/busy\nnonsense\n{site.url}/none\n{site.url}/good\n")
        result = run("feeds.txt", "--errors", "errors.csv")
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 3
        rows = list(csv.DictReader((tmp_path / "errors.csv").read_text().splitlines()))
        assert [(row["subject"], row["cause"][:22]) for row in rows] == [
            ("feeds.txt:3", "'nonsense' is no addre"),
            (f"{site.url}/busy", "the server answers 503"),
            (f"{site.url}/none", "the server answers 404"),
        ]
        asked = len(site.asked)
        run("feeds.txt")
        assert "/busy" not in site.paths[asked:], "it asked to be left alone"
    assert texts() == ["The talks failed, the mediator said."]


def test_pages_of_summaries_are_fetched_only_if_asked_for_and_once(tmp_path: Path) -> None:
    with Site({"/1": Page(article())}) as site:
        site.pages["/feed"] = Page(rss((f"{site.url}/1", "One", ""), (f"{site.url}/2", "Two", ""), TWO))
        assert run(f"{site.url}/feed", "--state", "a.json").exit_code == 0
        assert "/1" not in site.paths
        assert texts() == ["A summary of One.", "A summary of Two.", "They left, the mediator said."]
        result = run(f"{site.url}/feed", "--pages", "--state", "b.json")
        assert "/2: the server answers 404" in result.stderr
        run(f"{site.url}/feed", "--pages", "--state", "b.json")
        assert (site.paths.count("/1"), site.paths.count("/2"), site.paths.count("/feed")) == (1, 1, 3)
    assert ARTICLE.format(name="Ivers") in texts()


def test_a_page_that_fails_for_now_is_asked_for_again(tmp_path: Path) -> None:
    with Site({"/1": Page(status=503)}) as site:
        site.pages["/feed"] = Page(rss((f"{site.url}/1", "One", "")), headers={"ETag": '"a"'})
        assert run(f"{site.url}/feed", "--pages").exit_code == 1
        run(f"{site.url}/feed", "--pages")
        assert all("if-none-match" not in headers for _, headers in site.asked)
        site.pages["/1"] = Page(article())
        assert run(f"{site.url}/feed", "--pages").exit_code == 0
    assert texts() == [ARTICLE.format(name="Ivers")]


def test_a_damaged_state_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "war.watch.json").write_text("{")
    result = run("https://harbour.example/feed")
    assert result.exit_code == 1
    assert "the state of the watch is damaged" in result.stderr


def test_errors_of_reading_files_are_kept_as_lines_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    CliRunner().invoke(main, ["--record", "war.db", "add", "a.txt", "--errors", "e.jsonl"])
    (row,) = map(json.loads, (tmp_path / "e.jsonl").read_text().splitlines())
    assert (row["subject"], row["kind"], row["cause"]) == ("a.txt", "input", "the file is empty")
