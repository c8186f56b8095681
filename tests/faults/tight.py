"""Says which papers are marked in the library of a folder, and whether all is well there."""

from __future__ import annotations

import sys
from pathlib import Path

from helpers import everything, numbered, paths_in, take_in
from paperterm.library import health
from paperterm.library.door import Library


def main(folder: Path) -> None:
    """After a disk that was full has room again."""
    paths = paths_in(folder)
    with Library(paths) as library:
        for entry in everything(library):
            if entry.marks.bookmarked:
                print("kept", entry.paper.key)
        take_in(library, numbered(9_000))
        library.bring_up_index()
    print("well" if all(finding.well for finding in health.examine(paths)) else "not well")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
