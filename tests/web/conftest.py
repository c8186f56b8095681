from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paperterm.web.answers import JSON, Answer
from paperterm.web.client import Client
from paperterm.web.services import Service

from .helpers import Speaker, client_of


@pytest.fixture(autouse=True)
def no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a reader's own environment says must not matter."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def speaker() -> Iterator[Callable[..., Speaker]]:
    """Starts a `Speaker`."""
    started: list[Speaker] = []

    def start(*handlers) -> Speaker:
        started.append(Speaker(*handlers))
        return started[-1]

    yield start
    for each in started:
        each.close()


@pytest.fixture
def base(httpserver) -> str:
    """Where pytest-httpserver is."""
    return httpserver.url_for("").rstrip("/")


@pytest.fixture
def client(base: str, tmp_path: Path) -> Client:
    """One whose services are all at `base`."""
    return client_of(base, tmp_path)


Get = Callable[..., Answer]


@pytest.fixture
def get(client: Client, base: str) -> Get:
    """Asks Hugging Face for the JSON at a path."""

    def get(path: str = "/", service=Service.HUGGINGFACE, accept=JSON, **more) -> Answer:
        return client.get(base + path, service=service, accept=accept, **more)

    return get
