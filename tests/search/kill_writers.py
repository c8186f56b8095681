"""Kill writers and look at what they leave: ``kill_writers.py FOLDER KILLS``.

First before each file operation of a build, an update and a merge, then at so many random moments.

A program of its own, so that it can fork without pytest's threads and open files.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from paperterm.model.query import Everything, Phrase
from paperterm.search import store
from paperterm.search.document import Document, Stamp
from paperterm.search.reader import Reader


def papers(revision: int) -> list[Document]:
    """Forty papers, the first of which says which revision this is."""
    first = Document(0, f"Revision {revision} of it", "", (), ())
    text = "some words to keep the writer busy for a moment " * 20
    return [first, *(Document(n, f"Paper {n}", text, (), ()) for n in range(1, 40))]


def write(folder: Path, revision: int) -> None:
    """Make the index be at `revision`: every third one is built anew, the others are updates.

    After every second one its segments are merged.
    """
    stamp = Stamp("library", revision)
    if revision % 3 == 0:
        store.build(folder, papers(revision), stamp)
    else:
        store.update(folder, papers(revision)[:2], [], stamp)
    if revision % 2 == 0:
        store.merge(folder, thoroughly=True)


def write_on(folder: Path, revision: int, said: int) -> None:
    """Write revision after revision and say each when it is done."""
    while True:
        write(folder, revision)
        os.write(said, f"{revision}\n".encode())
        revision += 1


def killed(folder: Path, revision: int, delay: float) -> int:
    """Let a writer go on from `revision` until it is killed; the last revision that it said."""
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        write_on(folder, revision + 1, mouth)
    os.close(mouth)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(ear) as said:
        return max([revision, *map(int, said.read().split())])


def stopped(folder: Path, revision: int, operation: int) -> bool:
    """Let a writer make `revision` and stop it before a file operation; whether it came so far."""
    child = os.fork()
    if child == 0:
        left = operation

        def count(event: str, _: tuple[object, ...]) -> None:
            nonlocal left
            if event == "open" or event.startswith(("os.", "shutil.")):
                left -= 1
                if left == -1:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        write(folder, revision)
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def stop_everywhere(folder: Path) -> int:
    """Stop a build and an update before each of their file operations; how many these were."""
    operations = 0
    for again in (3, 1, 2):
        operation, going_on = 0, True
        while going_on:
            write(folder, 0)
            going_on = stopped(folder, again, operation)
            revision = Reader(folder).stamp.revision
            assert revision in (0, again)
            check(folder, revision)
            operation += 1
        assert revision == again
        operations += operation
    return operations


def check(folder: Path, acknowledged: int) -> int:
    """The revision that is in the index, which is the one said last or the next."""
    reader = Reader(folder)
    revision = reader.stamp.revision
    assert revision in (acknowledged, acknowledged + 1), (revision, acknowledged)

    def found(node: Phrase | Everything) -> list[int]:
        return sorted(reader.search(node, lambda leaf: []).ids)

    assert found(Phrase(f"revision {revision} of")) == [0]
    assert found(Phrase("revision")) == [0]
    assert found(Everything()) == list(range(40))
    assert store.verify(folder) == []
    return revision


def main(folder: Path, kills: int) -> None:
    """Kill that many writers."""
    rng = random.Random(kills)
    operations = stop_everywhere(folder)
    write(folder, 0)
    revision = 0
    for _ in range(kills):
        revision = check(folder, killed(folder, revision, rng.uniform(0.002, 0.08)))
    print(operations, revision)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
