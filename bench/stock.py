"""What one run searches in: generated papers, in a reader's library and in the peers' indexes.

Each is made once, when it is first needed.
"""

from __future__ import annotations

import shutil
from functools import cached_property
from pathlib import Path

from bench.peers import make_ready
from bench.places import Reader, python, write_papers
from bench.process import Run, measured
from bench.questions import TAG, TAGGED_EVERY
from bench.report import tell
from bench.work import full_text_table, papers_in, tantivy_index
from paperterm.library.door import Library
from paperterm.model.marks import Change

_CHUNK = 5_000


class Stock:
    """So many papers below a folder."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.count = count
        self.reader = Reader(folder, "reader")
        self.taken_in: Run | None = None
        """What the import of all papers took, the index included; None before `library`."""

    @cached_property
    def file(self) -> Path:
        """The papers, as JSON lines."""
        tell(f"Making {self.count:,} papers…")
        return write_papers(self.folder / "papers.jsonl", self.count)

    @cached_property
    def library(self) -> Reader:
        """The reader whose library has all papers, indexed, and a tag on every fifth."""
        file = self.file
        tell("Importing them…")
        command = python("paperterm", "import", str(file))
        self.taken_in = measured(command, self.reader.environment)
        self._tag()
        return self.reader

    @cached_property
    def full_text(self) -> Path:
        """FTS5's file."""
        self.work(full_text_table.__name__, self.folder)
        file = self.folder / "fts.db"
        make_ready(file, papers_in(self.file))
        return file

    @cached_property
    def tantivy(self) -> Path:
        """tantivy's folder."""
        self.work(tantivy_index.__name__, self.folder)
        return self.folder / "tantivy"

    def copy(self, name: str) -> Reader:
        """Another reader with a library of the same contents, to be changed or damaged."""
        other = Reader(self.folder, name)
        shutil.copytree(self.library.home, other.home, dirs_exist_ok=True)
        return other

    def work(self, name: str, folder: Path) -> Run:
        """Do a piece of `bench.work` with the papers, in a process of its own."""
        file = self.file
        tell(f"Working: {name}…")
        command = python("bench.work", name, str(file), str(folder))
        return measured(command, self.reader.environment)

    def _tag(self) -> None:
        keys = [
            str(paper["id"])
            for number, paper in enumerate(papers_in(self.file), 1)
            if number % TAGGED_EVERY == 0
        ]
        with Library(self.reader.paths) as library:
            ids = library.ids_of(keys)
            for start in range(0, len(ids), _CHUNK):
                entries = library.entries(ids[start : start + _CHUNK])
                changes = [Change(entry.paper.key, add=(TAG,)) for entry in entries]
                library.mark(changes, "tags", entries)
