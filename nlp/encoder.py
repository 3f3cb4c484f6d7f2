"""The accurate tagger's network: windows of clauses in, scores of each clause out.

A transformers encoder, fine-tuned by ``train.encoder`` and served in int8 by CTranslate2, gives
states of tokens; a clause's states are averaged, joined to the window's mean, and two linear
heads answer. Needs the extra ``cascade`` (ctranslate2, tokenizers), not torch.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import windows
from .arrays import Floats
from .artefacts import find_model, read_manifest
from .clauses import Clause
from .errors import MissingExtra, MissingModel
from .features import documents_of
from .form import TOPICS
from .report import LABELS

FORMAT = "nianbao-encoder/1"
HEADS = "heads.npz"
TOKENIZER = "tokenizer.json"
OPENING, CLOSING = 0, 2  # ids of <s> and </s>
LONGEST_TOKENS = 510
_BATCH_TOKENS = 768  # small batches stay in the cache: 4,096 costs a third more
_PACKAGES = ("ctranslate2", "tokenizers")


def installed() -> bool:
    """Whether the packages of the extra ``cascade`` are there."""
    return all(find_spec(package) is not None for package in _PACKAGES)


def token_spans(
    offsets: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Which tokens, half open, lie in each stretch of the text; at least one for each.

    Parameters
    ----------
    offsets : sequence of (int, int)
        Start and end in the text of each token, in order.
    spans : sequence of (int, int)

    >>> token_spans([(0, 2), (2, 3), (3, 6)], [(0, 3), (3, 6)])
    [(0, 2), (2, 3)]
    """
    if not offsets:
        return [(0, 1)] * len(spans)
    starts = np.array([start for start, _ in offsets])
    ends = np.array([end for _, end in offsets])
    found = []
    for start, end in spans:
        first = min(int(np.searchsorted(ends, start, side="right")), len(offsets) - 1)
        last = int(np.searchsorted(starts, end, side="left"))
        found.append((first, max(last, first + 1)))
    return found


class Encoder:
    """Scores clauses by a fine-tuned encoder.

    Parameters
    ----------
    folder : Path
        A folder that ``train.encoder`` wrote.
    threads : int, optional
        Threads of the engine; ``OMP_NUM_THREADS`` or all cores where not given.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        import ctranslate2
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        wanted = threads or int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1)
        self.network = ctranslate2.Encoder(
            str(folder), device="cpu", compute_type="int8", intra_threads=wanted
        )
        with np.load(folder / HEADS, allow_pickle=False) as arrays:
            self.heads: dict[str, NDArray[np.float32]] = {
                name: arrays[name].astype(np.float32) for name in arrays.files
            }
        # An encoder of a user's own has marks of its own.
        opening, closing = self.heads.pop("marks", np.array([OPENING, CLOSING]))
        self.marks = (int(opening), int(closing))

    @classmethod
    def load(cls, path: str | Path | None = None, threads: int | None = None) -> Encoder:
        """The encoder in ``path``, or the shipped one.

        Raises
        ------
        MissingExtra
            If ctranslate2 or tokenizers are not installed.
        MissingModel
            If there is none, or a file is not what its hash says.
        """
        if not installed():
            raise MissingExtra(
                "the accurate tagger needs the extra 'cascade': pip install 'nianbao[cascade]', "
                "or ask for --tagger fast"
            )
        folder = Path(path) if path is not None else find_model("encoder")
        manifest = read_manifest(folder)
        if manifest.get("format") != FORMAT:
            raise MissingModel(
                f"{folder} is no encoder of this version; retrain it with `python -m train.encoder`"
            )
        return cls(folder, threads)

    def scores(
        self, clauses: Sequence[Clause], wanted: Sequence[int] | None = None
    ) -> tuple[Floats, Floats]:
        """Label scores (n, 4) and topic scores (n, 16) of clauses.

        Parameters
        ----------
        clauses : sequence of Clause
            Whole documents in order.
        wanted : sequence of int, optional
            Rows to answer for; only windows that hold one are read, rows of other windows stay
            zero.
        """
        labels = np.zeros((len(clauses), len(LABELS)), np.float32)
        topics = np.zeros((len(clauses), len(TOPICS)), np.float32)
        documents = documents_of(clauses).tolist()
        rows_wanted = range(len(clauses)) if wanted is None else wanted
        runs = windows.holding(rows_wanted, clauses, documents)
        built = [windows.build(clauses, rows) for rows in runs]
        for number, vectors in self.pooled(built):
            for row, both in zip(built[number].rows, vectors, strict=True):
                labels[row] = both @ self.heads["labels"] + self.heads["labels.bias"]
                topics[row] = both @ self.heads["topics"] + self.heads["topics.bias"]
        return labels, topics

    def pooled(self, built: Sequence[windows.Window]) -> Iterator[tuple[int, list[Floats]]]:
        """The number of each window, the shortest first, with a vector (2 * width,) for each of
        its clauses: the mean over its own tokens beside the mean over the window."""
        encoded = self.tokenizer.encode_batch([one.text for one in built], add_special_tokens=False)
        order = sorted(range(len(built)), key=lambda number: len(encoded[number].ids))
        batch: list[int] = []
        for number in order:
            longest = min(len(encoded[number].ids), LONGEST_TOKENS) + 2
            if batch and longest * (len(batch) + 1) > _BATCH_TOKENS:
                yield from self._states(batch, built, encoded)
                batch = []
            batch.append(number)
        if batch:
            yield from self._states(batch, built, encoded)

    def _states(
        self, batch: Sequence[int], built: Sequence[windows.Window], encoded: Sequence[Any]
    ) -> Iterator[tuple[int, list[Floats]]]:
        opening, closing = self.marks
        ids = [[opening, *encoded[number].ids[:LONGEST_TOKENS], closing] for number in batch]
        states = np.asarray(self.network.forward_batch(ids).last_hidden_state)
        for number, tokens, read in zip(batch, ids, states, strict=True):
            whole = read[: len(tokens)].mean(axis=0)
            last = len(tokens) - 1  # the closing mark
            spans = token_spans(encoded[number].offsets, built[number].spans)
            clauses = (read[min(a + 1, last - 1) : min(b + 1, last)].mean(axis=0) for a, b in spans)
            yield number, [np.concatenate([clause, whole]) for clause in clauses]
