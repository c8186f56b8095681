import datetime as dt
import html
import json

import pytest

from paperterm.errors import SourceError
from paperterm.model.paper import Paper, Sighting
from paperterm.sources import hf_json

from .helpers import day_page, items, papers, records, refusals, saved_page, wrapper

DAY = dt.date(2025, 6, 24)


def paper(number, position, day=DAY):
    return Paper(
        f"Paper {number}",
        f'The abstract of paper {number} says "a" & <b>.',
        authors=("Ada Lovelace", "Alan Turing"),
        author_count=2,
        published=dt.date(2025, 6, 23),
        comments=2,
        upvotes=7,
        arxiv_id=f"2506.{number:05}",
        sightings=(Sighting("daily-papers", day, position),),
    )


WRAPPERS = [wrapper(number) for number in range(1, 6)]
EXPECTED = [paper(number, number - 1) for number in range(1, 6)]


def test_a_saved_page_gives_its_papers_with_its_day():
    page = saved_page(day_page(*WRAPPERS, day="2025-06-30"))
    day = dt.date(2025, 6, 30)
    assert papers(page) == [paper(number, number - 1, day) for number in range(1, 6)]
    assert {record.line for record in records(page)} == {4}


@pytest.mark.parametrize("period", ["week", "month", None])
def test_a_page_of_other_than_a_day_gives_each_paper_its_own(period):
    unlisted = wrapper(6, submittedOnDailyAt=None)
    page = {**day_page(*WRAPPERS, unlisted, day="2025-06-30"), "periodType": period}
    assert papers(saved_page(page)) == [*EXPECTED, paper(6, 5, None)]


@pytest.mark.parametrize("key", ["searchResults", "somethingElse"])
def test_papers_are_found_under_other_names_and_are_not_of_the_pages_day(key):
    page = {**day_page(day="2025-11-06"), key: WRAPPERS, "tags": ["a"]}
    assert papers(saved_page(page)) == EXPECTED


def test_a_list_from_the_api_knows_the_line_of_every_paper():
    text = json.dumps(WRAPPERS, indent=1)
    assert papers(text) == EXPECTED
    lines = text.split("\n")
    assert [lines[record.line - 1] for record in records(text)] == [" {"] * 5
    assert len({record.line for record in records(text)}) == 5


def test_the_properties_alone_are_a_file_too():
    assert papers(json.dumps(day_page(*WRAPPERS), indent=2)) == EXPECTED


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"upvotes": 0}, "upvotes", 0),
        ({"numComments": 0}, "comments", 0),
        ({"upvotes": None}, "upvotes", None),
        ({"upvotes": True}, "upvotes", None),
        ({"upvotes": -1}, "upvotes", None),
        ({"upvotes": 10**9}, "upvotes", None),
        ({"upvotes": 1.5}, "upvotes", None),
        ({"numComments": "4"}, "comments", None),
        ({"id": "2506.18841v2"}, "arxiv_id", "2506.18841"),
        ({"id": "../../etc/passwd"}, "arxiv_id", None),
        ({"id": 2506.18841}, "arxiv_id", None),
        ({"publishedAt": "yesterday"}, "published", None),
        ({"publishedAt": "2025-02-30T00:00:00.000Z"}, "published", None),
        ({"summary": None}, "abstract", ""),
        ({"summary": {}}, "abstract", ""),
        ({"summary": " One.\n\nTwo.\n"}, "abstract", "One.\n\nTwo."),
        ({"authors": None}, "authors", ()),
        ({"authors": []}, "author_count", None),
        ({"authors": [{"name": "A"}, None, {"name": " "}, "B", {"name": "C"}]}, "author_count", 2),
        ({"authors": [{"name": "A"}, {"name": "B", "hidden": True}]}, "authors", ("A",)),
        ({"authors": [{"name": "A"}, {"name": "B", "hidden": True}]}, "author_count", 2),
        ({"githubRepo": "https://github.com/a/b"}, "code", "https://github.com/a/b"),
        ({"githubRepo": "git@github.com:a/b"}, "code", None),
        ({"githubRepo": "https://user:word@github.com/a/b"}, "code", None),
        ({"githubRepo": ["https://github.com/a/b"]}, "code", None),
        ({"projectPage": "http://a.org/p"}, "project", "http://a.org/p"),
        ({"projectPage": "javascript:alert(1)"}, "project", None),
        ({"projectPage": "https://a.org/\x1b]0;x\x07"}, "project", None),
        ({"submittedOnDailyBy": {"name": "akhaliq", "fullname": " A\nK "}}, "submitter", "A K"),
        ({"submittedOnDailyBy": {"name": "akhaliq", "fullname": ""}}, "submitter", "akhaliq"),
        ({"submittedOnDailyBy": {"fullname": 7}}, "submitter", None),
        ({"submittedOnDailyBy": "akhaliq"}, "submitter", None),
        ({"ai_summary": " It works.\n"}, "ai_summary", "It works."),
        ({"ai_summary": None}, "ai_summary", ""),
        ({"ai_summary": ["It works."]}, "ai_summary", ""),
        ({"ai_keywords": ["a", None, " b ", "", 7]}, "keywords", ("a", "b")),
        ({"ai_keywords": "a, b"}, "keywords", ()),
        ({"title": "Two\n  lines"}, "title", "Two lines"),
        ({"title": "Half \ud83d a character"}, "title", "Half \ufffd a character"),
        ({"title": "A whole \ud83d\ude00 one"}, "title", "A whole 😀 one"),
    ],
)
def test_a_field_that_makes_no_sense_costs_only_itself(change, field, value):
    first, changed, third = papers(json.dumps([wrapper(1), wrapper(2, **change), wrapper(3)]))
    assert getattr(changed, field) == value
    assert (first, third) == (EXPECTED[0], EXPECTED[2])


def test_who_submitted_it_is_told_by_the_page_first():
    told = {**wrapper(1, submittedOnDailyBy={"name": "paper"}), "submittedBy": {"name": "page"}}
    wrong = {**told, "submittedBy": ["page"]}
    assert [paper.submitter for paper in papers(json.dumps([told, wrong]))] == ["page", "paper"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (None, "paper 2 is not a JSON object"),
        ([], "paper 2 is not a JSON object"),
        ("x", "paper 2 is not a JSON object"),
        ({}, "paper 2 has no record"),
        ({"paper": None}, "paper 2 has no record"),
        ({"paper": {}}, "paper 2 has no title"),
        ({"paper": {"title": 7}}, "paper 2 has no title"),
        ({"paper": {"title": " \u200b "}}, "paper 2 has no title"),
    ],
)
def test_a_record_without_a_title_is_refused_and_the_others_stay(broken, reason):
    wrappers = [WRAPPERS[0], broken, WRAPPERS[2]]
    for page in (json.dumps(wrappers), saved_page(day_page(*wrappers))):
        assert papers(page) == [EXPECTED[0], EXPECTED[2]]
        assert [refusal.reason for refusal in refusals(page)] == [reason]


DEEP = '{"paper": {"title": ' + "[" * 100_000 + "]" * 100_000 + "}}"
TEXTS = [json.dumps(each) for each in WRAPPERS]


@pytest.mark.parametrize(
    "broken",
    [TEXTS[1][:-1], TEXTS[1][:100], TEXTS[1].replace(":", "", 1), "@", "nonsense", "'x'"],
)
def test_a_broken_object_costs_only_itself(broken):
    found = f"[{TEXTS[0]},\n{broken},\n{','.join(TEXTS[2:])}]"
    assert papers(found) == [EXPECTED[0], *EXPECTED[2:]]
    [refusal] = refusals(found)
    assert (refusal.line, refusal.reason) == (2, "the JSON of this paper is broken or cut off")


def test_nan_endless_numbers_and_control_codes_cost_a_field():
    text = TEXTS[0].replace('"upvotes": 7', '"upvotes": NaN')
    huge = TEXTS[1].replace('"upvotes": 7', f'"upvotes": {"9" * 10_000}')
    control = TEXTS[2].replace("Ada Lovelace", "Ada\tLovelace")
    found = papers(f"[{text},{huge},{control}]")
    assert [paper.upvotes for paper in found] == [None, None, 7]
    assert found[2].authors == ("Ada Lovelace", "Alan Turing")


def test_what_is_nested_too_deep_is_refused_with_all_that_follows():
    found = f"[{TEXTS[0]},{DEEP},{TEXTS[2]}]"
    assert papers(found) == EXPECTED[:1]
    assert len(refusals(found)) == 1


def test_json_that_is_cut_off_keeps_the_papers_before_the_cut():
    text = "[" + ", ".join(TEXTS) + "]"
    for cut in range(len(TEXTS[0]) + 2, len(text) - 1, 41):
        whole = text[:cut].count('"numComments": 2}')
        assert papers(text[:cut]) == EXPECTED[:whole]
        assert len(refusals(text[:cut])) == 1


def test_a_saved_page_that_is_cut_off_keeps_the_papers_before_the_cut():
    page = saved_page(day_page(*WRAPPERS))
    whole_paper = html.escape('"numComments": 2}')
    start = page.index(whole_paper) + len(whole_paper)
    for cut in range(start, page.rindex(whole_paper), 41):
        whole = page[:cut].count(whole_paper)
        assert papers(page[:cut]) == EXPECTED[:whole]
        assert len(refusals(page[:cut])) == 1


def test_attributes_may_come_in_another_order_and_other_quotes():
    page = saved_page(day_page(*WRAPPERS))
    start, props = page.index(' data-target="DailyPapers"'), page.index(' data-props="{&quot;per')
    end = page.index('"><section>') + 1
    swapped = page[:start] + page[props:end] + page[start:props] + page[end:]
    assert papers(swapped) == EXPECTED
    raw = json.dumps(day_page(*WRAPPERS)).replace("'", "&#39;")
    single = page[: props + 12] + f"'{raw}'" + page[end:]
    assert papers(single) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html><html><body><p>Hello</p></body></html>",
        '<html><div data-target="DailyPapers"></div></html>',
        '<html><div data-target="Other" data-props="{}"></div></html>',
    ],
)
def test_another_web_page_is_an_error(text):
    with pytest.raises(SourceError, match=r"^input is a web page without Daily Papers in it"):
        items(text)


@pytest.mark.parametrize(
    "text", ['[{"title": "A paperterm line"}]', "[[]]", '{"dailyPapers": 7}', '["a", "b"]']
)
def test_json_about_something_else_is_an_error(text):
    with pytest.raises(SourceError, match=r"^input is JSON, but not of papers"):
        items(text)


@pytest.mark.parametrize("text", ["[]", '{"dailyPapers": []}', saved_page(day_page())])
def test_a_page_without_papers_is_an_error(text):
    with pytest.raises(SourceError, match=r"^input holds no papers\.$"):
        items(text)


def test_a_document_that_is_too_large_is_an_error(monkeypatch):
    monkeypatch.setattr(hf_json, "LARGEST", 1024**2)
    text = json.dumps([wrapper(1, summary="x" * 1024**2)])
    for document in (text, f"<html>{text}", text.replace("xxxx", "xxx\n")):
        with pytest.raises(SourceError, match=r"^input is larger than 1 MB\.$"):
            items(document)


@pytest.mark.parametrize(
    "piece", ['<a b="', "<!--", "<![", '<div data-target="DailyPapers" ', 'data-props="', "{", "["]
)
def test_hostile_repetition_does_not_take_long(piece):
    with pytest.raises(SourceError):
        items("<html>" + piece * 50_000)
