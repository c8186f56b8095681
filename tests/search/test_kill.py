import subprocess
import sys
from pathlib import Path


def test_a_killed_writer_leaves_the_old_index_or_the_new_one(folder: Path) -> None:
    program = Path(__file__).with_name("kill_writers.py")
    done = subprocess.run(
        [sys.executable, str(program), str(folder), "20"],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    operations, revision = map(int, done.stdout.split())
    assert operations > 30
    assert revision > 5, "hardly anything was written before the kills"
