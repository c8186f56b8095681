"""paperterm's own clock, for those who measure."""

import json
from functools import partial
from pathlib import Path

import pytest

from paperterm.library.paths import Paths
from tui.conftest import reading


async def test_each_answered_key_is_timed_where_that_is_wanted(
    starter: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "timings"
    monkeypatch.setenv("PAPERTERM_TIMINGS", str(file))
    async with reading(starter) as reader:
        await reader.press("slash")
        for text in ("m", "ma", "mam", "mamb", "mamba"):
            await reader.press(text[-1])
            await reader.until(partial(answered, file, text), f"a line for {text}")
    told = lines(file)
    assert [line["text"] for line in told] == ["m", "ma", "mam", "mamb", "mamba"]
    assert told[-1]["found"] == 4
    assert all(0 < line["finding"] < line["seconds"] < 20 for line in told)


def answered(file: Path, text: str) -> bool:
    return file.exists() and lines(file)[-1:] != [] and lines(file)[-1]["text"] == text


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


async def test_else_nothing_is_written(starter: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAPERTERM_TIMINGS", raising=False)
    async with reading(starter) as reader:
        await reader.press("slash")
        await reader.type("mamba")
        await reader.sees("4 of 84")
