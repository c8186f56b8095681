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
