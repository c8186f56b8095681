"""Several hands that open a library that does not exist yet, at the same moment."""

from __future__ import annotations

import threading
from pathlib import Path

from paperterm.storage.catalogue import CATALOGUE
from paperterm.storage.database import open_database

HANDS, ROUNDS = 4, 40


def test_all_of_them_get_it_and_it_is_made_once(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def open_and_close(path: Path, together: threading.Barrier) -> None:
        together.wait()
        try:
            open_database(path, CATALOGUE).close()
        except BaseException as error:
            failures.append(error)

    for number in range(ROUNDS):
        path = tmp_path / str(number) / "catalogue.db"
        together = threading.Barrier(HANDS)
        hands = [
            threading.Thread(target=open_and_close, args=(path, together)) for _ in range(HANDS)
        ]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
    assert failures == []
