"""Pages as pictures: PNG of one page, or a scanned PDF without text; clean or as a scanner has it."""

from __future__ import annotations

import io
from typing import Any

_QUALITY = 70  # of the JPEG pages of a scan


def pages_of(pdf: bytes, dpi: int) -> list[Any]:
    """Grey pictures of the pages."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def png(pdf: bytes, dpi: int) -> bytes:
    """The first page as PNG."""
    stream = io.BytesIO()
    pages_of(pdf, dpi)[0].save(stream, "PNG")
    return stream.getvalue()


def scan(pdf: bytes, dpi: int, *, worn: int | None = None) -> bytes:
    """A PDF of the pages' pictures; with the seed ``worn`` a little skewed, soft and noisy."""
    pages = pages_of(pdf, dpi)
    if worn is not None:
        pages = [_worn(page, worn + number) for number, page in enumerate(pages)]
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=_QUALITY)
    return stream.getvalue()


def _worn(page: Any, seed: int) -> Any:
    import numpy as np
    from PIL import Image, ImageFilter

    rng = np.random.default_rng(seed)
    turned = page.rotate(rng.uniform(-0.5, 0.5), resample=Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(0.6))
    noisy = np.asarray(soft, dtype=np.float32) * 0.92 + 12 + rng.normal(0, 6, (page.height, page.width))
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
