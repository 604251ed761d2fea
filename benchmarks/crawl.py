"""From a web archive to Parquet: the speed of `onrecord bulk` as a share of spaCy's small pipeline in the same run.

python -m benchmarks.crawl --data CORPORA --score SCORERS --work FOLDER [--pages 900] [--perturbed]

The reports are those of PolNeAR, or those of `benchmarks.bulk` with other words and names, each on a page of its own
with menus, links and scripts around it, in one WARC.gz as crawlers write it. One worker reads them, from the archive to
the last Parquet file; spaCy's pipeline, as it comes, gets the bare texts of the same reports, before and after.
Processor seconds are compared, not the clock: those of the worker and of the command that it serves, models loaded and
all.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import random
import time
from html import escape
from pathlib import Path

import pyarrow.dataset as ds
import spacy

from benchmarks.bulk import measured, wire
from benchmarks.corpora import Corpora
from onrecord.annotators.parse import PIPELINES
from onrecord.annotators.settings import Settings

__all__ = ["crawl"]

#: What spaCy reads in one turn, a turn before and one after.
SPACY_REPORTS = 150

_LINKS = ("World", "Politics", "Business", "Opinion", "Sport", "Culture", "Weather", "Video", "Podcasts", "Archive")


def crawl(lines: Path, count: int) -> Path:
    """The archive of the first reports of a file, made once."""
    path = lines.with_name(f"{lines.stem}-{count}.warc.gz")
    if not path.exists():
        chance = random.Random(7)  # noqa: S311 - no secrets
        making = path.with_suffix(".making")
        with lines.open("rb") as reports, making.open("wb") as archive:
            for number, line in zip(range(count), reports, strict=False):
                archive.write(gzip.compress(_record(number, _page(json.loads(line), chance)), 6))
        making.rename(path)
    return path


def _as_they_are(corpora: Corpora) -> Path:
    """The file of PolNeAR's reports, of the dev part first; how quick a reading is does not hang on what was learnt."""
    path = corpora.work / "crawl-polnear.jsonl"
    if not path.exists():
        reports = [item.report for split in ("dev", "train") for item in corpora.reports("polnear", split)]
        kept = [{"text": one.text, "title": one.title, "published": one.published, "publisher": one.publisher}
                for one in reports]  # fmt: skip
        path.write_text("".join(f"{json.dumps(one)}\n" for one in kept), encoding="utf-8")
    return path


def _page(report: dict[str, str], chance: random.Random) -> bytes:
    title = report.get("title") or report["text"].split("\n", 1)[0][:90]
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": f"{report['published'][:10]}T06:00:00Z",
        "publisher": {"@type": "Organization", "name": report.get("publisher") or "The Daily"},
    }
    menu = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in _LINKS)
    more = "".join(
        f'<li><a href="/story/{chance.randrange(10**6)}"><img src="/i/{n}.jpg" alt="">{escape(title[:40])}</a></li>'
        for n in range(12)
    )
    body = "".join(f"<p>{escape(part)}</p>" for part in report["text"].split("\n") if part.strip())
    script = "".join(f"window.q{n}={{id:{chance.randrange(10**9)}}};" for n in range(150))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<script type="application/ld+json">{json.dumps(about)}</script><script>{script}</script></head><body>'
        f"<header><nav><ul>{menu}</ul></nav></header><main><article><h1>{escape(title)}</h1>{body}</article></main>"
        f'<aside class="related"><h2>Read more</h2><ul>{more}</ul></aside><footer><ul>{menu}</ul><p>All rights '
        f"reserved. Terms of use.</p></footer></body></html>"
    ).encode()


def _record(number: int, page: bytes) -> bytes:
    answer = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n".encode()
        + page
    )
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/story/{number}\r\n"
        f"WARC-Date: 2021-03-04T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    ).encode() + answer + b"\r\n\r\n"  # fmt: skip


def main() -> None:
    """Measure and print one line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--score", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is made")
    parser.add_argument("--pages", type=int, default=900)
    parser.add_argument("--perturbed", action="store_true", help="the reports of benchmarks.bulk")
    parser.add_argument("--no-models", action="store_true")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    corpora = Corpora(args.data, args.score, args.work)
    archive = crawl(wire(corpora, args.pages) if args.perturbed else _as_they_are(corpora), args.pages)
    out = args.work / "crawl-out"
    texts = _texts(archive, out)
    before = _spacy_seconds(texts[:SPACY_REPORTS])
    row = measured(archive, out, 1, models=Settings(models=not args.no_models).models)
    seconds = (before + _spacy_seconds(texts[:SPACY_REPORTS])) / 2
    words, some = _words(texts), _words(texts[:SPACY_REPORTS])
    ours, theirs = words / row.processor, some / seconds
    print(
        f"{row.reports:,} pages, {archive.stat().st_size / 2**20:.1f} MB of WARC.gz, {words:,} words: "
        f"{row.seconds:,.0f} s by the clock, {row.processor:,.0f} s of the processor, {ours:,.0f} words a second of "
        f"one core; spaCy's small pipeline {theirs:,.0f}; share {ours / theirs:.2f}"
    )


def _texts(archive: Path, out: Path) -> list[str]:
    """The texts as the archive's pages give them, which a first run without models reads."""
    measured(archive, out, 1, models=False)
    texts: list[str] = ds.dataset(out / "reports", partitioning="hive").to_table(["text"])["text"].to_pylist()
    return texts


def _words(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _spacy_seconds(texts: list[str]) -> float:
    plain = spacy.load(next(name for name in PIPELINES if importlib.util.find_spec(name)))
    start = time.process_time()
    for _ in plain.pipe(texts):
        pass
    return time.process_time() - start


if __name__ == "__main__":
    main()
