"""Strings that a search bar may be given by accident, by malice or by a cat on the keyboard."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

LONGEST = 100_000

# What has brought down parsers of queries, this one's forerunners among them, or kept them busy.
KNOWN = (
    *("", " ", "\x00", "\ud800", "\udfff\ud800", "(", ")", '"', "-", "*", "~", ":", "OR", "NOT"),
    *("''", "NOT NOT a", "<script>", ">>", "date:[banana TO]", "a~2/3", "?*", "**", "* *"),
    *("[a TO z]", "a~5", "a~99999999", "{a TO}", "[* TO *]", "AND AND", "OR OR OR", "a OR"),
    *("OR a", "a AND NOT", "((((", "))))", '"""', '"a" "', "-(", "-(-(-(", '-"', "--", "- - -"),
    *("+a -b", "a^2 b^", "a^-1", "date:", "date:banana", "date:2024-13-45", "date:..", "date:>"),
    *("since:", "since:0d", "day:x", "upvotes:>>5", "upvotes:" + "9" * 5000, "comments:-1"),
    *("sort:", "sort:x sort:y", "cat:", "is:", "tag:", 'tag:"', "tag:((", "tag:a/b/c/d", "tag:*"),
    *("venue:", "venue:%", "note:_", "note:''", "id:", "title:title:title:a", "title:("),
    *("author:-a", "::::", "a:b:c", "http://x y", "has:has:", "\\", "%s%s%n", "${jndi:x}"),
    *("'; DROP TABLE paper; --", "%", "_", "\\x00", "\N{BOM}a", "a\tb\nc\rd", "e~ e~"),
    *("a* b* c*", "the of and to", "a a a a", "ß ss SS", "İi ıI", "ﬁ ﬃ", "ſ", "Ⅷ ⅷ", "①②"),
)  # fmt: skip
_NAMES = (
    *("title", "abstract", "author", "id", "tag", "is", "has", "cat", "date", "day", "since"),
    *("upvotes", "comments", "sort", "venue", "note", "nothing", "TITLE", "Is"),
)  # fmt: skip
_VALUES = (
    *("read", "bookmarked", "noted", "boo", "pdf", "code", "2024", "2024-06..2025", ">2024", "<"),
    *("..", "7d", "99y", "cs.CL", "cs", "llm", "a/b", "2312.00752", "10", ">10", "5.."),
    *("relevance", "title", "banana", "a*", "e~", '"', '"a b"', "(a b)", "(", ")", "''", "", "*"),
    *("~", "+", "-1", "1e9"),
)  # fmt: skip
_GLUE = (
    *("", " ", "  ", " OR ", " -", "-", "(", ")", " (", ") ", '"', '" ', "*", "* ", "~ ", ":"),
    *("/", "."),
)  # fmt: skip
_SCRIPTS = (
    *("深層学習による画像認識", "語言模型", "모델", "модель", "μοντέλο", "نموذج اللغة", "מודל"),
    *("मॉडल", "แบบจำลอง", "🤖", "👩‍🔬🏽", "🇩🇪", "e\u0301", "Z̸̢̛͝", "ﷺ", "𝕄𝕒𝕞𝕓𝕒", "ＦＵＬＬ", "Å", "ﬀ"),
)  # fmt: skip
_INVISIBLE = (
    "\u200b\u200d\u202e\u202a\u2066\u2069\ufeff\u00ad\u0301\u0344\u20dd\x00\x1b\x7f\x9b\u2028"
)


class Hostile:
    """Endless strings, the same for the same seed. `words` are those of the papers searched."""

    def __init__(self, seed: int, words: Sequence[str]) -> None:
        self._chance = random.Random(seed)
        self._words = words
        self._makers: list[Callable[[], str]] = [
            *(self._known, self._grammar, self._grammar, self._pieces, self._repeated),
            *(self._nested, self._characters, self._scripts, self._prefixes, self._misspelt),
            *(self._letters, self._numbers, self._joined, self._cut, self._hidden),
            *(self._operators, self._stacked, self._alike),
        ]  # fmt: skip

    def __iter__(self) -> Iterator[str]:
        yield from KNOWN
        while True:
            yield self._chance.choice(self._makers)()

    def _several(self, most: int) -> range:
        return range(self._chance.randint(1, most))

    def _word(self) -> str:
        return self._chance.choice(self._words)

    def _known(self) -> str:
        return " ".join(self._chance.choice(KNOWN) for _ in self._several(4))

    def _term(self) -> str:
        name = self._chance.choice(_NAMES)
        value = self._chance.choice((*_VALUES, self._word()))
        return self._chance.choice((f"{name}:{value}", f"-{name}:{value}", value, self._word()))

    def _grammar(self) -> str:
        return "".join(self._term() + self._chance.choice(_GLUE) for _ in self._several(40))

    def _alike(self) -> str:
        """As many terms of one kind as a query takes, each another."""
        before = self._chance.choice(
            ("note:", "venue:", "cat:cs.", "day:>20", "date:<20", "upvotes:>", "tag:", "id:", "a")
        )
        end = self._chance.choice(("", "", "*", "~"))
        glue = self._chance.choice((" ", " OR ", " -"))
        numbers = self._chance.sample(range(10, 100), 32)
        return glue.join(f"{before}{number}{end}" for number in numbers)

    def _pieces(self) -> str:
        return "".join(
            self._chance.choice((*_GLUE, *_VALUES, self._word())) for _ in self._several(60)
        )

    def _repeated(self) -> str:
        piece = self._chance.choice(
            (*_GLUE[3:], *_INVISIBLE, self._term(), self._word(), "a ", "🤖")
        )
        times = self._chance.choice((10, 100, 1000, LONGEST // max(1, len(piece))))
        return self._chance.choice(("", self._word() + " ")) + piece * times

    def _nested(self) -> str:
        depth = self._chance.choice((3, 9, 30, 1000))
        inside = self._term()
        opening = self._chance.choice(("(", "-(", "(a OR ", "title:(", "-(a ", "( ("))
        return opening * depth + inside + ")" * self._chance.choice((0, 1, depth, 2 * depth))

    def _characters(self) -> str:
        top = self._chance.choice((0x80, 0x250, 0x3000, 0x110000))
        return "".join(chr(self._chance.randrange(top)) for _ in self._several(80))

    def _scripts(self) -> str:
        return self._chance.choice(("", " ")).join(
            self._chance.choice((*_SCRIPTS, self._word())) for _ in self._several(12)
        )

    def _prefixes(self) -> str:
        letters = "abcdefghijklmnopqrstuvwxyz0123456789"
        end = self._chance.choice(("*", "*~", "~*", ""))
        field = self._chance.choice(("", "", "abstract:", "author:"))
        size = self._chance.choice((1, 1, 1, 2, 3))
        return " ".join(
            field + "".join(self._chance.choices(letters, k=size)) + end for _ in self._several(40)
        )

    def _misspelt(self) -> str:
        words = []
        for _ in self._several(12):
            word = list(self._word())
            word[self._chance.randrange(len(word))] = self._chance.choice("abcxyz")
            words.append("".join(word) + self._chance.choice(("", "~")))
        return " ".join(words)

    def _letters(self) -> str:
        return self._chance.choice((" ", " OR ", "-", ".", "~ ", " -", "+")).join(
            self._chance.choice("aeiosn1xzé") for _ in self._several(40)
        )

    def _numbers(self) -> str:
        number = "".join(
            self._chance.choices("0123456789", k=self._chance.choice((1, 4, 20, 3000)))
        )
        before = self._chance.choice(("", "upvotes:", "upvotes:>", "date:", "since:", "id:", "a"))
        return before + self._chance.choice(("", "-", "+", "1e", "0x")) + number

    def _joined(self) -> str:
        glue = self._chance.choice("-._/+'^&@#$%|\\,;=")
        text = glue.join(self._word() for _ in self._several(40))
        return self._chance.choice((text, f'"{text}"', f"title:{text}", f"{text}*", f"-{text}"))

    def _cut(self) -> str:
        text = " ".join(self._word() for _ in self._several(20))
        start = self._chance.randrange(len(text))
        return self._chance.choice(("", '"', "title:", "-")) + text[start:]

    def _hidden(self) -> str:
        text = " ".join(self._word() for _ in self._several(5))
        return "".join(c + self._chance.choice(("", "", *_INVISIBLE)) for c in text)

    def _operators(self) -> str:
        return "".join(self._chance.choices('()"-*~:.OR ', k=self._chance.choice((3, 20, 300))))

    def _stacked(self) -> str:
        marks = [chr(0x300 + self._chance.randrange(0x70)) for _ in self._several(100)]
        return self._word() + "".join(marks) * self._chance.choice((1, 1, 300)) + self._word()
