"""Adding papers by name: one, or twenty mixed lines at once."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug import Response

from helpers import everything, only, paper, take_in, titles
from paperterm.errors import Cancelled
from paperterm.library.arrivals.adding import Became
from paperterm.library.arrivals.wants import MOST, By, wants
from paperterm.web.waiting import Caller

from .world import atom, atom_error, json_response, wrapper


def crossref(doi: str = "10.1000/heaps", **facts) -> dict:
    work = {
        "DOI": doi.upper(),
        "title": ["On <i>heaps</i>"],
        "author": [{"given": "Ada", "family": "Lovelace"}, {"name": "The Heap Group"}, None],
        "container-title": ["Journal of Heaps"],
        "abstract": "<jats:title>Abstract</jats:title><jats:p>We pile &amp; heap.</jats:p>",
        "published": {"date-parts": [[2019, 3]]},
        **facts,
    }
    return {"status": "ok", "message": work}


def arxiv_has(world, *numbers: int) -> None:
    """arXiv answers with those of these that are asked for, whatever else is asked for too."""

    def answer(request):
        asked = request.args.get("id_list", "").split(",")
        found = [number for number in numbers if f"2511.{number:05}" in asked]
        return Response(atom(*found), content_type="application/atom+xml")

    world.paths["/api/query"] = answer


@pytest.mark.parametrize(
    ("line", "by", "value"),
    [
        ("2511.00001", By.ARXIV, "2511.00001"),
        ("- arXiv:2511.00001v2 [cs.CL]", By.ARXIV, "2511.00001"),
        ("see <https://arxiv.org/pdf/2511.00001v3.pdf>, please", By.ARXIV, "2511.00001"),
        ("https://huggingface.co/papers/2511.00001", By.ARXIV, "2511.00001"),
        ("https://doi.org/10.48550/arXiv.2511.00001", By.ARXIV, "2511.00001"),
        ("hep-th/9901001", By.ARXIV, "hep-th/9901001"),
        ("Lovelace, A. (2019). On heaps. doi:10.1000/Heaps.", By.DOI, "10.1000/heaps"),
        ("https://doi.org/10.1000/heaps", By.DOI, "10.1000/heaps"),
        ("[3] “Attention Is All You Need”", By.TITLE, "“Attention Is All You Need”"),
        ("3. Attention  Is All You Need", By.TITLE, "Attention Is All You Need"),
        ("A Paper https://openreview.net/forum?id=x", By.TITLE, "A Paper"),
        ("https://openreview.net/forum?id=x", By.NOTHING, "https://openreview.net/forum?id=x"),
        ("---- 12", By.NOTHING, "---- 12"),
    ],
)
def test_a_line_names_a_paper(line, by, value):
    (want,) = wants([line])
    assert (want.by, want.value) == (by, value)


def test_a_paper_named_twice_is_wanted_once():
    assert len(wants(["2511.00001", "arXiv:2511.00001v2", "", "On Heaps", "on heaps!"])) == 2


@given(st.lists(st.text()))
def test_any_lines_are_wants(lines):
    assert len(wants(lines)) <= MOST
    assert all(want.value and want.text for want in wants(lines))


def test_a_paste_of_mixed_lines_is_added_and_what_is_not_found_is_named(office, world, library):
    arxiv_has(world, *range(1, 16))
    world.put_json("/works/10.1000/heaps", crossref())
    world.put_json("/api/papers/search", [wrapper(50, title="The Title of a Paper")])
    lines = [f"arXiv:2511.{number:05}v1" for number in range(1, 17)]
    lines += ["doi:10.1000/heaps", "10.1000/gone", "The title of a paper.", "https://x.example/"]
    became = {added.want.value: added for added in office.add(lines)}
    assert len(became) == 20
    lost = {value for value, added in became.items() if not added.key}
    assert lost == {"2511.00016", "10.1000/gone", "https://x.example/"}
    assert became["2511.00016"].why == "arXiv has no paper 2511.00016."
    assert became["10.1000/gone"].why == "Crossref has no DOI 10.1000/gone."
    assert became["The title of a paper."].key == "arxiv:2511.00050"
    assert len(everything(library)) == 17
    assert sum(asked.startswith("/api/query") for asked in world.asked) == 1, "one for all ids"


def test_a_doi_brings_what_crossref_knows(office, world, library):
    world.put_json("/works/10.1000/heaps", crossref())
    list(office.add(["10.1000/HEAPS"]))
    found = only(library).paper
    assert (found.title, found.doi, found.venue) == (
        "On heaps",
        "10.1000/heaps",
        "Journal of Heaps",
    )
    assert found.authors == ("Ada Lovelace", "The Heap Group")
    assert (found.abstract, str(found.published)) == ("We pile & heap.", "2019-03-31")


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        {"title": []},
        {"title": [None], "DOI": "10.1000/heaps"},
        {"DOI": 7, "title": ["x"]},
    ],
)
def test_an_answer_without_a_paper_is_a_failure_and_no_absence(office, world, library, message):
    world.put_json("/works/10.1000/heaps", {"message": message})
    (added,) = office.add(["10.1000/heaps"])
    assert added.became is Became.FAILED
    assert everything(library) == []


@pytest.mark.parametrize("author", [None, "Ada", [7], [{"given": 1, "family": []}], {"a": 1}])
def test_odd_values_of_crossrefs_count_as_absent(office, world, library, author):
    odd = crossref(author=author, published={"date-parts": [["x", None]]}, relation=[1])
    world.put_json("/works/10.1000/heaps", odd)
    (added,) = office.add(["10.1000/heaps"])
    assert added.became is Became.NEW
    assert (only(library).paper.authors, only(library).paper.published) == ((), None)


def test_a_doi_can_not_leave_its_place_in_the_address(office, world):
    (added,) = office.add(["10.1000/../../api/daily_papers?x=1"])
    assert added.became is Became.NOT_FOUND
    assert world.asked == ["/works/10.1000/../../api/daily_papers?x=1"]


def test_known_papers_are_told_apart_from_new_ones(office, world, library):
    arxiv_has(world, 1, 2)
    take_in(library, paper("Paper number 1"))
    became = [added.became for added in office.add(["2511.00001", "2511.00002"])]
    assert became == [Became.KNOWN, Became.NEW]
    assert {entry.paper.key for entry in everything(library)} == {
        "arxiv:2511.00001",
        "arxiv:2511.00002",
    }


def test_an_id_that_arxiv_complains_of_does_not_keep_the_others_away(office, world, library):
    arxiv_has(world, 1, 2)
    answer = world.paths["/api/query"]

    def complain(request):
        if "2511.00009" in request.args["id_list"]:
            error = atom_error("incorrect id format for 2511.00009")
            return Response(error, content_type="application/atom+xml")
        return answer(request)

    world.paths["/api/query"] = complain
    became = {one.want.value: one for one in office.add(["2511.00001", "2511.00009", "2511.00002"])}
    assert became["2511.00009"].why == "arXiv says: incorrect id format for 2511.00009."
    assert titles(library, "sort:title") == ["Paper number 1", "Paper number 2"]


def test_an_answer_that_is_no_answer_is_asked_for_once(office, world, library):
    world.put("/api/query", "<html>")
    became = {added.became for added in office.add(["2511.00001", "2511.00002"])}
    assert became == {Became.FAILED}
    assert len(world.asked) == 1


def test_offline_says_what_was_not_fetched_and_keeps_nothing_half(offline, library):
    take_in(library, paper("Paper number 2", arxiv_id="2511.00002"))
    added = list(offline.add(["2511.00001", "2511.00002", "10.1000/heaps", "On heaps"]))
    assert [one.became for one in added] == [
        Became.FAILED,
        Became.KNOWN,
        Became.FAILED,
        Became.FAILED,
    ]
    assert added[0].why.startswith("arXiv can't be reached")
    assert titles(library, "") == ["Paper number 2"]


def test_a_title_that_is_here_with_its_id_is_not_asked_for(office, world, library):
    take_in(library, paper("On Heaps", arxiv_id="2511.00002"))
    (added,) = office.add(["on heaps"])
    assert (added.became, added.key) == (Became.KNOWN, "arxiv:2511.00002")
    assert world.asked == []


def test_a_title_that_is_only_near_is_not_taken(office, world, library):
    world.put_json("/api/papers/search", [wrapper(1, title="On Heaps of Sand")])
    world.put("/api/query", atom(2))
    (added,) = office.add(["On heaps of salt"])
    assert added.became is Became.DOUBTFUL
    assert [one.title for one in added.doubtful] == ["On Heaps of Sand"]
    assert everything(library) == []


def test_adding_can_be_called_off_and_keeps_what_was_told(open_office, world, library):
    arxiv_has(world, 1)
    cancelled = threading.Event()
    adding = open_office(caller=Caller(cancelled)).add(["2511.00001", "10.1000/heaps"])
    assert next(adding).key == "arxiv:2511.00001"
    cancelled.set()
    with pytest.raises(Cancelled):
        next(adding)
    assert titles(library, "") == ["Paper number 1"]


def test_what_hugging_face_does_not_know_arxiv_is_asked_for(office, world, library):
    world.paths["/api/papers/search"] = lambda request: json_response([])
    world.put("/api/query", atom(7))
    (added,) = office.add(["Paper number 7"])
    assert added.key == "arxiv:2511.00007"
    assert "search_query=ti%3A%22paper+number+7%22" in world.asked[1]
