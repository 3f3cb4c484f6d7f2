"""Chinese words: jieba, loaded once and quietly, with the words of this domain added.

The reference segmenter is jieba 0.42 with its own dictionary and HMM. Its prefix dictionary
is cached in the user's cache folder (never in a shared temporary folder, where another user
could plant one); where no such folder can be written, it is built anew in each process.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import cast

LEXICON = "words.txt"  # in the tagger's model folder; one word a line, # starts a comment
_REMEMBERED = 8_192  # clauses whose words are kept (2 KB each): what repeats does so soon; eight times as many spare no time

Cut = Callable[[str], "tuple[str, ...]"]


def read_lexicon(path: Path) -> tuple[str, ...]:
    """The words of a lexicon file: one a line, comments and blank lines left out."""
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return tuple(line for line in lines if line)


def _cache_folder() -> Path | None:
    """A folder of the user's own for jieba's cache, or None where there is none."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    try:
        folder = Path(base).expanduser() / "nianbao"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder if os.access(folder, os.W_OK) else None


# The two engines differ in one thing: a date, a number of a document, a version (2025-01-17, 1.2.3)
# is one word to rjieba; jieba cuts what its own pattern of foreign words does not hold together.
_JOINED = re.compile(r"[A-Za-z0-9+#&%._\-]*[._\-][A-Za-z0-9+#&%._\-]*")
_FOREIGN = re.compile(r"([A-Za-z0-9]+(?:\.\d+)?%?)")


def _as_jieba_cuts(words: Iterable[str]) -> Iterator[str]:
    """rjieba's words as jieba has them.

    >>> list(_as_jieba_cuts(["2025-01-17", "印发", "1.5%"]))
    ['2025', '-', '01', '-', '17', '印发', '1.5%']
    """
    for word in words:
        if len(word) > 1 and word.strip("-_.") and _JOINED.fullmatch(word):
            yield from filter(None, _FOREIGN.split(word))
        else:
            yield word


@lru_cache(maxsize=4)
def segmenter(lexicon: tuple[str, ...]) -> Cut:
    """A function from text to its words, with ``lexicon`` added to jieba's dictionary.

    The function remembers what it has cut, so that each clause is segmented once. Where
    ``rjieba`` is installed (extra ``speed``), it cuts in jieba's place, fifteen times as fast, and
    jieba with its dictionary (half a second) is not loaded.
    """
    quick = _rjieba(lexicon)
    reference = _jieba(lexicon) if quick is None else None

    @lru_cache(maxsize=_REMEMBERED)
    def cut_once(text: str) -> tuple[str, ...]:
        if quick is not None:
            return tuple(_as_jieba_cuts(quick(text)))
        assert reference is not None
        return tuple(reference(text))

    return cut_once


def _rjieba(lexicon: tuple[str, ...]) -> Callable[[str], list[str]] | None:
    """The faster engine with the lexicon added, or None where it is not installed."""
    try:
        from rjieba import Jieba
    except ImportError:
        return None
    engine = Jieba()
    for word in lexicon:
        engine.add_word(word, None, None)
    return cast("Callable[[str], list[str]]", engine.cut)


def _jieba(lexicon: tuple[str, ...]) -> Callable[[str], list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 has invalid escapes and pkg_resources
        import jieba

    log = jieba.default_logger
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        tokenizer = jieba.Tokenizer()
        folder = _cache_folder()
        if folder is not None:
            tokenizer.tmp_dir = str(folder)
            tokenizer.cache_file = f"jieba-{jieba.__version__}.cache"
        else:
            tokenizer.tmp_dir = os.devnull  # no such folder: jieba builds without a cache
        tokenizer.initialize()
        for word in lexicon:
            tokenizer.add_word(word)
    finally:
        log.setLevel(level)
    return cast("Callable[[str], list[str]]", tokenizer.lcut)


@lru_cache(maxsize=1)
def _default() -> Cut:
    from .artefacts import find_model

    return segmenter(read_lexicon(find_model("tagger") / LEXICON))


def cut(text: str) -> list[str]:
    """The words of ``text`` in order; joined they are ``text`` again.

    >>> cut("依申请公开办理不规范")  # doctest: +SKIP
    ['依申请公开', '办理', '不', '规范']
    """
    return list(_default()(text))
