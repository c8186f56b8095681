"""LaTeX in bibliographies: what is certain becomes Unicode, the rest stays."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperterm.sources.latex import plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"G{\"o}del, G\"odel, G\"{o}del, {G\"odel}", "Gödel, Gödel, Gödel, Gödel"),
        (r"Erd{\H o}s, Erd\H{o}s, Erd{\H{o}}s", "Erdős, Erdős, Erdős"),
        (r"Fran\c{c}ois, \c c, {\v{S}}, \k{a}, \r{u}, \d{s}, \u{g}", "François, ç, Š, ą, ů, ṣ, ğ"),
        (r"na\"{\i}ve, na\"\i ve, \'{\i}", "naïve, naïve, í"),
        (r"\L{\'o}d\'z, \O re, {\o}, \ss, Stra\ss e, \aa, {\AE}", "Łódź, Øre, ø, ß, Straße, å, Æ"),
        (r"\~n, \~{n}, \={a}, \.z, \^{o}, \`a", "ñ, ñ, ā, ż, ô, à"),
        (r"{LaTeX} {\bf and} \emph{more} \textbf{{b}}", "LaTeX and more b"),
        (r"1--2 --- ``said''", "1–2 — “said”"),
        (r"50\% \& \#1 \$5 a\_b \{x\}", "50% & #1 $5 a_b {x}"),
        (r"A~B\ C", "A B C"),
        (r"\textasciitilde{} \textbackslash{} \~{} \^{}", "~ \\ ~ ^"),
    ],
)
def test_what_is_certain_becomes_unicode(written, read):
    assert plain(written) == read


@pytest.mark.parametrize(
    "text",
    [
        r"In $O(n^{2} \log n)$ time",
        r"$$\sum_{i} {x}$$",
        r"\foo{bar {baz}}{qux} and \href{a}{b}",
        r"\mathbb{R}",
        r"x_{12} and x^{n}",
        "It's 5 o'clock - and C++ costs $5",
        "\\",
        r"\'",
        "ends in $",
    ],
)
def test_what_is_not_stays_as_it_is_written(text):
    assert plain(text) == text


@given(st.text())
def test_any_text_is_text(text):
    plain(text).encode("utf-8", "surrogatepass")


@given(st.text("\\{}$\"'`^~ aoicHv_&%-", max_size=80))
def test_any_latex_is_text(text):
    plain(text)


@pytest.mark.parametrize("piece", ["{", "\\foo{", "$", "$a\\", '\\"{', "_{", "\\H ", "\\c{ ", "`"])
def test_latex_that_was_made_to_hurt_takes_little_time(piece):
    began = time.process_time()
    plain(piece * 20_000)
    assert time.process_time() - began < 5
