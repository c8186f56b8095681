"""Everything paperterm raises on purpose, in one tree.

::

    PapertermError            a sentence for the reader; never a traceback
    ├── UsageError            what was asked for makes no sense (exit status 2)
    │   └── UnknownPaper      an ID that names no paper of this library
    ├── LibraryError          the library's files can't serve
    │   ├── LibraryReadOnly   it can be read and not written
    │   ├── LibraryDamaged    a check found damage
    │   └── LibraryBusy       another copy held the lock for too long
    ├── IndexUnusable         the search index is missing, stale, foreign or broken
    ├── SourceError           bytes from outside that can't be read as papers
    └── DesktopError          the clipboard or the browser could not be reached
"""

from __future__ import annotations


class PapertermError(Exception):
    """What went wrong, in one sentence that can be shown as it is."""


class UsageError(PapertermError):
    """What was asked for makes no sense."""


class UnknownPaper(UsageError):
    """An ID that names no paper of this library."""


class LibraryError(PapertermError):
    """The library's files can't serve."""


class LibraryReadOnly(LibraryError):
    """The library can be read and not written."""


class LibraryDamaged(LibraryError):
    """A check found damage in one of the library's files."""


class LibraryBusy(LibraryError):
    """Another copy held the lock for too long; nothing was changed."""


class IndexUnusable(PapertermError):
    """The search index is missing, stale, foreign or broken; it can be rebuilt."""


class SourceError(PapertermError):
    """Bytes from outside that can't be read as papers."""


class DesktopError(PapertermError):
    """The clipboard or the browser could not be reached."""
