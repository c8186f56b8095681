"""Random actions on marks against a plain model; `PAPERTERM_STEPS` asks for more of them."""

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from .marks_machine import DEEDS, World, run


class Machine(RuleBasedStateMachine):
    """Hypothesis chooses what is done, so that it can find the least that goes wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()

    @initialize(seed=st.integers(0, 2**16))
    def begin(self, seed: int) -> None:
        self.world = World(Path(self.folder.name), random.Random(seed))
        self.world.take_in(self.world.libraries[0])

    @rule(name=st.sampled_from(sorted(DEEDS)))
    def do(self, name: str) -> None:
        self.world.step(name)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.close()
        self.folder.cleanup()


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=12, stateful_step_count=30, deadline=None)


@pytest.mark.parametrize("seed", range(3))
def test_random_actions_come_to_what_they_mean(tmp_path: Path, seed: int) -> None:
    steps = int(os.environ.get("PAPERTERM_STEPS", "150"))
    assert run(steps, seed, tmp_path).steps == steps
