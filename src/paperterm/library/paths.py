"""Where things are kept, by the platform's own customs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one reader's paperterm. Nothing is made by asking where it is."""

    data: Path
    """The library itself: catalogue, marks and their backups."""
    config: Path
    cache: Path
    """What can be made again: deleting it loses nothing."""
    state: Path

    @property
    def catalogue(self) -> Path:
        """The file of papers."""
        return self.data / "catalogue.db"

    @property
    def marks(self) -> Path:
        """The file of marks."""
        return self.data / "marks.db"

    @property
    def index(self) -> Path:
        """The folder of the search index."""
        return self.cache / "index"

    @property
    def settings(self) -> Path:
        """The file of settings."""
        return self.config / "config.toml"

    @property
    def searches(self) -> Path:
        """The file of saved searches."""
        return self.config / "searches.toml"


def default_paths() -> Paths:
    """Those of the reader who runs this; XDG variables are honoured where they are the custom."""
    return Paths(
        data=platformdirs.user_data_path("paperterm", appauthor=False),
        config=platformdirs.user_config_path("paperterm", appauthor=False),
        cache=platformdirs.user_cache_path("paperterm", appauthor=False),
        state=platformdirs.user_state_path("paperterm", appauthor=False),
    )
