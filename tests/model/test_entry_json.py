"""Entries of the journal leave as JSON and come back the same, or are refused with a sentence."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.model.entry_json import from_json, to_json
from paperterm.model.journal import (
    EDITED,
    FEED_FIELDS,
    FLAGS,
    LATER,
    NO,
    NOTE,
    RENAMED,
    TAG,
    YES,
    Entry,
    Kind,
    Op,
)

MACHINE = "0123456789ab"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
named = texts.filter(lambda text: text and not text.startswith(("import:", "feed:")))
flags = st.sampled_from([YES, NO])
held = st.one_of(
    st.tuples(named, st.sampled_from(FLAGS), flags),
    st.tuples(named, named.map(lambda tag: TAG + tag), flags),
    st.tuples(named, st.just(LATER), st.just("") | st.dates().map(dt.date.isoformat)),
    st.tuples(named, st.just(NOTE), texts),
    st.tuples(named, st.just(RENAMED), named),
    st.tuples(
        named,
        st.just(EDITED),
        st.sampled_from(["", '{"title": "é"}', '{"published": "2020-01-02"}']),
    ),
    st.tuples(named.map(lambda name: f"import:{name}"), st.just("removed"), flags),
    st.tuples(
        named.map(lambda name: f"feed:{name}"),
        st.sampled_from(FEED_FIELDS),
        st.just("") | st.datetimes(timezones=st.just(dt.UTC)).map(dt.datetime.isoformat),
    ),
)
pairs = st.lists(st.tuples(texts, texts), max_size=3).map(tuple)
ops = st.builds(
    lambda place, *rest: Op(*place, *rest), held, texts, pairs, st.none() | texts, texts
)
entries = st.builds(
    lambda ticks, *rest: Entry(f"{ticks:016d}-{MACHINE}", MACHINE, *rest),
    st.integers(0, 8 * 10**15),
    texts,
    st.integers(1, 2**53 - 1),
    texts,
    texts,
    st.sampled_from(Kind),
    texts,
    st.integers(0, 2**53 - 1),
    st.lists(ops, max_size=4, unique_by=lambda op: (op.key, op.field)).map(tuple),
    pairs,
)
ENTRY = Entry(
    f"{1:016d}-{MACHINE}",
    MACHINE,
    "laptop",
    1,
    "2025-11-06T12:00:00+00:00",
    "tag",
    Kind.DO,
    papers=1,
    ops=(Op("k", "tag:a", YES, NO), Op("k", NOTE, "n", replaces=(("s", "k"),))),
    subjects=(("k", "{}"),),
)


@settings(deadline=None)
@given(entries)
def test_an_entry_comes_back_as_it_left(entry):
    assert from_json(json.loads(json.dumps(to_json(entry)))) == entry


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@settings(deadline=None)
@given(json_values, st.lists(st.sampled_from(list(to_json(ENTRY))), max_size=3), json_values)
def test_any_json_is_an_entry_or_refused_with_a_sentence(value, places, other):
    told = to_json(ENTRY) | dict.fromkeys(places, other)
    for one in (value, told, told | {"ops": [value]}, told | {"subjects": [[value, other]]}):
        try:
            entry = from_json(one)
        except ValueError as error:
            assert str(error).endswith(".")
        else:
            assert from_json(to_json(entry)) == entry


def changed(**fields: object) -> dict[str, object]:
    return to_json(ENTRY) | fields


def op(**fields: object) -> dict[str, object]:
    return changed(ops=[{"key": "k", "field": "read", "value": YES} | fields])


BAD = {
    "no object": [],
    "no stamp": {},
    "a stamp that nobody made": changed(stamp="soon"),
    "a stamp of another machine's": changed(stamp=f"{1:016d}-{'f' * 12}"),
    "a machine that is none": changed(machine="me"),
    "true for a number": changed(seq=True),
    "seq 0": changed(seq=0),
    "seq beyond what a database holds": changed(seq=2**63),
    "fewer papers than none": changed(papers=-1),
    "a kind of later": changed(kind="teleport"),
    "a field of later": changed(mood="fine"),
    "a label too long": changed(label="x" * 10_000),
    "half a character": changed(label="\ud800"),
    "ops that are none": changed(ops="ops"),
    "a flag that is neither": op(value="2"),
    "a day that is none": op(field="later", value="2025-02-30"),
    "a day in another spelling": op(field="later", value="20250201"),
    "a tag without name": op(field="tag:"),
    "a field nobody knows": op(field="stars"),
    "an edit that is none": op(field="edited", value='{"doi": "x"}'),
    "a note on a feed": op(key="feed:x", field="note"),
    "a feed that is paused since true": op(key="feed:x", field="paused", value=YES),
    "a note on an import": op(key="import:x", field="note"),
    "a better key that is empty": op(field="renamed", value=""),
    "no key": op(key=""),
    "a version that is no pair": op(field="note", replaces=[["s"]]),
    "stands for nothing at all": op(stands=None),
    "two writes into one register": changed(ops=op()["ops"] * 2),
    "a subject that is no pair": changed(subjects=["k"]),
}


@pytest.mark.parametrize("value", BAD.values(), ids=BAD)
def test_what_no_paperterm_says_is_refused(value):
    with pytest.raises(ValueError, match=r"^An? [^.]+\.$"):
        from_json(value)
