"""Bringing the index up in a process of its own, from a program that must stay responsive."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

from paperterm.errors import IndexUnusable
from paperterm.library.outcome import Outcome, Progress
from paperterm.library.paths import Paths


def bring_up_beside(
    paths: Paths,
    progress: Progress = lambda done, total: None,
    started: Callable[[subprocess.Popen[bytes]], None] = lambda process: None,
    *,
    anew: bool = False,
) -> Outcome:
    """`indexing.bring_up` in a child process; blocks until it is done.

    `started` gets the process, so that the caller may end it. Raises `IndexUnusable` with the
    reason when the child fails.
    """
    command = [sys.executable, "-P", "-m", "paperterm.library.indexing"]
    command += [str(paths.catalogue), str(paths.index), *(["--anew"] if anew else [])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as process:
        started(process)
        assert process.stdout is not None
        said: dict[str, object] = {}
        for line in process.stdout:
            said = json.loads(line)
            if "done" in said:
                progress(int(str(said["done"])), int(str(said["total"])))
    if "outcome" in said:
        return Outcome(str(said["outcome"]))
    raise IndexUnusable(str(said.get("error") or "The search index could not be built."))
