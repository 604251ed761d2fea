"""The full text of a record in PostgreSQL: the words as SQLite's FTS5 has them, so that both find the same.

PostgreSQL's own parser would take "cease-fire" or an address for one word and knows a language's endings; what counts
as a word would depend on the server. So the words are cut here, and the server keeps and finds them. It keeps no more
than 256 places of a word and none after the 16,383rd: a long report is kept in parts that overlap.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    cast,
    column,
    false,
    func,
    literal,
    or_,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, REAL, TSQUERY, TSVECTOR

from onrecord.model import Span
from onrecord.record.databases import Words
from onrecord.record.postgresql_rows import stored
from onrecord.record.terms import Said

__all__ = ["TABLES", "indexed", "matching", "places", "words_of"]

#: Letters, numbers and private characters make words, marks on letters belong to them, all else parts them: the rule of
#: FTS5's unicode61.
_OWN = "\ue000-\uf8ff\U000f0000-\U0010fffd"
_WORD = re.compile(f"(?:[^\\W_]|[{_OWN}])(?:[^\\W_]|[\u0300-\u036f{_OWN}])*")
#: The longest word that is told from others: PostgreSQL takes 2,046 bytes.
_LONGEST = 500
#: How many words a part has at most, how often one of them stands in it, and how many its neighbours share.
_IN_PART, _OFTEN, _SHARED = 12_000, 250, 40
#: How many bytes the words of a part take at most: PostgreSQL takes 1 MiB of words and places.
_BYTES = 800_000
#: How far the text's first word stands from the title's last, so that no phrase goes from one to the other.
_APART = 8

TABLES = {
    name: table(name, column("row", BigInteger), column("part", Integer), column("parts", Integer),
                column("words", TSVECTOR))
    for name in ("report_words", "statement_words")
}  # fmt: skip

#: A word in the title or the speaker's name counts as much as one in the text, as it does in FTS5.
_ALIKE = cast(literal("{1,1,1,1}"), ARRAY(REAL))


def words_of(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text without case and accents, each with where it stands.

    Example:
        >>> list(words_of("Cease-fire in Łódź!"))
        [('cease', 0, 5), ('fire', 6, 10), ('in', 11, 13), ('łodz', 14, 18)]
    """
    for found in _WORD.finditer(text):
        yield _bare(found.group()[:_LONGEST]), found.start(), found.end()


@lru_cache(maxsize=1 << 16)
def _bare(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(_letter(c) for c in word) or word


@lru_cache(maxsize=1 << 12)
def _letter(character: str) -> str:
    """One letter without case and accent; of what has no letter of its own, nothing."""
    parts = unicodedata.normalize("NFD", character.lower())
    return "".join(c for c in parts if not "\u0300" <= c <= "\u036f")


def indexed(connection: Connection, words: Words, rows: Iterable[tuple[int, str | None, str]]) -> None:
    """Put rows, each with its number and two fields, into the full text."""
    made = []
    for row, first, second in rows:
        vectors = list(_vectors(first or "", second))
        made += [{"row": row, "part": n, "parts": len(vectors), "words": vector} for n, vector in enumerate(vectors, 1)]
    if made:
        stored(connection, TABLES[words], made)


def _vectors(first: str, second: str) -> Iterator[str]:
    """The words of two fields as PostgreSQL takes them, one text for each part."""
    placed = [(word, n, "B") for n, (word, _, _) in enumerate(words_of(first), 1)]
    start = len(placed) + _APART
    placed += [(word, n, "") for n, (word, _, _) in enumerate(words_of(second), start)]
    at = 0
    while True:
        seen: Counter[str] = Counter()
        end, size = at, 0
        while end < len(placed) and end - at < _IN_PART and size < _BYTES and seen[placed[end][0]] < _OFTEN:
            size += 4 * len(placed[end][0]) if placed[end][0] not in seen else 0
            seen[placed[end][0]] += 1
            end += 1
        yield _vector(placed[at:end])
        if end == len(placed):
            return
        at = max(end - _SHARED, at + 1)


def _vector(placed: Sequence[tuple[str, int, str]]) -> str:
    before = placed[0][1] - 1 if placed else 0
    of: dict[str, list[str]] = {}
    for word, n, field in placed:
        of.setdefault(word, []).append(f"{n - before}{field}")
    return " ".join(f"'{word}':{','.join(places)}" for word, places in of.items())


def matching(words: Words, said: Said, among: Select[Any] | None = None) -> Select[Any]:
    """The rows of a full-text table that hold what is said: `rowid` and `rank` (smaller is better).

    Args:
        words: which of the tables.
        among: rows of which alone they may be.
    """
    c = TABLES[words].c
    needed, refused = _needed(said), [asked for term in said.without if (asked := _term(term))]
    if not needed:
        return select(c.row.label("rowid"), literal(0.0).label("rank")).where(false())
    # In one part everything is asked at once; what is kept in parts need not have all words in the same one.
    whole = " & ".join([*needed, *(f"!{term}" for term in refused)])
    rank = func.ts_rank(_ALIKE, c.words, _query(whole), 1)
    short = select(c.row.label("rowid"), (-rank).label("rank")).where(c.parts == 1, _holds(c.words, whole))
    some = " | ".join([*needed, *refused])
    every = and_(true(), *(func.bool_or(_holds(c.words, term)) for term in needed))
    none = or_(*(func.bool_or(_holds(c.words, term)) for term in refused)) if refused else None
    likeness = func.max(func.ts_rank(_ALIKE, c.words, _query(some), 1))
    long = (
        select(c.row, -likeness)
        .where(c.parts > 1, _holds(c.words, some))
        .group_by(c.row)
        .having(every if none is None else and_(every, ~none))
    )
    found = union_all(short, long).subquery()
    query = select(found.c.rowid, found.c.rank)
    return query if among is None else query.where(found.c.rowid.in_(among))


def _needed(said: Said) -> list[str]:
    """What must stand in a row, each as PostgreSQL is asked for it."""
    needed = [_term(term) for term in said.every]
    needed += [_term(term, "B") for term in said.speaker]
    for terms, field in ((said.some, ""), (said.content, "D")):
        some = [asked for term in terms if (asked := _term(term, field))]
        needed += [f"({' | '.join(some)})"] if some else []
    return [asked for asked in needed if asked]


def _term(term: str, field: str = "") -> str:
    """A term as a part of a query: its words one after the other, the last as a beginning where it ends so.

    Empty for a term without words, which is left out, as FTS5 does.
    """
    begins = "*" if term.endswith("*") else ""
    found = [word for word, _, _ in words_of(term)]
    if not found:
        return ""
    marks = [field] * (len(found) - 1) + [field + begins]
    asked = [f"'{word}'" + (f":{mark}" if mark else "") for word, mark in zip(found, marks, strict=True)]
    # Neighbouring parts share so many words: a longer phrase is looked for piece by piece.
    pieces = [" <-> ".join(asked[n : n + _SHARED]) for n in range(0, len(asked), _SHARED)]
    return f"({' & '.join(pieces)})"


def _query(asked: str) -> ColumnElement[Any]:
    return cast(literal(asked), TSQUERY)


def _holds(words: ColumnElement[Any], asked: str) -> ColumnElement[bool]:
    return words.op("@@", is_comparison=True)(_query(asked))


def places(connection: Connection, words: Words, said: Said, row: int, field: int, whole: str | None) -> list[Span]:
    """Where in a field of a row that holds what is said it stands.

    Args:
        field: 0 for the title or the speaker, 1 for the text or what is said.
        whole: what stands in the field.
    """
    del connection, words, row  # SQLite is asked for this row
    terms = [*said.every, *said.some, *(said.speaker if field == 0 else said.content)]
    if whole is None or not terms:
        return []
    stand = list(words_of(whole))
    found = sorted(span for term in terms for span in _standing(stand, term))
    joined: list[Span] = []
    for start, stop in found:
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(stop, joined[-1][1])
        else:
            joined.append((start, stop))
    return joined


def _standing(stand: Sequence[tuple[str, int, int]], term: str) -> Iterator[Span]:
    asked = [word for word, _, _ in words_of(term)]
    begins, last = term.endswith("*"), len(asked) - 1
    for n in range(len(stand) - last) if asked else ():
        if all(
            stand[n + i][0].startswith(word) if begins and i == last else stand[n + i][0] == word
            for i, word in enumerate(asked)
        ):
            yield stand[n][1], stand[n + last][2]
