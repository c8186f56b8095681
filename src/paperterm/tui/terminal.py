"""The reader's terminal: taken for the app, and given back on every way out that can be caught.

Textual's driver draws and reads; this one adds what goes wrong in the world. A signal that asks the
app to leave is heeded even while a terminal does not take what is written to it. A process that
is told to go on without having been told to stop has nothing to take up. A terminal that is gone
is noticed, and nothing is written to it for ever.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import termios
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any, TextIO

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from paperterm.tui.thrift import Thrift

LEAVING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
"""Signals that end the app in its own way; the exit status is 128 and the signal's number."""

GIVE_BACK = (
    b"\x1b[m\x1b[?2026l\x1b[<u\x1b[?2004l\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    b"\x1b[?1016l\x1b[?1004l\x1b[?7h\x1b[?1049l\x1b[?25h"
)
"""All that Textual turns on in a terminal, turned off; nothing happens to what is off."""

_GRACE = 15.0
"""Seconds from a signal on that the app may take to leave before it is made to."""
_LOOK_SECONDS = 1.0
"""How often it is looked whether the terminal is still there."""


class _Stream:
    """The terminal as a file that may vanish: writing to what is gone does nothing."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError, ValueError):
            return self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()

    def fileno(self) -> int:
        return self._stream.fileno()


class ReaderDriver(LinuxDriver):
    """Textual's driver, with signals that are heeded where nothing is half done."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        # The synchronised update that a crash may leave open ends with `GIVE_BACK`.
        self._file = _Stream(sys.__stderr__ or sys.stderr)  # type: ignore[assignment]
        self._thrift = Thrift()
        self._loop = asyncio.get_running_loop()
        self._watching = False
        # Textual acts in the midst of whatever the thread was doing, and on any SIGCONT.
        signal.signal(signal.SIGCONT, signal.SIG_DFL)
        self._loop.add_signal_handler(signal.SIGTSTP, self._stop_for_a_while)
        for number in LEAVING:
            # Who ignores SIGHUP means it, as nohup does. A script that starts something behind it
            # has it ignore SIGINT and SIGQUIT, because of keys that this terminal does not send.
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._leave)

    def start_application_mode(self) -> None:
        """Take the terminal."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if not self._watching:
            self._watching = True
            self._loop.call_later(_LOOK_SECONDS, self._look)

    def write(self, data: str) -> None:
        """Write what the terminal does not show already."""
        if kept := self._thrift.thrifty(data):
            super().write(kept)

    def forget(self) -> None:
        """The terminal may show something else than what was written to it."""
        self._thrift.forget()

    def _leave(self, number: int, frame: FrameType | None) -> None:
        """Called wherever the main thread is, even where it waits for the terminal."""
        status = 128 + number
        with contextlib.suppress(RuntimeError):  # the loop is over: the app is leaving already
            self._loop.call_soon_threadsafe(self._app.exit, None, status)
        _end_later(status)

    def _stop_for_a_while(self) -> None:
        self.suspend_application_mode()
        self._must_signal_resume = True
        os.kill(os.getpid(), signal.SIGSTOP)
        # Here again: told to go on. In the background it would be stopped again before it could
        # take the terminal, and comes back from that without it.
        self.resume_application_mode()
        while self._writer_thread is None or not self._writer_thread.is_alive():
            self.resume_application_mode()
        self._app.refresh(layout=True)

    def _look(self) -> None:
        """Leave when the terminal has gone without a signal, as it does for who ignores SIGHUP."""
        try:
            termios.tcgetattr(self.fileno)
        except termios.error:
            self._app.exit(None, 128 + signal.SIGHUP)
        else:
            self._loop.call_later(_LOOK_SECONDS, self._look)

    def _run_input_thread(self) -> None:
        try:
            while not self.exit_event.is_set():
                # What is no UTF-8 is no key: another encoding's letter, a binary paste.
                with contextlib.suppress(UnicodeDecodeError):
                    self.run_input_thread()
        except OSError:  # the terminal is gone, or about to
            self._app.call_later(self._app.exit, None, 128 + signal.SIGHUP)
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)


def _end_later(status: int) -> None:
    """End the process in a while, if it is still there: a thing that hangs must not hold it."""
    timer = threading.Timer(_GRACE, _end_now, (status,))
    timer.daemon = True
    timer.start()


def _end_now(status: int) -> None:
    _write_what_is_taken(GIVE_BACK)
    os._exit(status)


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Within, the terminal may be taken; afterwards it, and signals, are as they were."""
    before = {number: signal.getsignal(number) for number in (*LEAVING, signal.SIGCONT)}
    try:
        attributes = termios.tcgetattr(0)
    except (termios.error, OSError):
        attributes = None
    try:
        yield
    finally:
        with contextlib.suppress(termios.error, OSError):
            if attributes is not None and termios.tcgetattr(0) != attributes:
                _write_what_is_taken(GIVE_BACK)
                termios.tcsetattr(0, termios.TCSANOW, attributes)
        for number, handler in before.items():
            signal.signal(number, handler)


def _write_what_is_taken(data: bytes) -> None:
    """Write to the terminal, but never wait for it."""
    with contextlib.suppress(OSError, ValueError):
        descriptor = sys.__stderr__.fileno() if sys.__stderr__ else 2
        blocking = os.get_blocking(descriptor)
        os.set_blocking(descriptor, False)
        try:
            os.write(descriptor, data)
        finally:
            os.set_blocking(descriptor, blocking)
