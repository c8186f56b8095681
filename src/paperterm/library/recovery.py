"""What a reader whose library is damaged has to know, and what one key can do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from paperterm.errors import LibraryError, PapertermError
from paperterm.library import health
from paperterm.library.paths import Paths
from paperterm.model.wording import counted
from paperterm.storage import backups, salvage
from paperterm.storage.marks import is_damaged


@dataclass(frozen=True, slots=True)
class Outlook:
    """What has happened, and what restoring would bring back; a sentence each."""

    happened: str
    restoring: Sequence[str]


def outlook(paths: Paths) -> Outlook:
    """Look at a library that could not be opened; nothing is changed.

    Raises `PapertermError` where not even that can be found out just now.
    """
    if wrong := is_damaged(paths.marks):
        what = f"The file of your marks is {_state(paths.marks, wrong)}."
        return Outlook(what, _of_marks(paths.marks))
    if wrong := health.catalogue_damage(paths.catalogue):
        return Outlook(
            f"The catalogue of papers is {_state(paths.catalogue, wrong)}; your marks are sound.",
            _of_papers(paths.catalogue),
        )
    return Outlook("The library was damaged, and is sound now.", ())


def restore(paths: Paths) -> str:
    """Mend what can be mended; what was done, in a sentence or two. Nothing is deleted.

    Raises `PapertermError`, with what is wrong now.
    """
    try:
        told = list(health.repair(paths))
    except PapertermError:
        raise
    except OSError as error:
        raise LibraryError(f"The library can't be mended: {error.strerror}.") from error
    # What has come back before what became of the old files: a line may end early.
    told.sort(key=lambda sentence: " set aside " in sentence)
    return " ".join(told) or "The library is sound."


def _state(path: Path, wrong: str) -> str:
    if not path.exists():
        return "gone"
    if "of paperterm's" in wrong:
        return "not one of paperterm's"
    return "damaged" if path.stat().st_size else "empty"


def _of_marks(path: Path) -> list[str]:
    found = []
    kept = backups.newest_sound(backups.folder_of(path))
    if kept is None:
        found.append("There is no sound backup; a new file would be begun.")
    else:
        on = counted(len(salvage.readable(kept).changes), "paper")
        found.append(f"The backup of {backups.day_of(kept)} (UTC) has marks on {on}.")
    saved = len(salvage.readable(path).changes)
    if saved:
        on = counted(saved, "paper")
        found.append(f"In the damaged file marks on {on} can still be read.")
    if path.exists():
        found.append("The damaged file is kept under another name.")
    return found


def _of_papers(path: Path) -> list[str]:
    others = "others when they are fetched or imported again."
    kept = backups.newest_sound(backups.folder_of(path), "catalogue")
    if kept is None:
        return [f"Papers you have marked come back from the marks, {others}"]
    return [
        f"The papers of {backups.day_of(kept)} (UTC) come back from a backup, newer ones that you "
        f"have marked from the marks, {others}"
    ]
