"""A whole library leaves as JSON lines and comes back the same."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import contents, everything, numbered, paper, paths_in, take_in
from paperterm.errors import UsageError
from paperterm.library.door import Library
from paperterm.library.exporting import entries_of, export_lines, writing_whole
from paperterm.model.marks import Change, clean_note, parse_tag
from paperterm.model.paper import Paper
from paperterm.model.query import Query
from paperterm.model.record import Context
from paperterm.model.text import shown


def tag_of(text: str) -> str | None:
    try:
        return parse_tag(text)
    except UsageError:
        return None


PAPERS: tuple[Paper, ...] = (
    numbered(1),
    numbered(2, doi="10.1000/182", comments=3, upvotes=5, venue='A: "journal"'),
    paper("Known by its title: [MASK] \x1b[2J \u202e 語言"),
    paper("Elsewhere", link="https://example.org/a", authors=("Ünï Cödé", "Eve \x00")),
    paper("By its DOI", doi="10.1000/xyz"),
)
texts = st.one_of(
    st.text(st.characters(), max_size=40),
    st.sampled_from(["---\na: b", "- a\n    - b\n\n\n  c", "\x1b]0;x\x07", "\u2028x\x85y", "a\tb"]),
)
tags = st.lists(texts.map(tag_of).filter(bool), max_size=3)
marked = st.tuples(
    st.sampled_from(range(len(PAPERS))),
    st.booleans(),
    st.booleans(),
    tags,
    texts.map(clean_note),
    st.booleans(),
    st.none() | st.dates(dt.date(2000, 1, 1)),
)


def export(library: Library, path: Path) -> None:
    with writing_whole(path) as stream:
        for line in export_lines(entries_of(library, library.find(Query()).ids), "jsonl"):
            stream.write(f"{line}\n".encode())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(marked, max_size=8))
def test_a_library_that_is_exported_and_imported_is_the_same(said: list[tuple]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Library(paths_in(folder / "one")) as library:
            take_in(library, *PAPERS)
            by_title = {entry.paper.title: entry for entry in everything(library)}
            papers = list(by_title.values())
            for number, bookmarked, read, added, note, archived, later in said:
                entry = papers[number]
                change = Change(
                    entry.paper.key,
                    bookmarked,
                    read,
                    add=tuple(added),
                    note=note if shown(note) else "",
                    archived=archived,
                    later=later,
                )
                library.mark([change], "mark", [entry])
            before = contents(library)
            export(library, folder / "all.jsonl")
        with Library(paths_in(folder / "other")) as library:
            with (folder / "all.jsonl").open("rb") as stream:
                tally = library.read(stream, Context("all.jsonl"))
            assert (tally.new, tally.refused, tally.remarks) == (len(PAPERS), [], [])
            assert contents(library) == before
            export(library, folder / "again.jsonl")
        lines = [(folder / file).read_text().splitlines() for file in ("all.jsonl", "again.jsonl")]
        assert sorted(lines[0]) == sorted(lines[1])
