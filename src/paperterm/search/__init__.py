"""The search index: derived from the catalogue, so it may be deleted at any time and built again.

A paper goes in as a `document.Document`; a question is a `paperterm.model.query` tree; an answer is
`reader.Hits`. The road in: `store` keeps the folder alive, `inverter` turns documents into sorted
arrays with the tokens of `analysis`, `flat` writes them to a file and `codec` makes Whoosh see it
as a segment. The road out: `reader` opens the segments as a `corpus`, `evaluate` walks the tree,
`matching` answers its words with `lexicon` and `scorer`. Why a paper was found: `highlight` and
`snippets` show it in the paper's text, `tracing` and `explain` by what its score is made of.

Only `codec` knows Whoosh's insides. Importing this package loads neither Whoosh nor numpy.
"""
