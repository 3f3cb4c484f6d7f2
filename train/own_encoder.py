"""A user's own encoder as what the accurate tagger starts from: ``python -m train.encoder --base DIR --out DIR``.

A folder as transformers writes it: ``config.json``, weights as safetensors, a fast tokenizer. Nothing
is downloaded, no code of the folder runs, no pickle is read. The classes are those that
CTranslate2 can serve (:data:`SERVED`); another one gets a clear word before anything is learned.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.encoder import LONGEST_TOKENS
from nlp.errors import MissingModel

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SERVED = ("bert", "roberta", "xlm-roberta", "distilbert")  # model_type in config.json
_ROLES = ("bos_token", "eos_token", "pad_token", "unk_token", "cls_token", "sep_token", "mask_token")


@dataclass(frozen=True)
class Base:
    """A pretrained encoder with what it reads.

    Attributes
    ----------
    model : transformers.PreTrainedModel
    tokenizer : tokenizers.Tokenizer
    marks : (int, int)
        Ids that open and close a text.
    tokens : dict of str to str
        Special tokens by role, as transformers names the roles.
    """

    model: Any
    tokenizer: Tokenizer
    marks: tuple[int, int]
    tokens: dict[str, str]


def load_base(folder: Path) -> Base:
    """The encoder in ``folder``.

    Raises
    ------
    nlp.errors.MissingModel
        If the folder lacks a part, or its class, tokenizer or length cannot be served.
    """
    if not (folder / "config.json").is_file():
        raise MissingModel(f"{folder}: no config.json; --base wants a folder that transformers wrote")
    try:
        facts = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        kind = facts.get("model_type")
    except (ValueError, AttributeError):
        raise MissingModel(f"{folder}: config.json is no JSON object") from None
    if kind not in SERVED:
        raise MissingModel(f"{folder}: CTranslate2 serves no encoder of model_type {kind!r}; one of {', '.join(SERVED)}")
    if "roberta" in kind and facts.get("pad_token_id") != 1:
        # Its positions begin after the pad's id, and the served ones as if that were 1 or absent.
        raise MissingModel(f"{folder}: a {kind} with pad_token_id {facts.get('pad_token_id')}; only 1 can be served")
    if not list(folder.glob("*.safetensors")):
        raise MissingModel(f"{folder}: no .safetensors; save it again with save_pretrained(safe_serialization=True)")
    if facts.get("position_embedding_type", "absolute") != "absolute":
        raise MissingModel(f"{folder}: only absolute positions can be served")
    return _read(folder)


def _read(folder: Path) -> Base:
    from transformers import AutoModel, AutoTokenizer

    closed = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokenizer: Any = AutoTokenizer.from_pretrained(folder, use_fast=True, **closed)
        model = AutoModel.from_pretrained(folder, use_safetensors=True, **closed)
    except Exception as error:  # whatever a damaged checkpoint makes transformers raise
        raise MissingModel(f"{folder} cannot be read: {str(error).splitlines()[0] if str(error) else error!r}") from None
    opening = tokenizer.cls_token_id if tokenizer.cls_token_id is not None else tokenizer.bos_token_id
    closing = tokenizer.sep_token_id if tokenizer.sep_token_id is not None else tokenizer.eos_token_id
    if not getattr(tokenizer, "is_fast", False) or opening is None or closing is None:
        raise MissingModel(f"{folder}: a fast tokenizer with marks that open and close a text is wanted")
    if len(tokenizer) > model.config.vocab_size:
        raise MissingModel(f"{folder}: the tokenizer has {len(tokenizer)} tokens, the model {model.config.vocab_size}")
    most = model.config.max_position_embeddings
    if most < LONGEST_TOKENS + 2:
        raise MissingModel(f"{folder}: it reads at most {most} tokens, windows need {LONGEST_TOKENS + 2}")
    backend = tokenizer.backend_tokenizer
    backend.no_truncation()
    backend.no_padding()
    named = {role: getattr(tokenizer, role) for role in _ROLES}
    return Base(model, backend, (opening, closing), {role: str(token) for role, token in named.items() if token})
