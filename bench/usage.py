"""Runs a command and tells what it used, as JSON: `python -m bench.usage COMMAND…`.

A process that is started by a large one counts the large one's memory as its own: the system
remembers the peak from before the new program took over. So a small one has to start it, and
this module imports next to nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time


def main() -> int:
    """Run, wait, tell; the command's standard error is passed on."""
    begun = time.perf_counter()
    # Not communicate(): it would reap the process and lose what it used.
    process = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, encoding="utf-8")
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    told = {
        "said": said,
        "seconds": time.perf_counter() - begun,
        "cpu": usage.ru_utime + usage.ru_stime,
        "megabytes": usage.ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(told))
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
