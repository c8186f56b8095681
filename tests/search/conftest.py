from collections.abc import Iterator
from pathlib import Path

import pytest

from paperterm.search.reader import Reader

from .helpers import made


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The papers of `helpers.DOCUMENTS`, to be read only."""
    reader = Reader(made(tmp_path_factory.mktemp("shelf") / "index"))
    yield reader
    reader.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a test may have an index of its own."""
    return tmp_path / "index"
