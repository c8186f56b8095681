"""A folder of Markdown files, one for each noted paper, kept up and taken back in.

A small list in the folder says what each file was when it was written. A file that is still so is
ours to rewrite; one that somebody has changed is theirs, until it is taken in.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from paperterm.errors import PapertermError, UsageError
from paperterm.exports import note_files
from paperterm.library.door import Library
from paperterm.library.exporting import entries_of
from paperterm.library.noting import Wish, keep_notes
from paperterm.library.view import Entry
from paperterm.model.marks import LONGEST_NOTE, parse_note
from paperterm.model.query import Is, Query, State
from paperterm.model.text import harmless, shown
from paperterm.storage.files import write_whole

LIST = ".paperterm-notes.json"
"""The file in the folder that says what was written into it."""
_LONGEST_FILE = 32 * LONGEST_NOTE
"""Bytes; four a character of the note, and room for thousands of authors above it."""

_THEIRS = "theirs"
"""In place of a digest: what is above the note is the reader's own."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written or taken in last, by digests."""

    key: str
    """Its paper's."""
    whole: str
    head: str
    note: str


@dataclass(slots=True)
class Outcome:
    """What became of the files, by their names."""

    written: list[str] = field(default_factory=list)
    same: int = 0
    removed: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    """Those in which only what is above the note was changed: it stays, and they are kept up."""
    joined: list[str] = field(default_factory=list)
    """Of those taken in: the note had been changed here too, and has both texts now."""
    left: dict[str, str] = field(default_factory=dict)
    """Those that were left alone, and why."""


def noted(library: Library) -> Iterator[Entry]:
    """Every paper with a note, the newest first."""
    return entries_of(library, library.find(Query(Is(State.NOTED))).ids)


def write_out(library: Library, folder: Path) -> Outcome:
    """Bring the files of `folder` up to the notes; see the module. Raises `PapertermError`."""
    outcome = Outcome()
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        records = _read_list(folder)
        gone = set(records)
        try:
            for entry in noted(library):
                name = note_files.file_name(entry.paper.key)
                gone.discard(name)
                record = _write_one(folder, name, entry, records.get(name), outcome)
                if record is not None:
                    records[name] = record
            for name in sorted(gone):
                if _is_gone(folder, name, records[name], outcome):
                    del records[name]
        finally:
            _write_list(folder, records)
    return outcome


def _write_one(
    folder: Path, name: str, entry: Entry, before: Written | None, outcome: Outcome
) -> Written | None:
    """Write one file, if it is ours to write; what the list is to say of it."""
    there = _content(folder / name)
    if isinstance(there, str):
        outcome.left[name] = there
        return before
    wanted = note_files.file_text(entry.paper, entry.marks)
    head = _digest(note_files.parted(wanted)[0])
    if there is not None and there != wanted.encode():
        if before is None:
            outcome.left[name] = "it is not of paperterm's making"
            return None
        if _digest(there) != before.whole:
            outcome.left[name] = "it was changed there"
            return before
        theirs = note_files.parted(there.decode(errors="replace"))[0]
        if _digest(theirs) != before.head:  # was taken in with it
            wanted = note_files.joined(theirs, harmless(entry.marks.note))
            head = _THEIRS
    if there == wanted.encode():
        outcome.same += 1
    else:
        write_whole(folder / name, wanted.encode())
        outcome.written.append(name)
    return Written(entry.paper.key, _digest(wanted), head, _digest(entry.marks.note))


def _is_gone(folder: Path, name: str, record: Written, outcome: Outcome) -> bool:
    """Remove the file of a note that is gone, if nobody has changed it; whether there is none."""
    there = _content(folder / name)
    if isinstance(there, bytes) and _digest(there) == record.whole:
        (folder / name).unlink()
        outcome.removed.append(name)
    elif there is not None:
        outcome.left[name] = there if isinstance(there, str) else "it was changed, its note is gone"
        return False
    return True


@dataclass(slots=True)
class _Taking:
    """What is taken in from a folder."""

    library: Library
    records: dict[str, Written]
    outcome: Outcome
    wishes: dict[int, Wish] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    known: dict[str, Written] = field(default_factory=dict)
    """What the list is to say of files that were taken in."""

    def look_at(self, folder: Path, name: str) -> None:
        """See what one file wishes for."""
        there, record = _content(folder / name), self.records[name]
        if isinstance(there, str):
            self.outcome.left[name] = there
        elif there is not None and _digest(there) != record.whole:
            try:
                note = note_files.parted(there.decode("utf-8-sig"))[1]
                note = parse_note(note) if shown(note) else ""
            except (UnicodeDecodeError, UsageError) as error:
                is_ours = isinstance(error, UsageError)
                self.outcome.left[name] = str(error) if is_ours else "it is not text in UTF-8"
            else:
                now = replace(record, whole=_digest(there), note=_digest(note))
                self._wish(name, record, note, now)

    def _wish(self, name: str, record: Written, note: str, now: Written) -> None:
        entries = self.library.entries(self.library.ids_of([record.key])[:1])
        if not entries:
            self.outcome.left[name] = "its paper is no longer in the library"
            return
        self.known[name] = now
        if now.note == record.note:
            self.outcome.heads.append(name)
            return
        entry = entries[0]
        is_former = _digest(entry.marks.note) == record.note
        self.wishes[entry.id] = Wish(note, entry.marks.note if is_former else "")
        self.names[entry.id] = name


def take_in(library: Library, folder: Path) -> Outcome:
    """Make notes of the files that were changed in `folder`, in one action that undo takes back.

    Where the note was changed here too, it gets both texts. Raises `PapertermError`.
    """
    outcome = Outcome()
    with _told(folder):
        taking = _Taking(library, _read_list(folder), outcome)
        if not taking.records:
            raise UsageError(
                f"There are no notes in {shown(str(folder))} that paperterm has written there; "
                "`paperterm notes export` does that."
            )
        for name in sorted(taking.records):
            taking.look_at(folder, name)
        kept = keep_notes(library, taking.wishes, "import of notes")
        for paper_id, name in taking.names.items():
            if paper_id in kept:
                outcome.taken.append(name)
                if kept[paper_id].met_another:
                    outcome.joined.append(name)
        _write_list(folder, taking.records | taking.known)
    return outcome


def _digest(content: str | bytes) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _content(path: Path) -> bytes | str | None:
    """What is in a file; None where there is none, and a reason where it is not to be touched."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        return "it is a link" if error.errno == errno.ELOOP else f"{error.strerror}"
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return "it is no plain file"
        content = stream.read(_LONGEST_FILE + 1)
    return content if len(content) <= _LONGEST_FILE else "it is too long"


def _read_list(folder: Path) -> dict[str, Written]:
    """What was written, by the names of the files; of a list that makes no sense, nothing."""
    content = _content(folder / LIST)
    try:
        told = json.loads(content) if isinstance(content, bytes) else {}
        records = {name: Written(**record) for name, record in told.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return {
        name: record
        for name, record in records.items()
        # No name but those that are made here: a list may come from anywhere.
        if all(isinstance(value, str) for value in asdict(record).values())
        and name == note_files.file_name(record.key)
    }


def _write_list(folder: Path, records: dict[str, Written]) -> None:
    told = {name: asdict(record) for name, record in sorted(records.items())}
    content = f"{json.dumps(told, indent=1)}\n".encode()
    if _content(folder / LIST) != content:
        write_whole(folder / LIST, content)


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PapertermError(
            f"The notes in {shown(str(folder))} could not be read or written "
            f"({error.strerror}: {shown(str(error.filename))}); the rest is as it was."
        ) from error
