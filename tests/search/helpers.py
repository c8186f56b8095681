"""A small library of real titles with made-up abstracts, and short ways to search it."""

from pathlib import Path

from paperterm.model.query import And, Everything, Node, Word
from paperterm.search import store
from paperterm.search.document import Document, Stamp
from paperterm.search.reader import Hits, Reader

STAMP = Stamp("library-1", 7)

_PAPERS = (
    (
        "It's All in The [MASK]: Simple Instruction-Tuning Enables BERT-like Masked Language"
        " Models As Generative Classifiers",
        "Encoders can be told what to do, too.",
        ("Benjamin Clavié", "Nathan Cooper"),
    ),
    (
        "LLM.int8(): 8-bit Matrix Multiplication for Transformers at Scale",
        "Half of the memory is enough for inference with large weights.",
        ("Tim Dettmers", "Mike Lewis", "Younes Belkada"),
    ),
    (
        "BT^2: Backward-compatible Training with Basis Transformation",
        "Old embeddings stay comparable with new ones.",
        ("Yifei Zhou",),
    ),
    (
        "Memory Networks on the bAbI tasks",
        "Toy questions about a story are answered with a memory that is read twice.",
        ("Jason Weston",),
    ),
    (
        "GPT-4 Technical Report",
        "A report about a large model, and nothing about how it was made.",
        ("Josh Achiam",),
    ),
    (
        "Writing Modern C++ with Language Models",
        "Templates are hard for people and for programs.",
        ("Róbert Csordás", "Jean-Baptiste Alayrac"),
    ),
    (
        "k-means++ Seeding, Revisited",
        "Where clusters begin matters more than how they move.",
        ("Łukasz Kaiser",),
    ),
    (
        "Mamba: Linear-Time Sequence Modeling with Selective State Spaces",
        "A state of a fixed size is enough for a long context, if it may forget.",
        ("Albert Gu", "Tri Dao"),
    ),
    (
        "Mamba Retriever: Utilizing Mamba for Effective and Efficient Dense Retrieval",
        "Retrieval with a state space model. Mamba is compared with transformers of its size.",
        ("Hanqi Zhang", "Chong Chen"),
    ),
    (
        "Efficient Continual Pre-training by Mitigating the Stability Gap",
        "Models lose what they knew when new data comes, and find it again.",
        ("Yiduo Guo",),
    ),
    (
        "A Survey of Longcontext Prompting",
        "Prompts grow, and attention pays for it.",
        ("Haoyi Wu",),
    ),
    (
        "QLoRA: Efficient Finetuning of Quantized LLMs",
        "Quantization to four bits, with adapters on top.",
        ("Tim Dettmers", "Artidoro Pagnoni"),
    ),
    (
        "DeepSeek-R1: Incentivizing Reasoning Capability in LLMs",
        "Rewards alone teach a model to think before it speaks.",
        ("Daya Guo",),
    ),
    (
        "深層学習による文書検索",
        "日本語の論文を探す。",
        ("山田 太郎",),
    ),
    (
        "Naïve Bayes on $\\ell_1$-Balls: $O(n^2)$ is Enough",
        "An old classifier, and an older norm.",
        ("Yann LeCun", "Jürgen Schmidhuber"),
    ),
)

TITLES = tuple(title for title, _, _ in _PAPERS)
DOCUMENTS = tuple(
    Document(10 + 3 * at, title, abstract, authors, (f"2312.{at:05d}",))
    for at, (title, abstract, authors) in enumerate(_PAPERS)
)


def paper(beginning: str) -> int:
    """The id of the paper whose title begins so."""
    (found,) = (d.id for d in DOCUMENTS if d.title.startswith(beginning))
    return found


def made(folder: Path, documents: tuple[Document, ...] = DOCUMENTS) -> Path:
    """An index of `documents`."""
    store.build(folder, documents, STAMP)
    return folder


def typed(text: str, *, open_end: bool = False) -> Node:
    """What a reader means by some words; the last may be unfinished."""
    words = [Word(word) for word in text.split()]
    if open_end and words:
        words[-1] = Word(words[-1].text, prefix=True)
    if not words:
        return Everything()
    return words[0] if len(words) == 1 else And(tuple(words))


def find(reader: Reader, query: str | Node, **facts: list[int]) -> list[int]:
    """The ids that a query finds; all facts are those of `facts`, by the leaf's class name."""
    return list(hits(reader, query, **facts).ids)


def hits(reader: Reader, query: str | Node, **facts: list[int]) -> Hits:
    root = typed(query) if isinstance(query, str) else query
    return reader.search(root, lambda leaf: facts[type(leaf).__name__])
