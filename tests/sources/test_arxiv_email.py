"""arXiv's listing e-mails, as text and as mails."""

import datetime as dt
from email.message import EmailMessage

import pytest

from paperterm.errors import SourceError
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Refusal

from .helpers import items, papers, records, refusals
from .made_up import LISTING, MAIL_HEADERS


def as_mail(encoding):
    mail = EmailMessage()
    mail["From"] = "no-reply@arxiv.example"
    mail["Subject"] = "cs daily"
    mail["Date"] = "Tue, 2 Jan 2024 01:00:00 -0500"
    mail.set_content(LISTING, cte=encoding)
    mail.add_alternative("<p>listing</p>", subtype="html")
    return mail.as_bytes()


def test_a_block_is_a_paper_with_all_that_it_tells():
    assert papers(LISTING, as_of=None)[0] == Paper(
        title="Heaps of Heaps, and How They Were Piled on Other Heaps",
        abstract="We pile heaps\nof heaps.",
        authors=("Ada Lovelace", "Alan Turing", "Kurt Gödel"),
        author_count=3,
        published=dt.date(2024, 1, 1),
        arxiv_id="2401.00011",
        doi="10.1000/heap.1",
        categories=("cs.DS", "math.CO"),
        venue="J. Heaps 1 (2024)",
        sightings=(Sighting("arxiv", None, 0),),
    )


def test_a_cross_listing_is_taken_and_a_replacement_without_an_abstract():
    crossed, replaced = papers(LISTING)[1:]
    assert (crossed.arxiv_id, crossed.published) == ("2312.00012", dt.date(2023, 12, 1))
    assert (replaced.title, replaced.abstract) == ("Old Piles", "")
    assert (replaced.published, replaced.updated) == (None, dt.date(2024, 1, 1))


def test_a_word_that_was_wrapped_at_its_hyphen_is_one_again():
    wrapped = LISTING.replace(
        "We pile heaps\nof heaps.", "A well-\nknown long-\nand short-\nterm heap."
    )
    assert papers(wrapped)[0].abstract == "A well-known long-\nand short-term heap."


def test_each_block_has_the_line_it_begins_on():
    lines = LISTING.split("\n")
    for record in records(LISTING):
        assert lines[record.line - 1].startswith(f"arXiv:{record.paper.arxiv_id}")
    (refusal,) = refusals(LISTING)
    line = lines.index("arXiv:2401.00014") + 1
    assert refusal == Refusal(line, "there is no title", "2401.00014")


@pytest.mark.parametrize("encoding", ["7bit", "quoted-printable", "base64"])
def test_a_mail_is_taken_apart_and_its_day_is_the_papers_day(encoding):
    found = papers(as_mail(encoding), as_of=None)
    assert [p.title for p in found] == [p.title for p in papers(LISTING)]
    assert found[0].abstract == papers(LISTING)[0].abstract
    assert {p.day for p in found} == {dt.date(2024, 1, 2)}


def test_a_plain_mail_counts_its_headers_among_the_lines():
    text = f"{MAIL_HEADERS}\n{LISTING}"
    for data in (text, text.replace("\n", "\r\n"), f"From x@y.example Tue Jan 2\n{text}"):
        lines = data.split("\n")
        found = records(data, as_of=None)
        assert lines[found[0].line - 1].strip()[:16] == "arXiv:2401.00011"
        assert found[0].paper.day == dt.date(2024, 1, 2)


def test_a_mail_that_was_cut_off_keeps_what_is_whole():
    cut = LISTING[: LISTING.index("Authors: Alan Turing\nCat")]
    assert [p.arxiv_id for p in papers(cut)] == ["2401.00011"]
    assert [r.reason for r in refusals(cut)] == ["the mail ends in the middle of this paper"]


def test_a_block_without_an_id_is_refused():
    changed = LISTING.replace("arXiv:2312.00012", "arXiv:23.1")
    assert refusals(changed)[0].reason == "there is no arXiv id"


def test_a_mail_without_text_is_an_error():
    mail = as_mail("7bit").replace(b"text/plain", b"text/rtf")
    with pytest.raises(SourceError, match=r"^input is a mail without a part of plain text\.$"):
        items(mail)
