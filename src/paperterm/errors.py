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
    ├── WebError              a service on the network did not give what it was asked for
    │   ├── Offline           it can't be reached from here
    │   ├── TooBusy           it asks to wait, see `retry_at`
    │   ├── BadAnswer         it answered, and the answer is of no use
    │   └── RefusedAddress    an address that is never asked
    ├── SyncError             a folder shared with other machines can't be used
    ├── Cancelled             the reader called it off; nothing is wrong
    └── DesktopError          clipboard, browser or editor could not do it
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


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


class WebError(PapertermError):
    """A service on the network did not give what it was asked for."""


class Offline(WebError):
    """The service can't be reached from here: what it would have said is not known."""


class TooBusy(WebError):
    """The service asks to wait for longer than anybody should sleep for."""

    def __init__(self, message: str, retry_at: dt.datetime) -> None:
        super().__init__(message)
        self.retry_at = retry_at
        """When it may be asked again, in UTC; a guess where the service did not say."""


class BadAnswer(WebError):
    """The service answered, and the answer is of no use."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status, where that is what is wrong: 404 is a thing that is not there."""


class RefusedAddress(WebError):
    """An address that is never asked: not https, or not one of the service's own."""


class SyncError(PapertermError):
    """A folder shared with other machines can't be used; what was done here is kept."""


class Cancelled(PapertermError):
    """The reader called it off; nothing is wrong."""


class DesktopError(PapertermError):
    """The clipboard, the browser or the reader's editor could not do what it should."""
