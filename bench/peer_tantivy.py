"""tantivy, a search library in Rust, asked from Python. Importing this fails where it is missing.

Its fields are the three that FTS5 has, stemmed, the title worth five times the abstract, and two
for facts. What is timed of it begins before the query is built, since building is part of the
work for some (a prefix is compiled), and ends with the number of papers and the best 50.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Filter, Index, Occur, Query, Tokenizer

from bench.questions import TAG, TAGGED_EVERY, TYPED, Kind, Question

BEST = 50
_FIELDS = {"title": 5.0, "abstract": 1.0, "authors": 1.0}
_HEAP = 128_000_000


def build(papers: Iterable[dict[str, Any]], folder: Path) -> None:
    """Make an index of `papers` in a new folder."""
    folder.mkdir()
    writer = Index(_schema(), path=str(folder)).writer(_HEAP, 1)
    for number, paper in enumerate(papers, 1):
        writer.add_document(_document(number, paper))
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_text_field("tags", tokenizer_name="raw", index_option="basic")
    for name in _FIELDS:
        builder.add_text_field(name, tokenizer_name="en_stem")
    return builder.build()


def _document(number: int, paper: dict[str, Any]) -> Any:
    document = tantivy.Document(
        title=paper["title"],
        abstract=paper["abstract"],
        authors=paper["authors"],
        tags=[TAG] if number % TAGGED_EVERY == 0 else [],
    )
    document.add_integer("id", number)
    document.add_integer("day", dt.date.fromisoformat(paper["published"]).toordinal())
    return document


class Tantivy:
    """An open index."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._index = Index.open(str(folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        # As "en_stem" does it, for the queries that don't go through a parser.
        builder = tantivy.TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
        self._analyzer = builder.filter(Filter.stemmer("english")).build()

    def prepare(self, question: Question) -> Callable[[], int]:
        """A function that asks, and says how many papers were found."""
        order = "day" if question.kind is Kind.DATED else None
        return partial(self._ask, question, order)

    def _ask(self, question: Question, order: str | None) -> int:
        query = self._query(question)
        found: Any = self._searcher.search(query, BEST, count=True, order_by_field=order)
        return int(found.count)

    def close(self) -> None:
        """Nothing is to be given back."""

    def replace(self, number: int, paper: dict[str, Any]) -> None:
        """Put a paper in, in place of the one with the same number, and show it."""
        writer = self._index.writer(_HEAP, 1)
        writer.delete_documents_by_term("id", number)
        writer.add_document(_document(number, paper))
        writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _query(self, question: Question) -> Any:
        if question.kind is Kind.PHRASE:
            stems: list[Any] = [self._stem(word) for word in question.words]
            return self._anywhere(lambda name: Query.phrase_query(self._schema, name, stems))
        *before, last = question.words
        parts = [self._word(word) for word in before]
        parts.append(self._last(question.kind, last))
        if question.kind is Kind.ANY:
            return Query.or_should_match(*parts)
        if question.kind is Kind.DATED:
            days = question.first.toordinal(), question.last.toordinal()
            parts.append(Query.range_query(self._schema, "day", FieldType.Integer, *days))
        if question.kind is Kind.TAGGED:
            parts.append(Query.term_query(self._schema, "tags", TAG))
        return Query.and_must_match(*parts) if len(parts) > 1 else parts[0]

    def _last(self, kind: Kind, word: str) -> Any:
        if kind is Kind.TYPO:
            stem = self._stem(word)
            return self._anywhere(lambda name: Query.fuzzy_term_query(self._schema, name, stem))
        if kind in TYPED:  # what is stemmed no longer begins as it was typed
            return Query.or_should_match(self._word(word), self._beginning(word))
        return self._word(word)

    def _beginning(self, word: str) -> Any:
        """Every word that begins so. A fuzzy query of distance 0 is the fastest that finds all.

        A regular expression takes several times as long; a phrase's prefix stops at 50 words.
        """
        return self._anywhere(
            lambda name: Query.fuzzy_term_query(self._schema, name, word, distance=0, prefix=True)
        )

    def _word(self, word: str) -> Any:
        stem = self._stem(word)
        return self._anywhere(lambda name: Query.term_query(self._schema, name, stem))

    def _anywhere(self, make: Callable[[str], Any]) -> Any:
        """A query for each field, their scores weighted and added up."""
        return Query.boolean_query(
            [
                (Occur.Should, make(name) if weight == 1 else Query.boost_query(make(name), weight))
                for name, weight in _FIELDS.items()
            ]
        )

    def _stem(self, word: str) -> str:
        stems: list[str] = self._analyzer.analyze(word)
        return stems[0]
