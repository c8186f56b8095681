"""A real disk that is full: a small one in memory, where the system lets us mount one."""

from __future__ import annotations

import random
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .injecting import Ran, environment, life, lost

Rounds = Callable[[int, int], int]
Told = Callable[[str], None]
TIGHT = Path(__file__).parent / "tight.py"


def in_private(script: str) -> subprocess.CompletedProcess[str]:
    """Run where mounts are nobody else's matter."""
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, env=environment()
    )


def test_a_disk_that_fills_up_loses_no_mark(tmp_path: Path, rounds: Rounds, told: Told) -> None:
    mount = f"mount -t tmpfs -o size=1m none {tmp_path}"
    if not shutil.which("unshare") or in_private(mount).returncode:
        pytest.skip("nobody may mount a disk here")
    chance = random.Random(1)
    times = rounds(2, 100)
    missing = refused = acknowledged = 0
    for _ in range(times):
        size = chance.randrange(60, 900)
        done = in_private(
            f"mount -t tmpfs -o size={size}k none {tmp_path}; {shlex.join(life(tmp_path, 1, ''))};"
            f" echo; echo over; mount -o remount,size=64m {tmp_path};"
            f" {shlex.join([sys.executable, str(TIGHT), str(tmp_path)])}"
        )
        before, _, after = done.stdout.partition("\nover\n")
        ran = Ran(0, before.rstrip("\n").split("\n"), done.stderr)
        assert "Traceback" not in done.stderr, done.stderr
        assert after.endswith("\nwell\n") or after == "well\n", after
        kept = {line.removeprefix("kept ") for line in after.split("\n") if line[:5] == "kept "}
        missing += lost(kept, ran)
        refused += sum(line.startswith("refused") for line in ran.said)
        acknowledged += len(ran.keys("marked"))
    told(
        f"{times} disks that filled up, told {refused} times;"
        f" {acknowledged} acknowledged marks, lost: {missing}"
    )
    assert refused
    assert not missing


def test_a_library_on_a_full_disk_is_read(tmp_path: Path, told: Told) -> None:
    mount = f"mount -t tmpfs -o size=1m none {tmp_path}"
    if not shutil.which("unshare") or in_private(mount).returncode:
        pytest.skip("nobody may mount a disk here")
    greeted = (
        "import sys; from pathlib import Path; from helpers import paths_in;"
        " from paperterm.library.door import Library;"
        " library = Library(paths_in(Path(sys.argv[1]))); library.greet(); library.close()"
    )
    read = (
        "import sys; from pathlib import Path; from helpers import everything, paths_in;"
        " from paperterm.library.door import Library;"
        " library = Library(paths_in(Path(sys.argv[1])));"
        " print(len(everything(library)), library.read_only)"
    )
    done = in_private(
        f"mount -t tmpfs -o size=2m none {tmp_path};"
        f" {shlex.join([sys.executable, '-c', greeted, str(tmp_path)])};"
        f" cat /dev/zero > {tmp_path}/fill 2> /dev/null;"
        f" {shlex.join([sys.executable, '-c', read, str(tmp_path)])}"
    )
    told(f"filled the disk; the library then: {done.stdout.strip() or done.stderr[-200:]}")
    assert done.stdout.startswith("84 There is no room on the disk of the catalogue ")
