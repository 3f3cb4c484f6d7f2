"""Text out of pictures, through rapidocr (extra ``ocr``; its models come inside its package).

A number is read twice, at two sizes, and stands only where both readings agree and are sure;
else ``UNSURE`` stands in its place, which is no number to anyone.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from ..errors import MissingExtra
from .layout import UNREAD, Char

UNSURE = UNREAD
_SURE = 0.90  # of a cell's recognition, in both readings
_SURE_TEXT = 0.5  # below, a line of prose is noise
_DIGITS = re.compile(r"\d")
_LOOKS_LIKE = str.maketrans({"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1", "，": ",", "．": ".",
                             "。": "."})  # fmt: skip
_BATCH = 16


@lru_cache(maxsize=1)
def engine() -> Any:
    """The recogniser, loaded once.

    Raises
    ------
    MissingExtra
        If rapidocr or its engine is not installed.
    """
    for package in ("rapidocr", "onnxruntime"):
        if find_spec(package) is None:
            raise MissingExtra(
                "is a scan or a picture, whose text must be recognised: "
                "pip install 'nianbao[ocr]', or give the report as text, HTML or Word"
            )
    import numpy as np
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    recogniser = RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "Rec.rec_batch_num": _BATCH,
        }
    )
    blank = np.full((48, 160, 3), 255, np.uint8)
    recogniser(blank, use_det=False, use_cls=False, use_rec=True)  # loads what reads lines
    return recogniser


def read_lines(images: Sequence[Any]) -> list[tuple[str, float]]:
    """Text and confidence of pictures of one line each, in order.

    Parameters
    ----------
    images : sequence of numpy array
        Grey, uint8, shape (height, width); dark on light.
    """
    from rapidocr.ch_ppocr_rec import TextRecInput

    if not images:
        return []
    coloured = [_coloured(image) for image in images]
    read = engine().text_rec(TextRecInput(img=coloured))
    texts, scores = read.txts or (), read.scores or ()
    found = [(str(text), float(score)) for text, score in zip(texts, scores, strict=False)]
    return found if len(found) == len(images) else [("", 0.0)] * len(images)


def _coloured(image: Any) -> Any:
    import numpy as np

    return np.ascontiguousarray(np.repeat(image[:, :, None], 3, axis=2))


def read_twice(images: Sequence[Any]) -> list[tuple[str, float | None]]:
    """The text of one-line cells, and for a number the lower confidence of its two readings;
    ``UNSURE`` for a number that they do not agree on or are not sure of."""
    import cv2

    first = read_lines([_padded(image, 0.25) for image in images])
    doubtful = [i for i, (text, _) in enumerate(first) if is_number(text) or not text]
    larger = [
        _padded(cv2.resize(images[i], None, fx=1.6, fy=1.6, interpolation=cv2.INTER_CUBIC), 0.6)
        for i in doubtful
    ]
    texts: list[tuple[str, float | None]] = [(text, None) for text, _ in first]
    for i, (again, score) in zip(doubtful, read_lines(larger), strict=True):
        text, own = first[i]
        text, again = (one.translate(_LOOKS_LIKE).replace(" ", "") for one in (text, again))
        agreed = text == again and text and min(own, score) >= _SURE
        texts[i] = (text, round(min(own, score), 4)) if agreed else (UNSURE, None)
    return texts


def is_number(text: str) -> bool:
    """Whether a cell's text may be a number: short, and mostly digits or what looks like them."""
    plain = text.translate(_LOOKS_LIKE)
    return (bool(_DIGITS.search(plain)) and not re.search(r"[\u4e00-\u9fff]{2}", plain)) or (
        0 < len(text) <= 2 and not re.search(r"[\u4e00-\u9fff]", text)
    )


def _padded(image: Any, share: float) -> Any:
    import cv2

    edge = max(4, int(share * image.shape[0]))
    return cv2.copyMakeBorder(image, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=255)


def read_page(image: Any, points: float) -> list[Char]:
    """Lines of prose with their places, in points, on a picture of ``points`` points a pixel.

    A number that stands alone may be a cell of a table without rules: ``UNSURE`` stands for one
    that was not read with the confidence that a cell asks for.
    """
    found = engine()(_coloured(image), use_det=True, use_cls=False, use_rec=True)
    if found.boxes is None or found.txts is None:
        return []
    chars = []
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=False):
        if score >= _SURE_TEXT and text.strip():
            xs, ys = [p[0] * points for p in box], [p[1] * points for p in box]
            text = UNSURE if score < _SURE and is_number(text.strip()) else text
            chars.append(Char(text, float(min(xs)), float(min(ys)), float(max(xs)), float(max(ys))))
    return chars
