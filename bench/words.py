"""A vocabulary the size of real abstracts': common words, words of the field, and a long tail.

The tail is invented: its words are made of syllables, each from its rank alone, so that any
number of them are distinct and the same in every run.
"""

from __future__ import annotations

import random
from itertools import accumulate


def listed(text: str) -> list[str]:
    """The words of a text; word lists are easier to keep this way than as literals."""
    return text.split()


COMMON = listed("""
the of and to a in we for that is on with our by this are as from can be which an it model models
method methods data learning results show training language using based performance tasks approach
these between have large propose more while new both also such has their existing or task not
however than through at state-of-the-art its paper each across study work present two framework
different novel number first over only problem but into been most may several achieve one well under
without during when where all many improve they further demonstrate introduce other often compared
""")
"""The most frequent words, most frequent first; the head of Zipf's law."""

FIELD = listed("""
neural network networks deep attention transformer transformers retrieval generation reasoning
benchmark benchmarks dataset datasets image images video audio speech text visual vision multimodal
diffusion reinforcement policy reward agent agents planning search memory context long-context token
tokens embedding embeddings representation representations encoder decoder latent features
pretraining fine-tuning instruction alignment preference human feedback evaluation metric metrics
accuracy efficiency efficient inference latency throughput quantization pruning distillation sparse
dense graph graphs node nodes edge molecular protein drug medical clinical diagnosis segmentation
detection classification regression clustering recognition tracking estimation reconstruction depth
scene object objects pose motion robot robots robotic manipulation navigation driving simulation
control optimization gradient descent convergence convex stochastic bound bounds theorem proof
variational bayesian posterior prior likelihood uncertainty calibration robustness adversarial
attack attacks defense privacy federated fairness bias safety toxic hallucination hallucinations
factual knowledge question answering summarization translation dialogue conversation code program
programs software execution compiler mathematics mathematical theorem-proving logic symbolic causal
counterfactual recommendation ranking query queries document documents passage passages corpus index
web social news scientific literature citation survey analysis empirical theoretical experiments
ablation scaling law laws parameters billion compute budget hardware memory-efficient kernel kernels
architecture architectures mixture experts expert routing layer layers block blocks head heads
convolution convolutional recurrent state space spaces sequence sequences temporal spatial frequency
spectral fourier wave signal noise denoising generative adversary autoencoder flow flows matching
contrastive self-supervised semi-supervised supervised unsupervised zero-shot few-shot transfer
domain adaptation generalization out-of-distribution shift continual lifelong curriculum
meta-learning prompt prompts prompting chain-of-thought step-by-step tool tools function calling
workflow interactive environment environments game games multi-agent cooperation negotiation
strategy exploration exploitation offline online world trajectory trajectories demonstration
imitation synthetic augmentation annotation labels label weak noisy quality filtering curated
open-source proprietary api chatbot assistant assistants user users interface interaction
personalization education health finance legal climate weather physics chemistry materials biology
genomics astronomy geometry topology algebra combinatorial discrete continuous linear nonlinear
quantum circuit energy power sensor sensors wireless edge-computing cloud distributed parallel
asynchronous communication bandwidth compression cache caching decoding speculative sampling
temperature entropy perplexity tokenization multilingual low-resource cross-lingual morphology
syntax semantics pragmatics discourse entity entities relation relations extraction event events
sentiment emotion style editing inpainting super-resolution rendering radiance gaussian splatting
mesh point cloud texture material lighting camera view views stereo optical
""")
"""Words of the field, in no order; they follow the common ones."""

CONNECTING = listed("""
additionally moreover specifically furthermore consequently finally notably importantly
comprehensive extensive experiments conducted outperforms outperform significantly substantially
consistently effectively effective leverage leverages leveraging enable enables address addresses
challenge challenges challenging remain remains limited limitation limitations crucial promising
recent recently advances progress despite although because therefore thus hence within among along
toward towards beyond against before after against per via given respectively up down out about some
any no same similar various multiple single simple complex general specific high low higher lower
better best strong weak fast slow small larger smaller full partial key main core common diverse
rich real synthetic real-world practical potential current previous prior available publicly release
released code project page supplementary appendix evaluate evaluated evaluating proposed proposes
presents presented introducing design designed designs develop developed build built provide
provides providing reveal reveals observe observed find finds findings suggest suggests indicate
indicates highlight highlights explore investigate examine analyze compare contrast combine combines
combined integrate integrates integrating capture captures capturing reduce reduces reducing
increase increases increasing require requires required requiring maintain maintaining preserve
preserving generate generates generated learn learned learns train trained solve solving understand
understanding predict prediction predictions select selection identify identifying rather instead
even still yet already often usually typically mostly largely highly widely less fewer much little
every either neither whether how what why who whose them us itself themselves
""")
"""Words that hold abstracts together; they come last of the known ones."""

_CONSONANTS = listed("b d f g h k l m n p r t v z st tr pl gr")
_VOWELS = listed("a e i o u")
_SYLLABLES = [consonant + vowel for consonant in _CONSONANTS for vowel in _VOWELS]
_ENDINGS = listed("n k m x t p b g")
_STEP = 7919
"""A prime that no size of a class of words divides by: neighbours in rank don't look alike."""


def tail_word(rank: int) -> str:
    """The invented word of a rank, from 0; another one for every rank."""
    length = 2
    size: int = len(_SYLLABLES) ** length * len(_ENDINGS)
    while rank >= size:
        rank -= size
        length += 1
        size = len(_SYLLABLES) ** length * len(_ENDINGS)
    rest, ending = divmod(rank * _STEP % size, len(_ENDINGS))
    syllables = []
    for _ in range(length):
        rest, place = divmod(rest, len(_SYLLABLES))
        syllables.append(_SYLLABLES[place])
    return "".join(syllables) + _ENDINGS[ending]


class Vocabulary:
    """Words as they come in abstracts, drawn with `chance`."""

    TAIL_SHARE = 0.15
    """Of all words, those of the tail."""
    TAIL_SLOPE = 1 / 0.8
    """Ranks fall off with the power of 1.8: growth and once-seen words follow from that."""
    TAIL_SHIFT = 1000
    """How many tail words are about equally frequent."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._known = list(dict.fromkeys([*COMMON, *FIELD, *CONNECTING]))
        order = self._known[len(COMMON) :]
        chance.shuffle(order)
        self._known[len(COMMON) :] = order
        self._weights = list(accumulate(1 / (rank + 4) for rank in range(len(self._known))))
        self._fields = list(dict.fromkeys(FIELD))

    def words(self, count: int) -> list[str]:
        """`count` words of running text."""
        words = self._chance.choices(self._known, cum_weights=self._weights, k=count)
        for place in range(count):
            if self._chance.random() < self.TAIL_SHARE:
                words[place] = self.rare()
        return words

    def rare(self) -> str:
        """A word of the tail."""
        spread = (1 - self._chance.random()) ** -self.TAIL_SLOPE
        return tail_word(int(self.TAIL_SHIFT * (spread - 1)))

    def topic(self) -> str:
        """A word of the field, each as likely as the next."""
        return self._chance.choice(self._fields)
