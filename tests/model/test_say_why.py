"""An explanation in words and columns."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from paperterm.model.explanation import Evidence, Explanation, Part
from paperterm.model.laid_out import laid_out, wrapped
from paperterm.model.pattern import Pattern
from paperterm.model.query import Field, Is, Not, Phrase, Sort, State, Tag, Word
from paperterm.model.say_why import Kind, Line, guide, told

TITLE = Evidence(
    Field.TITLE,
    frozenset({Pattern(("mamba",), Field.TITLE)}),
    count=2,
    papers=1,
    weight=5,
    rarity=4,
    presence=0.5,
    words=("Mamba",),
    written=2,
)
ABSTRACT = replace(TITLE, field=Field.ABSTRACT, weight=1, papers=1204, presence=2.5)
MAMBA = Explanation(
    parts=(Part(Word("mamba"), (TITLE, ABSTRACT)),),
    conditions=(),
    factors=(("a title that begins so", 1.25),),
    score=25.0,
    place=3,
    found=12,
    papers=5000,
)


def lines(explanation: Explanation, *kinds: Kind, sort: Sort = Sort.RELEVANCE) -> list[str]:
    found = [line for line in told(explanation, sort) if not kinds or line.kind in kinds]
    return [f"{line.text} {line.number}".strip() for line in found]


def test_it_reads_from_the_place_over_what_was_found_to_the_score() -> None:
    assert lines(MAMBA) == [
        "3rd of 12 papers found, when the best comes first.",
        "mamba 20.00",
        "title: “Mamba”, twice; 1 of 5,000 papers has it there 10.00",
        "5 for the title ×\xa04 for rarity ×\xa00.5 for presence",
        "abstract: “Mamba”, twice; 1,204 of 5,000 papers have it there 10.00",
        "1 for the abstract ×\xa04 for rarity ×\xa02.5 for presence",
        "Together 20.00",
        "for a title that begins so × 1.25",
        "Score 25.00",
    ]


@pytest.mark.parametrize(
    ("place", "said"), [(1, "1st"), (2, "2nd"), (11, "11th"), (22, "22nd"), (1113, "1,113th")]
)
def test_places_are_said_as_people_say_them(place: int, said: str) -> None:
    assert lines(replace(MAMBA, place=place, found=9999))[0].startswith(f"{said} of 9,999")
    assert lines(replace(MAMBA, place=1, found=1))[0] == "The only paper found."


def test_another_order_of_the_list_is_told() -> None:
    (said,) = lines(MAMBA, Kind.PLACE, sort=Sort.DATE)
    assert said.endswith("The list has another order now: newest first.")


@pytest.mark.parametrize(
    ("count", "written", "once", "said"),
    [
        (1, 1, False, "once"),
        (3, 3, False, "3 times"),
        (2, 1, False, "once but counted twice, at both ends of a compound"),
        (3, 3, True, "3 times but counted once"),
        (2, 1, True, "once"),
        (2, 0, False, "twice"),
    ],
)
def test_how_often_is_what_the_reader_sees_and_what_counted(
    count: int, written: int, once: bool, said: str
) -> None:
    one = replace(TITLE, count=count, written=written, once=once)
    told_ = replace(MAMBA, parts=(Part(Word("mamba"), (one,)),))
    assert lines(told_, Kind.FIND) == [
        f"title: “Mamba”, {said}; 1 of 5,000 papers has it there 10.00"
    ]


def test_what_lessens_a_find_is_a_factor_with_its_reason() -> None:
    one = replace(TITLE, factors=(("another spelling", 0.6),))
    told_ = replace(MAMBA, parts=(Part(Word("mamba"), (one,)),))
    assert lines(told_, Kind.NUMBERS)[0].endswith("×\xa00.6 for another spelling")
    assert one.score == pytest.approx(6)


def test_words_fields_and_conditions_are_named_as_they_were_meant() -> None:
    parts = (
        Part(Word("mam", Field.TITLE, prefix=True), (TITLE,)),
        Part(Phrase("state space")),
        Part(Word("gu", Field.AUTHOR)),
    )
    conditions = (Is(State.UNREAD), Tag("llm"), Not(Word("dense")))
    told_ = replace(MAMBA, parts=parts, conditions=conditions)
    assert lines(told_, Kind.WORD) == [
        "mam…, in the title only 10.00",
        "“state space” 0.00",
        "gu, in the authors only 0.00",
    ]
    assert "not in this paper, and it need not be" in lines(told_, Kind.FIND)
    assert lines(told_, Kind.NOTE) == ["unread; tagged llm; not matching dense"]


def test_outside_text_in_it_is_clean() -> None:
    hostile = replace(TITLE, words=("\x1b[2J[/]",))
    said = lines(replace(MAMBA, parts=(Part(Word("\x1b]0;x"), (hostile,)),)))
    assert not any("\x1b" in line for line in said)


def test_without_factors_there_is_nothing_to_put_together() -> None:
    assert lines(replace(MAMBA, factors=()), Kind.SUM, Kind.SCORE) == ["Score 25.00"]


def test_bars_and_numbers_stand_at_the_right_and_the_greater_bar_is_longer() -> None:
    rows = [row for row in laid_out(told(MAMBA), 90, cell_len) if row.number]
    assert {cell_len(row.text + row.bar + row.number) for row in rows} == {90}
    bars = [row.bar.count("━") for row in rows]
    assert bars[:3] == [12, 6, 6]
    assert {row.bar.strip() for row in rows[3:]} == {""}


def test_where_columns_are_few_numbers_come_below() -> None:
    rows = [row.text + row.bar + row.number for row in laid_out(told(MAMBA), 18, cell_len)]
    assert "Score" in rows and f"{'25.00':>18}" in rows


words = st.text(st.sampled_from("ab語é[/] "), max_size=30)


@given(
    lines=st.lists(
        st.builds(
            Line,
            st.sampled_from(list(Kind)),
            words,
            st.integers(0, 6),
            st.sampled_from(["", "1.00", "× 1.25"]),
            st.floats(0, 1),
        ),
        max_size=5,
    ),
    width=st.integers(10, 110),
)
def test_no_row_is_wider_than_asked_and_no_word_is_lost(lines: list[Line], width: int) -> None:
    rows = list(laid_out(lines, width, cell_len))
    assert all(cell_len(row.text + row.bar + row.number) <= width for row in rows)
    shown = "".join(row.text for row in rows).replace(" ", "")
    assert shown == "".join(line.text for line in lines).replace(" ", "")
    assert sum(bool(row.number) for row in rows) == sum(bool(line.number) for line in lines)


def test_a_word_longer_than_a_line_is_cut_and_not_pulled_apart() -> None:
    assert wrapped("a Rarity: b", 8, 0, len) == ["a Rarity", "  : b"]


def test_the_guide_explains_every_word_that_numbers_are_given_for() -> None:
    said = " ".join(line.text for line in guide()).lower()
    for word in ("rarity", "presence", "title", "authors", "ids", "abstract"):
        assert word in said
