"""The garbage collector keeps out of the way, and goes on working."""

import gc
import weakref

import pytest

from paperterm.lasting import lasting, look_less_often


@pytest.fixture(autouse=True)
def as_it_was():
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()
    gc.enable()


def test_nothing_is_collected_within_and_what_was_made_is_left_alone_afterwards():
    before = gc.get_freeze_count()
    with lasting():
        assert not gc.isenabled()
        made = [[] for _ in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(made)


def test_the_collector_is_on_again_after_a_failure():
    with pytest.raises(ImportError), lasting():
        raise ImportError
    assert gc.isenabled()


def test_rings_are_still_found_when_looked_for_less_often():
    class Ring:
        pass

    look_less_often()
    ring = Ring()
    ring.itself = ring
    gone = weakref.ref(ring)
    del ring
    assert gone() is not None
    kept = [[] for _ in range(50_000)]
    assert gone() is None, len(kept)
