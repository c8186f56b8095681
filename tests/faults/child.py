"""What a process does until it is killed or the disk is full. Says each thing once it is done."""

from __future__ import annotations

import os
import resource
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from helpers import everything, mark, numbered, paper, paths_in, take_in
from paperterm.errors import PapertermError
from paperterm.library import drafts, safekeeping
from paperterm.library.door import Library
from paperterm.library.intake import Tally
from paperterm.library.syncing.round import sync_here
from paperterm.model.paper import Paper
from paperterm.model.parse import parse
from paperterm.model.record import Record

PAPERS = 3_000
MARKED = 300
"""Papers that are known by their titles and marked before the import tells their ids."""
EACH = 100
"""Papers that each of several processes marks at once."""
SHARED = numbered(4 * EACH + 1).key
"""The paper that all of them mark."""
TAG = "kept/by heart"
WRITTEN = numbered(1).key
"""The paper that a note is written on."""


def say(text: object) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def papers() -> Iterator[Record]:
    """Those of the import."""
    for number in range(1, PAPERS + 1):
        yield Record(numbered(number))


def titled(number: int) -> Paper:
    return paper(numbered(number).title, sightings=())


def mark_one_after_another(library: Library) -> None:
    view = library.find(parse("-is:bookmarked", typing=False))
    for entry in library.entries(view.ids[:500]):
        mark(library, entry, bookmarked=True, add=(TAG,))
        say(entry.paper.key)


def act(library: Library, number: int) -> None:
    """One of a row of actions on many papers, always the same for the same number."""
    held = everything(library)
    match number % 8:
        case 0:
            mark(library, held[:200], label=f"{number}", add=(TAG, f"t{number}"))
        case 1:
            mark(library, held[100:250], label=f"{number}", bookmarked=True, note=f"n{number}")
        case 2 | 5:
            library.undo()
        case 3:
            library.redo()
        case 4:
            mark(library, held[10:90], label=f"{number}", removed=True)
        case 6:
            tally = Tally(label=f"{number}")
            library.add(map(Record, map(numbered, range(number * 100, number * 100 + 40))), tally)
            library.book(tally)
        case _:
            mark(library, held[number % 50], label=f"{number}", archived=True)


def act_again_and_again(library: Library) -> None:
    for number in range(10_000):
        act(library, number)
        say(number)


def mark_a_part(library: Library) -> None:
    """Mark one by one the papers that are this process's, and half-way one that all mark."""
    part = int(os.environ["PART"])
    for number in range(part * EACH + 1, (part + 1) * EACH + 1):
        mark(library, library.named(numbered(number).key), bookmarked=True, add=(f"part {part}",))
        say(number)
        if number == part * EACH + EACH // 2:
            mark(library, library.named(SHARED), add=(f"part {part}",))


def take_in_many(library: Library) -> None:
    library.add(papers())
    say("done")


def index_again_and_again(library: Library) -> None:
    for number in range(10_000):
        take_in(library, paper(f"Zebra {library.shelves().all}"))
        library.bring_up_index(anew=number % 3 == 2)
        say(library.index_behind())


def take_in_until_full(library: Library) -> None:
    for start in range(0, 10**6, 100):
        take_in(library, *(numbered(start % 90_000 + n) for n in range(1, 101)))
        say(start + 100)


def restore_again_and_again(library: Library) -> None:
    for number in range(10_000):
        name = ("one.db", "other.db")[number % 2]
        with safekeeping.restoring_from(library.paths, str(library.paths.state / name)) as found:
            found.carry_out()
        say(name)
        for path in (library.paths.data / "backups").glob("*"):
            path.unlink()


def write_drafts(library: Library) -> None:
    """Type word after word into a note, and make it one now and then; says how many words."""
    text = typed_so_far(library)
    draft = drafts.begin(library.paths, [WRITTEN])
    for number in range(len(text.split()), 10_000):
        text = f"{text} word{number}".strip()
        draft.write(WRITTEN, text, "")
        say(number + 1)
        if number % 5 == 4:
            mark(library, library.named(WRITTEN), note=text)
            draft.drop()
            draft = drafts.begin(library.paths, [WRITTEN])


def typed_so_far(library: Library) -> str:
    """The longest text there is: left behind by one who was killed, or the note."""
    left = [one.text for one in drafts.left_behind(library.paths)]
    return max((*left, library.named(WRITTEN).marks.note), key=len)


def sync_again_and_again(library: Library) -> None:
    """Mark, and tell a folder of it; an entry of many papers is a line of many kilobytes."""
    folder = library.paths.data.parent / "carried"
    held = everything(library)
    first = len(library.history(100_000))
    for number in range(first, 10_000):
        some = held[: 40 if number % 5 == 4 else 2]
        mark(library, some, label=f"{number}", add=(f"t{number}",), note=f"n{number}")
        say(f"marked {number}")
        sync_here(library, folder, threading.Event())
        say(f"synced {number}")


def index_anew(library: Library) -> None:
    library.bring_up_index(anew=True)


def greet(library: Library) -> None:
    say(library.greet())


DEEDS: dict[str, Callable[[Library], None]] = {
    deed.__name__: deed
    for deed in (
        mark_one_after_another,
        act_again_and_again,
        sync_again_and_again,
        mark_a_part,
        take_in_many,
        index_again_and_again,
        take_in_until_full,
        index_anew,
        write_drafts,
        restore_again_and_again,
        greet,
    )
}


def main(folder: str, deed: str, most: str, when: str) -> None:
    """`most` is how many bytes a file may have, from the beginning or once it is open."""

    def limit() -> None:
        if most != "any":
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), resource.RLIM_INFINITY))

    try:
        if when == "opening":
            limit()
        with Library(paths_in(Path(folder))) as library:
            say("ready")
            limit()
            DEEDS[deed](library)
    except PapertermError as error:
        say(f"{type(error).__name__}: {error}")
        sys.exit(3)


if __name__ == "__main__":
    main(*sys.argv[1:])
