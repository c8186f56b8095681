"""The door: one reader's library, in the hands of one thread."""

from __future__ import annotations

import functools
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from types import TracebackType
from typing import BinaryIO, Concatenate, ParamSpec, TypeVar

from paperterm.errors import LibraryReadOnly, UnknownPaper
from paperterm.library import editing, history, indexing, intake, marking, starter
from paperterm.library.feeds import Feeds
from paperterm.library.intake import Tally
from paperterm.library.lookup import Lookup
from paperterm.library.marking import Marked
from paperterm.library.outcome import Outcome, Progress
from paperterm.library.paths import Paths
from paperterm.library.reading import Reading
from paperterm.library.saved.searches import SavedSearches
from paperterm.library.syncing.here import Syncing
from paperterm.library.tagging import Tags
from paperterm.library.taking_over import TakingOver
from paperterm.library.view import Entry, Holding, Seen, Shelves, View
from paperterm.library.when import today
from paperterm.library.whole import Whole
from paperterm.model import ids
from paperterm.model.edits import Edit
from paperterm.model.explanation import Explanation
from paperterm.model.marks import Change, Marks
from paperterm.model.paper import Paper
from paperterm.model.pattern import Patterns
from paperterm.model.query import Field, Query, Sort
from paperterm.model.record import Context, Item, Place
from paperterm.model.text import shown
from paperterm.search import manifest
from paperterm.storage import backups, facts, seals
from paperterm.storage.catalogue import attach_marks, open_catalogue
from paperterm.storage.database import translated
from paperterm.storage.journal import Told
from paperterm.storage.marks import Turned, open_marks

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Spans = tuple[tuple[int, int], ...]


def _verb(
    does: Callable[Concatenate[Library, Arguments], Result],
) -> Callable[Concatenate[Library, Arguments], Result]:
    """A verb of the library's: damage it meets anywhere is told as one of our errors."""

    @functools.wraps(does)
    def told(library: Library, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        with translated("library", library.paths.data):
            return does(library, *args, **kwargs)

    return told


class Library:
    """Papers, marks and search. Every verb raises `PapertermError` with a sentence, or works.

    It belongs to the thread that opened it; several may be open on the same files, in this
    process and in others.
    """

    def __init__(self, paths: Paths) -> None:
        """Open or create the library; checks the marks, and reunites them with their papers."""
        self.paths = paths
        self._has_marked = self._has_copy = False
        with ExitStack() as undoing, translated("library", paths.data):
            self._catalogue = open_catalogue(paths.catalogue)
            undoing.callback(self._catalogue.database.close)
            self._marks = open_marks(paths.marks)
            undoing.callback(self._marks.database.close)
            self._marks.come_home()
            connection = self._catalogue.database.connection
            attach_marks(connection, self._marks.database)
            self.feeds = Feeds(self._catalogue, self._marks, self._before_mark)
            """What is fetched again and again, and how that stands."""
            self.tagging = Tags(self._catalogue, self._marks, self._before_mark)
            """Tags as a whole: their tree, their spellings, their colours."""
            self.syncing = Syncing(self._catalogue, self._marks, self._before_mark, self.add)
            """What other machines know, and what they are to be told."""
            self._lookup = Lookup(self._catalogue, paths.index, self.tagging)
            self.searches = SavedSearches(
                paths, self._catalogue, self._lookup, self.feeds.search_renamed
            )
            """What the reader has saved to look for again, and what is new in it."""
            self.whole = Whole(self._catalogue, self._marks, self.searches)
            """All of it, for another library to become the same."""
            if not self.read_only:
                self.syncing.settle()
            undoing.pop_all()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the files back; safe to call twice. The day's backup gets the marks made here."""
        if self._has_marked:
            self._has_marked = False
            self._back_up(refresh=True)
            from paperterm.storage import working  # nobody waits for it here

            working.sweep()
        self._lookup.close()
        self._catalogue.database.close()
        self._marks.database.close()

    @property
    def read_only(self) -> str:
        """Why nothing can be changed, as a sentence; empty when all can."""
        return self._catalogue.database.read_only or self._marks.database.read_only

    @property
    def revision(self) -> int:
        """Grows with every change of papers; marks change none."""
        with translated("library", self.paths.data):
            return self._catalogue.revision

    # Looking up

    @_verb
    def find(self, query: Query, default: Sort = Sort.DAY) -> View:
        """The papers a query finds; see `Lookup.find`."""
        return self._lookup.find(query, default)

    @_verb
    def shelves(self) -> Shelves:
        """The shelves and their counts."""
        return self._lookup.shelves()

    @_verb
    def entries(self, paper_ids: Sequence[int]) -> list[Entry]:
        """The papers of `paper_ids` with their marks, in that order; those gone are left out."""
        stored = self._catalogue.papers(paper_ids)
        marks = self._marks.of([one.paper.key for one in stored.values()])
        for paper_id in self._lookup.hidden().intersection(stored):
            key = stored[paper_id].paper.key
            marks[key] = replace(marks.get(key, Marks()), removed=True)
        return [
            Entry(one.id, one.paper, marks.get(one.paper.key, Marks()), one.added, one.day)
            for paper_id in paper_ids
            if (one := stored.get(paper_id))
        ]

    @_verb
    def holdings(self, paper_ids: Iterable[int]) -> list[Holding]:
        """The same papers by name, in no order: cheap for tens of thousands."""
        keys = self._catalogue.keys_of(paper_ids)
        marks = self._marks.of(list(keys.values()))
        return [Holding(i, key, marks.get(key, Marks())) for i, key in keys.items()]

    def hits_in(self, text: str, patterns: Patterns, field: Field) -> Spans:
        """Where in `text`, a paper's `field`, the words stand that a search matched."""
        if not patterns:
            return ()
        from paperterm.search import highlight

        return tuple(highlight.spans(text, patterns, field))

    def hits_in_names(self, names: Sequence[str], patterns: Patterns) -> Spans:
        """The same for authors' names, in the text they make with ``, `` between them."""
        if not patterns:
            return ()
        from paperterm.search import highlight

        return tuple(highlight.joined(highlight.name_hits(names, patterns)))

    def snippet(self, paper: Paper, patterns: Patterns, length: int) -> tuple[str, Spans]:
        """Why `paper` is a hit, when its title does not tell: a piece of authors or abstract.

        At most `length` clean characters, and where the hits are in them; empty when neither
        authors nor abstract have one.
        """
        if not patterns or length < 1:
            return "", ()
        from paperterm.search import snippets

        names = [shown(name) for name in paper.authors]
        who = snippets.of_names(names, patterns, length)
        what = snippets.of_text(shown(paper.abstract), patterns, length)
        best = what if what.distinct > who.distinct else who
        return best.text, best.spans

    @_verb
    def explain(self, query: Query, paper_id: int) -> Explanation | None:
        """Why a query finds a paper, and what its place is made of; see `Lookup.explain`."""
        return self._lookup.explain(query, paper_id)

    @_verb
    def named(self, name: str) -> Entry:
        """The paper that `name` means: an arXiv id or DOI in any form, an address, or a key.

        Raises `UnknownPaper`.
        """
        if arxiv_id := ids.parse_arxiv_id(name):
            names = [f"arxiv:{arxiv_id}"]
        elif doi := ids.parse_doi(name):
            names = [f"doi:{doi}"]
        else:
            names = [name.strip()]
        found = self.entries(self._catalogue.ids_named(names)[:1])
        if not found:
            raise UnknownPaper(f"There is no paper {name.strip()} in this library.")
        return found[0]

    @_verb
    def ids_of(self, keys: Sequence[str]) -> list[int]:
        """The catalogue's ids of the papers with these keys."""
        return self._catalogue.ids_named(keys) if keys else []

    @_verb
    def seen(self) -> Seen:
        """Differs from an earlier answer when another connection or process has changed things."""
        marks: int = self._marks.database.connection.execute("PRAGMA data_version").fetchone()[0]
        papers, index = self._catalogue.data_version, manifest.identity(self.paths.index)
        return Seen(papers, marks, index, self.searches.state, today())

    # Marking

    @_verb
    def mark(self, changes: Iterable[Change], label: str, entries: Iterable[Entry] = ()) -> Marked:
        """One action of the reader's; on the disk when this returns.

        `entries` are papers that are at hand: what is written down of them beside their marks is
        then as new as they are.
        """
        self._before_mark()
        papers = (entry.paper for entry in entries)
        return marking.mark(self._catalogue, self._marks, changes, label, papers)

    @_verb
    def edit(self, paper: Paper, wanted: Edit) -> Marked:
        """Let the reader's own fields stand over those of services; see `editing.edit`."""
        self._before_mark()
        return editing.edit(self._catalogue, self._marks, paper, wanted)

    @_verb
    def undo(self, number: int | None = None) -> Marked | None:
        """Take back the last action, or the entry of this number; None when there is none."""
        self._has_marked = True
        return self._turn(lambda: self._marks.undo(number))

    @_verb
    def redo(self) -> Marked | None:
        """Bring back what was taken back last; None when there is nothing, or an action since."""
        self._has_marked = True
        return self._turn(self._marks.redo)

    def _turn(self, does: Callable[[], Turned | None]) -> Marked | None:
        done = marking.turn(self._catalogue, self._marks, does)
        editing.follow(self._catalogue)
        return done

    @_verb
    def history(self, most: int, before: int | None = None) -> list[Told]:
        """What was done, the newest first: `most` entries of numbers below `before`."""
        return history.titled(self._catalogue, self._marks.journal.told(most, before))

    @_verb
    def undone_down_to(self, number: int) -> int:
        """How many times `undo` takes back until it has taken back the entry `number`; 0: never."""
        return self._marks.journal.count_undone_down_to(number)

    @_verb
    def tags_among(self, paper_ids: Collection[int]) -> dict[str, int]:
        """The tags that any of these papers carries, each with how many of them do."""
        wanted = set(paper_ids)
        tagged = facts.tagged(self._catalogue.database.connection)
        return Counter(tag for tag, paper_id in tagged if paper_id in wanted)

    @_verb
    def tags(self) -> list[tuple[str, int]]:
        """Every tag in use with the number of papers that carry it itself, alphabetical."""
        return self.tagging.used()

    @_verb
    def look_at_marks(self, after: int = 0) -> int | None:
        """Whether some actions after the number `after` are as they were noted; where to go on.

        With the last, at all else in the file of marks; None then. Raises `LibraryDamaged`.
        """
        return seals.look_on(self._marks.database, after)

    @_verb
    def keep_copy(self) -> None:
        """Make the day's copy of the marks as they are, ahead of the first mark; it then is quick.

        What was not changed since its copy was made is not copied again.
        """
        if not (self._has_marked or self._has_copy):
            self._back_up(refresh=backups.is_behind(self.paths.marks))
            self._has_copy = True

    def _before_mark(self) -> None:
        self._back_up(refresh=not (self._has_marked or self._has_copy))
        self._has_marked = True

    def _back_up(self, *, refresh: bool = False) -> None:
        """Keep a copy a day, of its last state; one that can't be made must not stop a mark."""
        if not self._marks.database.read_only:
            connection = self._marks.database.connection
            folder = backups.folder_of(self.paths.marks)
            with suppress(OSError, sqlite3.Error):
                beside = not seals.is_seen_whole(self._marks.database)
                backups.make_daily(connection, folder, refresh=refresh, beside=beside)

    # Taking in

    @_verb
    def read(
        self,
        stream: BinaryIO,
        context: Context,
        format: str | None = None,
        tally: Tally | None = None,
    ) -> Tally:
        """Take in what `stream` holds; `tally` is kept up meanwhile. Raises `SourceError`."""
        from paperterm.sources import registry

        return self.add(registry.read(stream, context, format), tally)

    @_verb
    def add(
        self, items: Iterable[Item], tally: Tally | None = None, reading: Reading | None = None
    ) -> Tally:
        """Take in papers; see `intake.add`."""
        if self.read_only:
            raise LibraryReadOnly(self.read_only)
        tally = Tally() if tally is None else tally
        try:
            over = TakingOver(self._catalogue, self._marks, self.searches.file, self._before_mark)
            intake.add(
                self._catalogue, self._marks, items, marking.subject_of, tally, over, reading
            )
            if over.keys:
                tally.followed = len(self._marks.of(sorted(over.keys)))
                self.syncing.settle()
            elif tally.new or tally.updated:
                editing.follow(self._catalogue)
            over.finish()
            return tally
        finally:
            self._has_marked = self._has_marked or bool(tally.marked or tally.entries)

    @_verb
    def book(self, tally: Tally) -> None:
        """Let all that came in with `tally` be one entry of the journal, if anything did."""
        if tally.label and not tally.restored and (tally.new or tally.marked):
            intake.book(self._marks, tally)

    @_verb
    def begun(self, reading: Reading) -> Place:
        """How far an import that was stopped had got with a file."""
        return reading.begun(self._catalogue)

    @_verb
    def greet(self) -> bool:
        """On a first look at an empty library, put up the starter shelf; says whether it did."""
        if self.read_only or not starter.is_due(self._catalogue):
            return False
        self.add_starter()
        return True

    @_verb
    def add_starter(self) -> Tally:
        """Put the starter shelf's papers in (again)."""
        from paperterm.sources.starter import read_starter

        tally = self.add(read_starter())
        starter.settle(self._catalogue, "added")
        return tally

    @_verb
    def remove_starter(self) -> tuple[int, int]:
        """Take the starter shelf out; see `starter.remove`."""
        if self.read_only:
            raise LibraryReadOnly(self.read_only)
        return starter.remove(self._catalogue, self._marks)

    # The index

    @_verb
    def warm_up(self) -> None:
        """Load what the first search would load."""
        self._lookup.warm_up()

    @_verb
    def index_behind(self) -> int | None:
        """How many papers the index is behind; None when there is none."""
        return indexing.behind(self._catalogue, self.paths.index)

    @_verb
    def bring_up_index(
        self, progress: Progress = lambda done, total: None, *, anew: bool = False
    ) -> Outcome:
        """Bring the index up in this process; see `indexing.bring_up`."""
        return indexing.bring_up(self._catalogue, self.paths.index, progress, anew=anew)
