"""The two files, open, as the library has them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from paperterm.storage.catalogue import Catalogue, attach_marks, open_catalogue
from paperterm.storage.marks import MarkStore, open_marks


@pytest.fixture
def marks_path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "marks.db"


@pytest.fixture
def store(marks_path: Path) -> Iterator[MarkStore]:
    opened = open_marks(marks_path)
    yield opened
    opened.database.close()


@pytest.fixture
def catalogue(tmp_path: Path, store: MarkStore) -> Iterator[Catalogue]:
    opened = open_catalogue(tmp_path / "data" / "catalogue.db")
    attach_marks(opened.database.connection, store.database)
    yield opened
    opened.database.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "box.db"
