"""What went wrong, as one line for the person and a status for the shell."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import click

import paperterm
from paperterm.cli.output import ClosedPipe, tell
from paperterm.errors import PapertermError, UnknownPaper, UsageError
from paperterm.model.text import shown

FAILURE = 1
BAD_USAGE = 2
NOTHING_NEW = 3
"""Of `digest`: there is nothing to tell."""
UNEXPECTED = 70
"""What `sysexits.h` has for a fault in the program itself."""
INTERRUPTED = 130
"""What a shell shows for a program that SIGINT has ended."""
CLOSED_PIPE = 141
"""What a shell shows for a program that SIGPIPE has ended."""

STATUSES: dict[int | str, str] = {
    0: "All was done. Finding nothing is no failure.",
    FAILURE: "Something failed, or was done in part; a sentence on standard error says what.",
    BAD_USAGE: "What was asked for makes no sense; nothing was done.",
    NOTHING_NEW: "There was nothing new for `paperterm digest` to tell.",
    UNEXPECTED: "A fault of paperterm's own; a report of it is in the state folder.",
    INTERRUPTED: "Interrupted by Ctrl-C. What was done by then is kept.",
    CLOSED_PIPE: "Whatever read the output went away.",
    "128+N": "The app was ended by the signal N, and gave the terminal back.",
}
"""What each exit status means."""

_HOME = Path(paperterm.__file__).parent


def status_of(error: BaseException, *, debug: bool) -> int:
    """Tell of `error`, with its traceback if `debug`; the status to exit with."""
    if isinstance(error, (ClosedPipe, BrokenPipeError)):
        return CLOSED_PIPE
    if debug:
        _tell_all(error)
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        tell("Interrupted.")
        return INTERRUPTED
    if isinstance(error, click.ClickException):
        tell(_of_click(error))
        return error.exit_code
    if not (known := _sentence(error)):
        tell(_unexpected(error))
        return UNEXPECTED
    tell(known)
    # An ID that no paper has is nothing wrong with how it was asked for.
    asked_wrongly = isinstance(error, UsageError) and not isinstance(error, UnknownPaper)
    return BAD_USAGE if asked_wrongly else FAILURE


def told_of(error: Exception, *, debug: bool) -> str:
    """What went wrong, as a sentence for where the program goes on; a fault is reported."""
    if debug:
        _tell_all(error)
    return _sentence(error) or _unexpected(error)


def _of_click(error: click.ClickException) -> str:
    message = error.format_message()
    context = getattr(error, "ctx", None)
    if context is None or not isinstance(error, click.UsageError):
        return message
    return f"{message} Try `{context.command_path} --help`."


def _sentence(error: BaseException) -> str:
    """What is known of `error`; empty when it should not have come this far."""
    if isinstance(error, PapertermError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        of = f": {error.filename}" if isinstance(error.filename, str) else ""
        return f"The system said no ({error.strerror}{of})."
    return ""


def _unexpected(error: BaseException) -> str:
    from paperterm.cli.crash import write_report
    from paperterm.library.paths import default_paths

    report = write_report(error, default_paths().state)
    where = f"a report without private data is in {report}, and " if report else ""
    return (
        f"paperterm met a problem it did not expect ({_where(error)}). No change was left half "
        f"done; {where}`paperterm --debug` before the command shows more."
    )


def _where(error: BaseException) -> str:
    """The kind of error and the place in paperterm it came through last; no text of its own."""
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_HOME)
    ]
    kind = type(error).__name__
    return f"{kind} in {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else kind


def _tell_all(error: BaseException) -> None:
    for line in "".join(traceback.format_exception(error)).splitlines():
        indent = len(line) - len(line.lstrip(" "))
        sys.stderr.write(" " * indent + shown(line) + "\n")
