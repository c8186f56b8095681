"""What every room's tests may ask for."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from helpers import NOBODY, paths_in
from paperterm.library.door import Library
from paperterm.library.paths import Paths

# The same tree gets the same verdict; `pytest --hypothesis-profile=explore` looks at other examples
# each time.
settings.register_profile("steady", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--faults",
        choices=("quick", "full"),
        default="quick",
        help="how much the tests in tests/faults break: a little in seconds, or much in an hour",
    )


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often to break something: the first number in the ordinary run, the second in full."""
    full = request.config.getoption("--faults") == "full"
    return lambda quick, many: many if full else quick


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Tells whoever runs the tests what was injected and what was lost."""

    def tell(line: str) -> None:
        with capsys.disabled():
            print(f"\n    {line}", end="", flush=True)

    return tell


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """The folders of a reader who has never run paperterm."""
    return paths_in(tmp_path)


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    """An empty library: not even the starter shelf is in it."""
    with Library(paths) as opened:
        yield opened


@pytest.fixture
def nobodys_folder() -> Iterator[Path]:
    """A folder that is ours even when `helpers.without_power` has taken root's powers away."""
    folder = Path(tempfile.mkdtemp(prefix="paperterm-test-"))
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    yield folder
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            path.chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def shared() -> Path:
    """The folder of real samples beside the project; the test is skipped where there is none."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("there are no samples beside the project")
    return folder
