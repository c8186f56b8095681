"""The console entry: streams that can be written to, then the command line."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING

from paperterm.lasting import lasting

if TYPE_CHECKING:
    from paperterm.cli.session import Session


def main() -> int:
    """Run the command line on the process's arguments; the exit status."""
    _prepare_streams()
    try:
        return _run()
    finally:
        _let_go()


def _run() -> int:
    session: Session | None = None
    try:
        if asked := os.environ.get("_PAPERTERM_COMPLETE"):
            from paperterm.cli.completing.shells import answer

            answer(asked)
            return 0
        if not sys.argv[1:]:
            from paperterm.cli.app import start  # which needs nothing of the command line

            return start()
        with lasting():
            # Imported here, where Ctrl-C during the imports is told like any other.
            from paperterm.cli.group import cli
            from paperterm.cli.session import Session

        session = Session()
        status = cli.main(prog_name="paperterm", standalone_mode=False, obj=session)
        # Here rather than at the interpreter's end, where a failure would be a traceback.
        sys.stdout.flush()
        return int(status or 0)
    except (Exception, KeyboardInterrupt) as error:
        from paperterm.cli.failures import CLOSED_PIPE, status_of

        try:
            return status_of(error, debug=session is not None and session.debug)
        except OSError:  # standard error is closed too, or its terminal: nobody is left to tell
            return CLOSED_PIPE


def _prepare_streams() -> None:
    # With a standard descriptor missing, the next file opened would take its number, and what is
    # printed would be written into it.
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or open(0, closefd=False)  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _let_go() -> None:
    """Leave nothing behind that the interpreter would try, and fail, to write at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    sys.exit(main())
