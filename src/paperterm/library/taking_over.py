"""Taking over what another library tells beside its papers: its journal, tags and searches.

The journal is joined, so that order and repetition make no difference. A library in which nothing
has been done yet becomes the other one: what was done there counts as done here.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence

from paperterm.errors import UsageError
from paperterm.library.frecency import faded
from paperterm.library.saved.changing import SearchFile
from paperterm.library.when import moment, now
from paperterm.model.journal import Entry
from paperterm.model.record import Beside, Past, Refusal
from paperterm.model.saved import Saved
from paperterm.model.text import shown
from paperterm.model.whole import Colour, Head, Use
from paperterm.storage import pasts
from paperterm.storage.catalogue import Catalogue
from paperterm.storage.machines import adopt
from paperterm.storage.marks import MarkStore
from paperterm.storage.tags import TagStore


class TakingOver:
    """What one import takes over."""

    def __init__(
        self,
        catalogue: Catalogue,
        marks: MarkStore,
        searches: SearchFile,
        before_change: Callable[[], None],
    ) -> None:
        """`before_change` is called before any of the reader's own work is changed."""
        self.restored = False
        """Whether this library becomes the one that is read."""
        self.entries = 0
        """How many entries of the journal came that were not here."""
        self.keys: set[str] = set()
        """The papers that they are about."""
        self._catalogue = catalogue
        self._marks = marks
        self._tags = TagStore(marks.database)
        self._searches = searches
        self._before_change = before_change
        self._came: dict[int, str] = {}
        """Papers that came new, with the imports that they had come with elsewhere."""

    def take(self, items: Sequence[Beside]) -> list[Refusal]:
        """Take some over, in a few transactions; what can't be is refused by itself."""
        if not items:
            return []
        self._before_change()
        refused: list[Refusal] = []
        entries = [(one.told, one.line) for one in items if isinstance(one.told, Entry)]
        for item in items:
            if isinstance(item.told, Saved):
                try:
                    self._search(item.told)
                except UsageError as error:
                    refused.append(Refusal(item.line, shown(str(error)).rstrip(".")))
        with self._marks.database.transaction() as connection:
            for item in items:
                match item.told:
                    case Head(machines):
                        self.restored = adopt(connection, machines)
                    case Colour():
                        self._tags.take_choice(item.told)
                    case Use():
                        self._use(item.told)
        return [*refused, *self._apply(entries)]

    def _apply(self, entries: Sequence[tuple[Entry, int]]) -> Iterable[Refusal]:
        """All at once; where one is impossible, each by itself."""
        with contextlib.suppress(UsageError):
            self._apply_some([entry for entry, _ in entries])
            return
        for entry, line in entries:
            try:
                self._apply_some([entry])
            except UsageError as error:
                yield Refusal(line, shown(str(error)).rstrip("."))

    def _apply_some(self, entries: Sequence[Entry]) -> None:
        if entries:
            with self._marks.database.transaction():
                before = self._marks.journal.last()
                keys = self._marks.apply(entries)
                after = self._marks.journal.last()
            self.keys |= keys
            self.entries += after - before

    def _use(self, use: Use) -> None:
        """The greater of two frecencies stands."""
        at, here, today = moment(use.at), self._tags.use_of(use.tag), now()
        if at and (here is None or faded(*here, today) < faded(use.weight, at, today)):
            self._tags.put_uses([(use.tag, use.weight)], at)

    def _search(self, saved: Saved) -> None:
        """Where another one bears its name, it comes under a name of its own."""
        there = self._searches.read().searches
        name, number = saved.name, 1
        while found := next((one for one in there if one.is_called(name)), None):
            if found.query == saved.query:
                return
            number += 1
            name = f"{saved.name[:50]} {number}"
        self._searches.add(name, saved.query)

    # Papers

    def note(self, told: Mapping[int, Past], added: Iterable[int]) -> None:
        """Papers were met that stood so elsewhere; `added` are new. In their transaction."""
        connection = self._catalogue.database.connection
        pasts.add_names(connection, {one: past.names for one, past in told.items()})
        came = {one: past.came for one in added if (past := told.get(one)) and past.came}
        if self.restored:
            pasts.note_came(connection, came)
        else:
            self._came |= came

    def finish(self) -> None:
        """What came with an import that was taken back elsewhere is not shown here either."""
        gone = pasts.imports_gone(self._catalogue.database.connection) if self._came else set()
        hidden = {one: name for one, name in self._came.items() if name in gone}
        if hidden:
            with self._catalogue.database.transaction() as connection:
                pasts.note_came(connection, hidden)
                self._catalogue.next_revision()
