"""Small inputs in the formats that other programs and sites write, all made up."""

ATOM = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
      xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/abc</id>
  <title>arXiv Query: search_query=all:heaps</title>
  <opensearch:itemsPerPage>2</opensearch:itemsPerPage>
  <opensearch:totalResults>310</opensearch:totalResults>
  <opensearch:startIndex>40</opensearch:startIndex>
  <entry>
    <id>http://arxiv.org/abs/2401.00011v3</id>
    <title>Heaps of Heaps &amp;
  Other Piles</title>
    <updated>2024-03-05T09:00:00Z</updated>
    <published>2024-01-02T16:59:02Z</published>
    <summary>  We pile $n$ heaps.
  Twice.</summary>
    <category term="cs.DS" scheme="http://arxiv.org/schemas/atom"/>
    <category term="math.CO" scheme="http://arxiv.org/schemas/atom"/>
    <category term="68W40" scheme="http://arxiv.org/schemas/atom"/>
    <arxiv:primary_category term="math.CO" scheme="http://arxiv.org/schemas/atom"/>
    <arxiv:comment>12 pages</arxiv:comment>
    <arxiv:journal_ref>J. Heaps 1 (2024) 1-9</arxiv:journal_ref>
    <arxiv:doi>10.1000/HEAP.1</arxiv:doi>
    <author><name>Ada Lovelace</name><arxiv:affiliation>Analytical</arxiv:affiliation></author>
    <author><name>Alan Turing</name></author>
  </entry>
  <entry>
    <id>http://arxiv.org/abs/cs/0112017v1</id>
    <title>An Old One</title>
    <updated>2001-12-10T20:12:00Z</updated>
    <published>2001-12-10T20:12:00Z</published>
    <summary>Old.</summary>
    <author><name>M. O'Hara</name></author>
  </entry>
</feed>
"""
NO_ENTRIES = ATOM[: ATOM.index("  <entry>")] + "</feed>\n"
ERROR = NO_ENTRIES.replace(
    "</feed>",
    """<entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_12.3</id>
    <title>Error</title>
    <summary>incorrect id format for 12.3</summary>
    <author><name>arXiv api core</name></author>
  </entry></feed>""",
)

RSS_HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
  <channel>
    <title>cs.DS updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/cs.DS</link>
    <atom:link href="http://rss.arxiv.org/rss/cs.DS" rel="self" type="application/rss+xml"/>
    <pubDate>Tue, 02 Jan 2024 00:00:00 -0500</pubDate>
    <skipDays><day>Saturday</day><day>Sunday</day></skipDays>
"""
RSS_FOOT = "  </channel>\n</rss>\n"


def announced(number, kind, title="Heaps"):
    return f"""    <item>
      <title>{title} {number}</title>
      <link>https://arxiv.org/abs/2401.{number:05}</link>
      <description>arXiv:2401.{number:05}v2 Announce Type: {kind}
Abstract: We pile {number} heaps.</description>
      <guid isPermaLink="false">oai:arXiv.org:2401.{number:05}v2</guid>
      <category>cs.DS</category><category>cs.AI</category>
      <pubDate>Tue, 02 Jan 2024 00:00:00 -0500</pubDate>
      <arxiv:announce_type>{kind}</arxiv:announce_type>
      <dc:creator>Ada Lovelace, Alan Turing (1 and 2), Kurt Gödel and S. Davis, Jr.</dc:creator>
    </item>
"""


RSS = RSS_HEAD + announced(11, "new") + announced(12, "replace") + announced(13, "cross") + RSS_FOOT
RSS_EMPTY = RSS_HEAD + RSS_FOOT

ARXIV_ATOM_FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns="http://www.w3.org/2005/Atom">
  <id>http://rss.arxiv.org/atom/cs.DS</id>
  <title>cs.DS updates on arXiv.org</title>
  <updated>2024-01-02T05:00:00+00:00</updated>
  <entry>
    <id>oai:arXiv.org:2401.00011v1</id>
    <title>Heaps 11</title>
    <updated>2024-01-02T05:00:00+00:00</updated>
    <link href="https://arxiv.org/abs/2401.00011" rel="alternate" type="text/html"/>
    <summary>arXiv:2401.00011v1 Announce Type: new
Abstract: We pile 11 heaps.</summary>
    <category term="cs.DS"/>
    <published>2024-01-02T00:00:00-05:00</published>
    <arxiv:announce_type>new</arxiv:announce_type>
    <dc:creator>Ada Lovelace</dc:creator>
  </entry>
</feed>
"""

OTHER_RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://media.example/">
  <channel>
    <title>Journal of Piles</title>
    <link>https://piles.example/</link>
    <item>
      <media:title>A picture</media:title>
      <title>On &lt;i&gt;Piles&lt;/i&gt; &amp;amp; Sand</title>
      <link>https://doi.org/10.1000/pile.7</link>
      <description>&lt;p&gt;Sand &amp;lt; rocks.&lt;/p&gt;</description>
      <author>a@b.example (Ada Lovelace)</author>
      <pubDate>Mon, 01 Jan 2024 23:30:00 -0500</pubDate>
    </item>
    <item>
      <title>A Post</title>
      <link>https://piles.example/post?x=1</link>
      <dc:creator>G\u00f6del, Kurt</dc:creator>
    </item>
    <item><title>No link</title></item>
    <item><link>https://piles.example/untitled</link></item>
    <item><title>Elsewhere</title><link>javascript:alert(1)</link></item>
  </channel>
</rss>
"""

BIBTEX = r"""@Comment{jabref-meta: databaseType:bibtex;}
@preamble{"\newcommand{\noopsort}[1]{}"}
@string{nips = "Advances in " # {Neural Piles}}

A line that belongs to nothing.

@inproceedings{lovelace,
  title = {Heaps of {Heaps}, with {\"O}vals -- and $n^{2}$ Piles.},
  author = {Lovelace, Ada and Kurt G{\"o}del and {Piles and Sons} and others},
  crossref = {proc17},
  eprint = {1706.00011v5}, archivePrefix = {arXiv}, primaryClass = {cs.DS},
  month = jun,
}
@article{turing, title = "On {``}Sand''", journal = nips # { 30}, year = 2017, month = "23~" # feb,
  author = "Erd{\H o}s, P{\'a}l and van der Berg, Jr., Jan", doi = {https://doi.org/10.1000/A\_B},
  url = {https://sand.example/a\_b}, keywords = {sand; piles, sand}, abstract = {Sand \& 5\%.}}
@article{turing, title = {The Same Key}, journal = {CoRR}, volume = {abs/1701.00012}, year = {2017}}
@article{twice, title = {First}, title = {Second}, year = {20xx}}
@misc{untitled, author = {Nobody}}
@article{open, title = {Never closed,
  year = 2020

@article(round, title = {Parentheses}, note = {see arXiv:2101.00013 [cs.LG]}, date = {2021-03})
@misc{comma, title = {No Comma} year = {2019}}
@proceedings{proc17, title = {Proceedings of Piles}, booktitle = {Piles 2017}, year = {2017}}
@book{end, title = {The End
"""

RIS = """TY  - JOUR
TI  - Heaps of Heaps
AU  - Lovelace, Ada
AU  - Davis, Sammy, Jr.
AU  - Plato
PY  - 2017
DA  - 2017/06/02/
JO  - Journal of Piles
AB  - We pile heaps
  of heaps.
KW  - heaps
KW  - piles
DO  - https://doi.org/10.1000/A.B
UR  - https://arxiv.org/abs/1706.00011v2
ER  -

TY - GEN
T1 - Sand
A1 - Turing, Alan
Y1 - 2001
UR - https://sand.example/a;b
TY  - JOUR
AU  - Nobody
ER  -
AU  - Somebody
TI  - Without its beginning
ER  -
TY  - CONF
TI  - At the end
T2  - Piles Conference
"""

CSL = """[
 {"id": "a", "type": "article-journal", "title": "Heaps of <i>Heaps</i>",
  "author": [{"family": "Lovelace", "given": "Ada"}, {"literal": "Piles and Sons"},
             {"family": "Berg", "non-dropping-particle": "van der", "given": "Jan", "suffix": "Jr."}
  ],
  "issued": {"date-parts": [["2017", 6, "2"]]}, "container-title": "Journal of Piles",
  "DOI": "10.1000/A.B", "URL": "https://doi.org/10.1000/a.b", "keyword": "heaps, piles",
  "note": "arXiv:1706.00011 [cs]", "abstract": "<jats:p>Sand &lt; rocks.</jats:p>"},
 {"id": "b", "type": "article", "title": null, "issued": {"raw": "2001"}},
 {"id": "c", "title": 7},
 "d",
 {"id": "e", "title": "Cut ",, "DOI": "10.1000/e"},
 {"id": "f", "title": ["Sand"], "author": "Turing", "issued": {"raw": "2001-05"},
  "URL": "https://sand.example/", "publisher": null}
]
"""

_ROW = "-" * 78
LISTING = f"""Submissions to:
Data Structures and Algorithms
 received from  Fri 29 Dec 23 19:00:00 GMT  to  Mon  1 Jan 24 19:00:00 GMT
{_ROW}
{_ROW}
\\\\
arXiv:2401.00011
Date: Mon, 1 Jan 2024 16:59:02 GMT   (12kb)

Title: Heaps of Heaps, and How They Were Piled on Other
  Heaps
Authors: Ada Lovelace (1 and 2), Alan Turing (2)
  and Kurt G\\"odel ((1) Here, (2) There)
Categories: cs.DS math.CO
Comments: 12 pages
Journal-ref: J. Heaps 1 (2024)
DOI: 10.1000/heap.1
License: http://creativecommons.org/licenses/by/4.0/
\\\\
  We pile heaps
of heaps.
\\\\ ( https://arxiv.org/abs/2401.00011 ,  12kb)
{_ROW}
\\\\
arXiv:2312.00012 (*cross-listing*)
Date: Fri, 1 Dec 2023 10:00:00 GMT   (3kb)

Title: Sand
Authors: Alan Turing
Categories: math.CO cs.DS
\\\\
  Sand runs.
\\\\ ( https://arxiv.org/abs/2312.00012 ,  3kb)
%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%
{_ROW}
\\\\
arXiv:2301.00013
replaced with revised version Mon, 1 Jan 2024 09:54:07 GMT   (1239kb,D)

Title: Old Piles
Authors: Ada Lovelace
Categories: cs.DS
\\\\ ( https://arxiv.org/abs/2301.00013 ,  1239kb)
{_ROW}
\\\\
arXiv:2401.00014
Date: Mon, 1 Jan 2024 16:59:02 GMT   (12kb)

Authors: Nobody
\\\\
  No title.
\\\\ ( https://arxiv.org/abs/2401.00014 ,  12kb)
{_ROW}
%%%---%%%
For help write to nobody.
"""
MAIL_HEADERS = """Return-Path: <no-reply@arxiv.example>
From: no-reply@arxiv.example
Subject: cs daily Subj-class mailing
Date: Tue, 2 Jan 2024 01:00:00 -0500
MIME-Version: 1.0
"""
