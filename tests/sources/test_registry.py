import io
import json
from pathlib import Path

import pytest

from paperterm.errors import SourceError, UsageError
from paperterm.model.record import Context, Record
from paperterm.sources.registry import FORMATS, read

from . import made_up
from .helpers import (
    AS_OF,
    BARE,
    PAGE,
    SECOND,
    ForwardOnly,
    day_page,
    items,
    papers,
    saved_page,
    wrapper,
)

LINES = '{"title": "A", "comments": 3}\n{"title": "B"}\n'
INPUTS = {
    "page-text": PAGE,
    "page-html": saved_page(day_page(wrapper(1), wrapper(2))),
    "hf-json": json.dumps([wrapper(1), wrapper(2)], indent=1),
    "jsonl": LINES,
    "arxiv-atom": made_up.ATOM,
    "arxiv-rss": made_up.RSS,
    "feed": made_up.OTHER_RSS,
    "bibtex": made_up.BIBTEX,
    "ris": made_up.RIS,
    "csl-json": made_up.CSL,
    "arxiv-email": made_up.LISTING,
}


def test_every_format_is_here():
    assert list(INPUTS) == sorted(FORMATS, key=list(INPUTS).index)
    assert all(name == format.name and format.label for name, format in FORMATS.items())


def test_the_readme_lists_every_format():
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    listed = [line.split("`")[1] for line in readme.split("\n") if line.startswith("| `")]
    assert sorted(set(FORMATS) & set(listed)) == sorted(FORMATS)


@pytest.mark.parametrize("name", INPUTS)
def test_the_format_is_found_by_content_and_only_the_right_one_claims_it(name):
    found = papers(INPUTS[name])
    assert len(found) >= 2
    assert found == papers(INPUTS[name], name)
    assert [each.name for each in FORMATS.values() if each.sniff(INPUTS[name])] == [name]


@pytest.mark.parametrize("name", INPUTS)
@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_a_pipe_that_cannot_seek_is_read_like_a_file(name, step):
    stream = ForwardOnly(INPUTS[name].encode(), step)
    got = [item for item in read(stream, Context("-", AS_OF)) if isinstance(item, Record)]
    assert [record.paper for record in got] == papers(INPUTS[name])


def test_json_lines_are_read_as_they_come():
    line = json.dumps({"title": "A paper", "abstract": "x" * 1000}).encode() + b"\n"
    total = 2000

    class Counting(ForwardOnly):
        taken = 0

        def read(self, size=-1):
            data = super().read(size)
            self.taken += len(data)
            return data

    stream = Counting(line * total, 64 * 1024)
    found = read(stream, Context("-"))
    for _ in range(100):
        next(found)
    assert stream.taken < len(line) * total / 4
    assert sum(1 for _ in found) == total - 100


@pytest.mark.parametrize("data", [b"", b"\n \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty_input_is_an_error(data):
    with pytest.raises(SourceError, match=r"^page\.txt is empty\.$"):
        items(data, name="page.txt")


@pytest.mark.parametrize("format", [None, *FORMATS])
def test_binary_input_is_an_error_in_every_format(format):
    for data in (b"%PDF-1.4 ...", b"{\x00}", b"PK\x03\x04" + PAGE.encode()):
        with pytest.raises(SourceError):
            read(io.BytesIO(data), Context("x"), format)


@pytest.mark.parametrize(
    "text",
    [
        "Dear diary, today I read no papers.\n",
        "# Notes\n\n- one\n- two\n",
        "a,b,c\n1,2,3\n",
        '<?xml version="1.0"?><feed><title>x</title></feed>',
        '{\n "id": "x"\n}\n',
        "[not json",
    ],
)
def test_text_of_another_kind_is_an_error_at_once(text):
    with pytest.raises(SourceError, match=r"^x\.txt holds no papers that paperterm can recognise"):
        read(io.BytesIO(text.encode()), Context("x.txt"))


def test_a_title_in_brackets_does_not_make_a_page_json():
    page = SECOND.replace("It's All in The [MASK]", "[MASK] Is All") + BARE
    assert [paper.title[:6] for paper in papers(page)] == ["[MASK]", "VOCABC"]


def test_an_unknown_format_is_bad_usage_and_the_known_ones_are_listed():
    with pytest.raises(UsageError, match=r"^There is no format pdf; there are .*page-text\.$"):
        read(io.BytesIO(b""), Context("x"), "pdf")


def test_names_are_cleaned_before_they_are_shown():
    with pytest.raises(SourceError) as caught:
        items(b"", name="\x1b]0;evil\x07.txt")
    assert str(caught.value).isprintable()


def test_a_stream_that_fails_is_an_error_of_the_source():
    class Broken(ForwardOnly):
        def read(self, size=-1):
            raise OSError(5, "Input/output error")

    with pytest.raises(SourceError, match=r"^x can't be read: Input/output error\.$"):
        read(Broken(b""), Context("x"))
