"""What a reader says of a paper: bookmark, tags, read, put off, a note; changes to it as values."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paperterm.errors import UsageError
from paperterm.model.text import shown, storable

LONGEST_TAG = 100
"""Characters a tag may have, its parents included."""
LONGEST_NOTE = 100_000
"""Characters a note may have when it is written."""
NOT_LATER = dt.date.min
"""As a change's `later`: put off no longer."""


@dataclass(frozen=True, slots=True)
class Marks:
    """All a reader has said of one paper."""

    bookmarked: bool = False
    read: bool = False
    tags: tuple[str, ...] = ()
    """In alphabetical order, each once."""
    note: str = ""
    """The reader's own words, in lines; raw, as all text is before it is shown."""
    archived: bool = False
    """Done with, read or not."""
    later: dt.date | None = None
    """Put off until this day, on which it is back."""
    removed: bool = False
    """Taken out of the library: shown nowhere, and never deleted."""

    def __bool__(self) -> bool:
        flags = self.bookmarked or self.read or self.archived or self.removed
        return flags or self.later is not None or bool(self.tags) or bool(self.note)


@dataclass(frozen=True, slots=True)
class Change:
    """What one action asks of one paper's marks. None and empty leave things as they are."""

    key: str
    bookmarked: bool | None = None
    read: bool | None = None
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    note: str | None = None
    """The note that is wanted; empty text takes it away."""
    former_note: str | None = None
    """The note that `note` is to take the place of: where another one is there, that one stays,
    so that nobody's words are lost. None: whichever is there."""
    archived: bool | None = None
    later: dt.date | None = None
    """The day to put it off to; `NOT_LATER` lets it be put off no longer."""
    removed: bool | None = None

    def __bool__(self) -> bool:
        wanted = (self.bookmarked, self.read, self.archived, self.removed, self.later, self.note)
        return bool(self.add or self.remove) or any(one is not None for one in wanted)

    def upon(self, marks: Marks) -> Change:
        """The part of this change that makes a difference to `marks`."""
        writes = self._note_on(marks) != marks.note
        puts_off = self._later_on(marks) != marks.later
        tags = set(marks.tags)
        return Change(
            self.key,
            None if self.bookmarked == marks.bookmarked else self.bookmarked,
            None if self.read == marks.read else self.read,
            tuple(sorted(set(self.add) - tags)) if self.add else (),
            tuple(sorted(set(self.remove) & tags - set(self.add))) if self.remove else (),
            self.note if writes else None,
            marks.note if writes else None,
            None if self.archived == marks.archived else self.archived,
            self.later if puts_off else None,
            None if self.removed == marks.removed else self.removed,
        )

    def apply(self, marks: Marks) -> Marks:
        """`marks` after this change."""
        return Marks(
            marks.bookmarked if self.bookmarked is None else self.bookmarked,
            marks.read if self.read is None else self.read,
            tuple(sorted((set(marks.tags) - set(self.remove)) | set(self.add))),
            self._note_on(marks),
            marks.archived if self.archived is None else self.archived,
            self._later_on(marks),
            marks.removed if self.removed is None else self.removed,
        )

    def _later_on(self, marks: Marks) -> dt.date | None:
        if self.later is None:
            return marks.later
        return None if self.later == NOT_LATER else self.later

    def _note_on(self, marks: Marks) -> str:
        if self.note is None or self.former_note not in (None, marks.note):
            return marks.note
        return self.note


def archiving(key: str) -> Change:
    """The change that archives a paper: it is put off no longer."""
    return Change(key, archived=True, later=NOT_LATER)


def putting_off(key: str, day: dt.date) -> Change:
    """The change that puts a paper off: on `day` it is in the Inbox again, unread."""
    return Change(key, read=False, archived=False, later=day)


def parse_tag(text: str) -> str:
    """The tag that a person meant by `text`: ``llm/long-context``, ``to read``, ``日本語``.

    A leading ``#`` and white space around parts go; parents are kept apart by ``/``.
    Raises `UsageError` with the reason when there is no tag in it.
    """
    # Shown twice: composing can lengthen a stack of combining marks.
    tag, before = shown(unicodedata.normalize("NFC", shown(text))), None
    while tag != before:  # what goes may have stood before another sign that goes
        before = tag
        parts = [part.strip(_BLANK) for part in tag.lstrip(f"#/{_BLANK}").split("/")]
        tag = "/".join(part for part in parts if _visible(part))
    if not tag:
        raise UsageError("A tag needs at least one letter or sign.")
    if len(tag) > LONGEST_TAG:
        raise UsageError(f"A tag has at most {LONGEST_TAG} characters; this one has {len(tag)}.")
    for characters, name in _UNFIT:
        if any(character in tag for character in characters):
            raise UsageError(f"A tag can't hold a {name}: {tag}")
    return tag


_BLANK = " \u200c\u200d"
"""A space, and the joiners, which can't be seen where they join nothing."""
_UNFIT = ((",", "comma"), ('"“”„‟＂', "quotation mark"), ("\ufffd", "control code"))
"""What keeps tags apart in a line, and what the query language takes for a quotation mark."""


def _visible(part: str) -> bool:
    return any(unicodedata.category(character) not in ("Mn", "Me", "Cf") for character in part)


def parse_tags(text: str) -> tuple[str, ...]:
    """The tags in a comma-separated line, each once, in the order given."""
    return tuple(dict.fromkeys(parse_tag(part) for part in text.split(",") if part.strip(" #/")))


def clean_note(text: str) -> str:
    """`text` as a note is kept: its lines, without white space around them all."""
    lines = storable(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def parse_note(text: str) -> str:
    """The note that a person meant by `text`. Raises `UsageError` when it is none, or too long."""
    note = clean_note(text)
    if not shown(note):
        raise UsageError("A note needs some text.")
    if len(note) > LONGEST_NOTE:
        most = f"{LONGEST_NOTE:,} characters"
        raise UsageError(f"A note has at most {most}; this one has {len(note):,}.")
    return note


def joined_notes(*notes: str) -> str:
    """Several notes on one paper: all of them, the same words once."""
    return "\n\n".join(dict.fromkeys(filter(None, notes)))


def parents(tag: str) -> Iterable[str]:
    """The tags above `tag`, outermost first: ``a/b/c`` has ``a`` and ``a/b``."""
    parts = tag.split("/")
    return ("/".join(parts[:depth]) for depth in range(1, len(parts)))


def tag_label(changes: Sequence[Change]) -> str:
    """What the history calls a change of tags: ``tags +llm -to read``."""
    added = sorted({tag for change in changes for tag in change.add})
    removed = sorted({tag for change in changes for tag in change.remove})
    return " ".join(["tags", *(f"+{tag}" for tag in added), *(f"-{tag}" for tag in removed)])
