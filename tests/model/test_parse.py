"""The query language, a line a behaviour."""

from __future__ import annotations

import datetime as dt

import pytest

from paperterm.model.parse import DEEPEST, LONGEST, MOST_TERMS, parse
from paperterm.model.query import (
    And,
    Category,
    Counted,
    Dated,
    Everything,
    Field,
    Has,
    Holds,
    Is,
    Listed,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Place,
    Query,
    Sort,
    State,
    Tag,
    Thing,
    Word,
    leaves,
)

TODAY = dt.date(2024, 12, 31)


def settled(text: str) -> Query:
    return parse(text, TODAY, typing=False)


def typed(text: str) -> Query:
    return parse(text, TODAY, typing=True)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def title(text: str) -> Word:
    return Word(text, Field.TITLE)


A, B, C, D = Word("a"), Word("b"), Word("c"), Word("d")

STRUCTURE: list[tuple[str, Node]] = [
    ("", Everything()),
    ("   ", Everything()),
    ("a", A),
    ("a b", And((A, B))),
    ("a  \t\n b", And((A, B))),
    ("venue:ACL", Holds(Place.VENUE, "ACL")),
    ('Venue:"Int. Conf."', Holds(Place.VENUE, "Int. Conf.")),
    ("-note:x", Not(Holds(Place.NOTE, "x"))),
    ("venue:(icml OR acl)", Or((Holds(Place.VENUE, "icml"), Holds(Place.VENUE, "acl")))),
    ("is:noted has:note", And((Is(State.NOTED), Has(Thing.NOTE)))),
    ("has:code has:project", And((Has(Thing.CODE), Has(Thing.PROJECT)))),
    ("a a", A),
    ("a A", And((A, Word("A")))),
    ("-a", Not(A)),
    ("a -b", And((A, Not(B)))),
    ("long-context", Word("long-context")),
    ("a - b", And((A, B))),
    ("a OR b", Or((A, B))),
    ("a OR b OR c", Or((A, B, C))),
    ("a OR a", A),
    ("a b OR c d", And((A, Or((B, C)), D))),
    ("a OR -b", Or((A, Not(B)))),
    ("a or b", And((A, Word("or"), B))),
    ("(a b) OR c", Or((And((A, B)), C))),
    ("(a OR b) (c OR d)", And((Or((A, B)), Or((C, D))))),
    ("((a) b)", And((A, B))),
    ("-(a b)", Not(And((A, B)))),
    ("-(-a)", A),
    ("a(b c)d", And((Word("a(b"), Word("c)d")))),
    ("(a b)c", And((A, B, C))),
    ("(a b", And((A, B))),
    ("a b) c", And((A, Word("b)"), C))),
    ("a OR", A),
    ("OR a", A),
    ("a OR OR b", Or((A, B))),
    ("a OR - b", And((A, B))),
    ("- OR b", B),
    ("a -OR b", And((A, B))),
    ("a () b", And((A, B))),
    ("-() a", A),
]

TEXTS: list[tuple[str, Node]] = [
    ('"state space"', Phrase("state space")),
    ('"state  space', Phrase("state space")),
    ("“state space”", Phrase("state space")),
    ('-"state space"', Not(Phrase("state space"))),
    ('"a b"c', And((Phrase("a b"), C))),
    ('mamba"', Word('mamba"')),
    ('""', Everything()),
    ("cafe\u0301", Word("café")),
    ("wild*", Word("wild", prefix=True)),
    ("wild**", Word("wild", prefix=True)),
    ("typo~", Word("typo", fuzzy=True)),
    ("title:a", title("a")),
    ("Title:a", title("a")),
    ("title:wild*", Word("wild", Field.TITLE, prefix=True)),
    ("abstract:a", Word("a", Field.ABSTRACT)),
    ("author:Dao", Word("Dao", Field.AUTHOR)),
    ('author:"Tri Dao"', Phrase("Tri Dao", Field.AUTHOR)),
    ('title:"a phrase"', Phrase("a phrase", Field.TITLE)),
    ("title:(a b)", And((title("a"), title("b")))),
    ("-title:(a OR b)", Not(Or((title("a"), title("b"))))),
    ('title:(a "b c" tag:x)', And((title("a"), Phrase("b c", Field.TITLE), Tag("x")))),
    ("title:-a", title("-a")),
    ("-title:a", Not(title("a"))),
    ("id:2310.06825", Word("2310.06825", Field.ID)),
    ("id:2310.06825v2", Word("2310.06825", Field.ID)),
    ("arXiv:2310.06825v2", Word("2310.06825", Field.ID)),
    ("https://arxiv.org/abs/2310.06825v2", Word("2310.06825", Field.ID)),
    ("2310.06825", Word("2310.06825")),
]

NAMES = [
    "LLM.int8()", "BT^2", "C++", "[MASK]", "bAbI", "GPT-4", "k-means", "--foo", "f(x)", "a/b", "^2",
    "foo:bar", "http://x", "10:30", "NOT", "O(n)", "x=1", "O'Brien", "$R^2$", "Über", "日本語",
]  # fmt: skip

NOTHING = [
    "-", "--", ":", "*", "~", '"', '" "', "((", "))", "()", "OR", "OR OR", "-OR", "- : ++", "-*",
    "\x00", "\ud800", "\u200b", "title:*", '"--"',
]  # fmt: skip

FACTS: list[tuple[str, Node]] = [
    ("is:bookmarked", Is(State.BOOKMARKED)),
    ("is:read", Is(State.READ)),
    ("IS:Unread", Is(State.UNREAD)),
    ("is:tagged", Is(State.TAGGED)),
    ("-is:read", Not(Is(State.READ))),
    ("is:(read OR tagged)", Or((Is(State.READ), Is(State.TAGGED)))),
    ("has:abstract", Has(Thing.ABSTRACT)),
    ("has:pdf", Has(Thing.PDF)),
    ("tag:llm", Tag("llm")),
    ("tag:#llm", Tag("llm")),
    ("tag:llm/long-context", Tag("llm/long-context")),
    ("tag:/llm//rag/", Tag("llm/rag")),
    ('tag:"to read"', Tag("to read")),
    ('tag:"to read"*', Tag("to read", prefix=True)),
    ("tag:ll*", Tag("ll", prefix=True)),
    ("tag:日本語", Tag("日本語")),
    ("tag:cafe\u0301", Tag("café")),
    ('tag:(a "to read")', And((Tag("a"), Tag("to read")))),
    ("cat:cs.CL", Category("cs.CL")),
    ("cat:CS.cl", Category("cs.CL")),
    ("cat:cs", Category("cs")),
    ("cat:q-bio.nc", Category("q-bio.NC")),
    ("cat:cond-mat.Mes-Hall", Category("cond-mat.mes-hall")),
    ("cat:physics.optics", Category("physics.optics")),
    ("date:2024", Dated(day("2024-01-01"), day("2024-12-31"))),
    ("date:2024-02", Dated(day("2024-02-01"), day("2024-02-29"))),
    ("date:2024-06-05", Dated(day("2024-06-05"), day("2024-06-05"))),
    ('date:"2024"', Dated(day("2024-01-01"), day("2024-12-31"))),
    ("date:2024-06..2025-01", Dated(day("2024-06-01"), day("2025-01-31"))),
    ("date:2025-01..2024-06", Dated(day("2024-06-01"), day("2025-01-31"))),
    ("date:..2020", Dated(None, day("2020-12-31"))),
    ("date:2020..", Dated(day("2020-01-01"), None)),
    ("date:>2024", Dated(day("2025-01-01"), None)),
    ("date:>=2024-06", Dated(day("2024-06-01"), None)),
    ("date:<2020", Dated(None, day("2019-12-31"))),
    ("date:<=2020-02", Dated(None, day("2020-02-29"))),
    ("since:7d", Dated(day("2024-12-24"), None)),
    ("since:2w", Dated(day("2024-12-17"), None)),
    ("since:1m", Dated(day("2024-11-30"), None)),
    ("since:12m", Dated(day("2023-12-31"), None)),
    ("since:1Y", Dated(day("2023-12-31"), None)),
    ("since:2024-06", Dated(day("2024-06-01"), None)),
    ("day:2025-11-06", Listed(day("2025-11-06"), day("2025-11-06"))),
    ("day:2025-11", Listed(day("2025-11-01"), day("2025-11-30"))),
    ("day:2025-11-06..", Listed(day("2025-11-06"), None)),
    ("upvotes:>10", Counted(Number.UPVOTES, 11, None)),
    ("upvotes:10", Counted(Number.UPVOTES, 10, 10)),
    ("comments:>=3", Counted(Number.COMMENTS, 3, None)),
    ("comments:<3", Counted(Number.COMMENTS, None, 2)),
    ("comments:<=3", Counted(Number.COMMENTS, None, 3)),
    ("upvotes:5..20", Counted(Number.UPVOTES, 5, 20)),
    ("upvotes:20..5", Counted(Number.UPVOTES, 5, 20)),
    ("upvotes:5..", Counted(Number.UPVOTES, 5, None)),
    ("upvotes:..5", Counted(Number.UPVOTES, None, 5)),
    ("upvotes:>" + "9" * 40, Counted(Number.UPVOTES, 10**9, None)),
]


@pytest.mark.parametrize(("text", "root"), STRUCTURE + TEXTS + FACTS)
def test_a_text_means_a_tree(text: str, root: Node) -> None:
    query = settled(text)
    assert query.root == root
    assert query.hint == ""


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_one_word_as_typed(name: str) -> None:
    assert settled(name).root == Word(name)
    assert settled(f"(a {name})").root == And((A, Word(name)))


def test_a_name_in_parentheses_is_found_without_them() -> None:
    assert settled("(MASK)").root == Word("MASK")


@pytest.mark.parametrize("typing", [True, False])
@pytest.mark.parametrize("text", NOTHING)
def test_what_no_index_could_find_constrains_nothing(text: str, typing: bool) -> None:
    assert parse(text, typing=typing) == Query()


@pytest.mark.parametrize("order", Sort)
def test_an_order_is_no_part_of_the_tree(order: Sort) -> None:
    assert settled(f"a sort:{order} b") == Query(And((A, B)), order)
    assert settled(f"sort:{order}") == Query(Everything(), order)


def test_the_last_order_counts() -> None:
    assert settled("sort:date a sort:title").sort is Sort.TITLE


# While typing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("a", Word("a", prefix=True)),
        ("a b", And((A, Word("b", prefix=True)))),
        ("a b ", And((A, B))),
        ("(a b", And((A, Word("b", prefix=True)))),
        ("(a b)", And((A, B))),
        ("a -b", And((A, Not(B)))),
        ("-(a b", Not(And((A, B)))),
        ("-(c OR (a b", Not(Or((C, And((A, B)))))),
        ("title:a", Word("a", Field.TITLE, prefix=True)),
        ("typo~", Word("typo", fuzzy=True)),
        ('"mamba ret', Phrase("mamba ret", prefix=True)),
        ("a tag:ll", And((A, Tag("ll", prefix=True)))),
        ("tag:ll a", And((Tag("ll"), Word("a", prefix=True)))),
        ("tag:ll ", Tag("ll")),
        ("-tag:ll", Not(Tag("ll"))),
        ('tag:"to re', Tag("to re", prefix=True)),
        ('tag:"to read"', Tag("to read")),
        ("is:read", Is(State.READ)),
        ("date:2024", Dated(day("2024-01-01"), day("2024-12-31"))),
        ("since:2024", Dated(day("2024-01-01"), None)),
        ("LLM.int8()", Word("LLM.int8()", prefix=True)),
    ],
)
def test_the_word_being_typed_may_go_on(text: str, root: Node) -> None:
    assert typed(text) == Query(root)


UNFINISHED = [
    "is:", "is:boo", "is:BOO", "has:", "has:p", "tag:", 'tag:"', "tag:#", "cat:", "cat:c",
    "cat:cs.", "cat:cs.C", "cat:hep-", "date:", "date:20", "date:2024-", "date:2024-1",
    "date:2024-06-",
    "date:2024-06-3", "date:>", "date:>=20", "date:2024.", "date:..", "date:2024..20", "since:",
    "since:7", "day:2025-1", "upvotes:", "upvotes:>", "upvotes:>=", "upvotes:5.", "upvotes:..",
    "comments:<", "sort:", "sort:da", "title:", "author:", "id:", "venue:", "note:", "is:not",
    "has:c", "has:proj", "has:n", 'venue:"',
]  # fmt: skip


@pytest.mark.parametrize("text", UNFINISHED)
def test_an_unfinished_last_term_does_not_narrow_the_list(text: str) -> None:
    name = text.partition(":")[0]
    for line in (text, f"-{text}", f"({text}"):
        query = typed(line)
        assert query.root == Everything()
        assert query.hint.startswith(f"{name}: takes ")
    assert typed(f"a {text}").root == A
    assert typed(f"a OR {text}").root == A


@pytest.mark.parametrize("text", UNFINISHED)
def test_an_unfinished_term_that_is_not_typed_any_more_is_searched_as_words(text: str) -> None:
    if '"' in text:
        return
    for query in (typed(f"{text} a "), settled(f"{text} a")):
        assert query.root == And((Word(text), A))
        assert query.hint.startswith("Searched as words: ")


@pytest.mark.parametrize(
    "text",
    [
        "is:notable", "is:readx", "has:coder", "has:notes", "date:banana",
        "date:2024-13", "date:2024-02-30", "date:0000", "date:>9999", "date:<0001", "date:２０２４",
        "since:9999y", "since:7days", "day:7d", "upvotes:many", "upvotes:-1", "upvotes:1.5",
        "sort:best", "cat:1", "cat:cs.C1", "tag:a,b", "tag:" + "x" * 101,
    ],
)  # fmt: skip
def test_what_can_not_be_meant_is_searched_as_words(text: str) -> None:
    settled_query, typed_query = settled(text), typed(text)
    assert settled_query.root == Word(text)
    assert typed_query.root == Word(text, prefix=True)
    for query in (settled_query, typed_query, typed(f"{text} a")):
        assert query.hint.startswith("Searched as words: ")
        assert query.hint.endswith(").")


def test_a_hint_lists_what_there_is() -> None:
    assert typed("is:boo").hint == (
        "is: takes bookmarked, read, unread, tagged, noted, inbox, archived, later or removed."
    )
    hint = "has: takes abstract, pdf, code, project or note."
    assert typed("has:").hint == hint
    assert typed("venue:").hint == 'venue: takes a word or a "phrase" right after it.'
    assert "comma" in typed("tag:a,b").hint


def test_a_hint_is_short_and_holds_no_control_code() -> None:
    hint = typed("is:" + "x" * 200 + "\x1b[2J").hint
    assert len(hint) < 120
    assert "\x1b" not in hint


def test_quoted_nonsense_is_searched_as_a_phrase() -> None:
    query = settled('upvotes:"neural information"')
    assert query.root == Phrase("neural information")
    assert query.hint


def test_a_place_without_letters_is_not_looked_into() -> None:
    assert settled("venue:++").root == Word("venue:++")
    for text in ('note:""', 'venue:" "'):
        assert settled(text).root == Everything()
    for text in ("venue:++", 'note:""', 'venue:" "'):
        assert settled(text).hint.startswith("Searched as words: ")


def test_not_as_a_word_is_explained() -> None:
    assert "-word" in typed("a NOT b").hint


def test_today_is_the_default_for_since() -> None:
    before = dt.date.today()
    query = parse("since:1d")
    after = dt.date.today()
    yesterdays = [Dated(today - dt.timedelta(days=1)) for today in (before, after)]
    assert query.root in yesterdays


# Limits ---------------------------------------------------------------------------------------


def test_a_long_word_is_cut() -> None:
    query = typed("a" * 100_000)
    assert query.root == Word("a" * LONGEST)
    assert query.hint == f"Only the first {LONGEST} characters are searched."


def test_a_word_after_very_much_of_nothing_is_ignored_with_a_hint() -> None:
    assert "characters" in typed("- " * 5000 + "mamba").hint
    assert typed(" " * 5000 + "a" + " " * 5000) == Query(A)


def test_terms_beyond_the_characters_are_ignored() -> None:
    words = [f"{'x' * 50}{number}" for number in range(20)]
    query = settled(" ".join(words))
    assert query.root == And(tuple(Word(word) for word in words[:5]))
    assert "characters" in query.hint


def test_terms_beyond_the_count_are_ignored() -> None:
    words = [str(number) for number in range(MOST_TERMS + 1)]
    query = settled(" ".join(words))
    assert query.root == And(tuple(Word(word) for word in words[:MOST_TERMS]))
    assert query.hint == f"Only the first {MOST_TERMS} terms are searched."
    assert settled(" ".join(words[:MOST_TERMS])).hint == ""


def test_deep_parentheses_are_ignored_and_closed_right() -> None:
    for depth in (DEEPEST + 1, 600):
        query = settled("(" * depth + "a OR b" + ")" * depth + " c")
        assert query.root == And((Or((A, B)), C))
        assert query.hint == f"Parentheses are followed {DEEPEST} deep."
    negated = settled("-" + "(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1) + " b")
    assert negated.root == And((Not(A), B))
    assert settled("(" * DEEPEST + "a" + ")" * DEEPEST).hint == ""


def test_depth_is_limited_where_it_matters() -> None:
    query = settled("-(a " * 30 + ")" * 30)
    depth, level = 0, [query.root]
    while level := [
        child
        for node in level
        for child in (
            node.parts
            if isinstance(node, (And, Or))
            else (node.part,)
            if isinstance(node, Not)
            else ()
        )
    ]:
        depth += 1
    assert 8 < depth <= 3 * DEEPEST
    assert set(leaves(query.root)) == {A}


def test_a_phrase_that_is_still_open_grows() -> None:
    assert parse('"long con').root == Phrase("long con", prefix=True)
    assert parse('title:"long con').root == Phrase("long con", Field.TITLE, prefix=True)
    assert parse('"long con', typing=False).root == Phrase("long con")
    assert parse('"long con" ').root == parse('"long con"').root == Phrase("long con")
    assert parse('"long ').root == Phrase("long")
    assert parse('"long con"*', typing=False).root == Phrase("long con", prefix=True)
    assert parse('-"long con').root == Not(Phrase("long con"))


@pytest.mark.parametrize("typing", [True, False])
@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("auther:gu", "Searched as words: auther: is no name; author: is one."),
        ("mamba tags:llm", "Searched as words: tags: is no name; tag: is one."),
        ("mam*a", "* stands at the end of a word."),
        ("foo:bar", ""),
        ("https://arxiv.org/abs/2312.00752", ""),
        ("arxiv:2312.00752", ""),
        ("mam*", ""),
        ("C++", ""),
        ("author:gu", ""),
    ],
)
def test_a_likely_slip_is_told(text: str, hint: str, typing: bool) -> None:
    assert parse(text, typing=typing).hint == hint
