"""``python -m evaluate.tables``: every layout × every edit, in the formats of ``--formats``;
``--appendix``: the indicators of reports up to 2018; ``--speed``: reports a second."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from . import appendix, typeset
from .formats import ALL, FORMATS, chosen
from .runs import EVERY_EDIT, Result, sample, speed, stress
from .scores import Score

# One edit to a real report of 200 cells (89 of them not 0), read by govnianbao, the public parser
# of this form: right, silently wrong.
PEER: dict[str, tuple[int, int]] = {
    "none": (200, 0), "zeros as /": (30, 70), "one blank cell": (68, 127),
    "seven blank cells": (114, 79), "one row dropped": (168, 25), "thousands separators": (83, 113),
    "decimals (3119.0)": (94, 85), "full-width digits": (83, 113), "bare page number": (88, 91),
    "footer 第 4 页 共 6 页": (89, 108), "sub-total rows": (136, 64),
    "sentence with a year before 三": (136, 62), "sentence before 四": (185, 15),
    "titles reworded": (68, 132), "rows in another order": (190, 10), "zeros left blank": (19, 70),
}  # fmt: skip


def _line(name: str, s: Score) -> str:
    cells = max(s.cells, 1)
    fair = (s.right + s.null - s.lost - s.silent) / cells
    return (f"| {name} | {s.documents} | {s.right / cells:.2%} | {s.null / cells:.2%} | {s.lost} | {fair:.2%} "
            f"| {s.silent} | {s.wrong} |")  # fmt: skip


_HEAD = ("| {} | documents | right | null with a warning | of them lost | right or null as warranted "
         "| null without one | silently wrong |{}")  # fmt: skip


def _tables(by: dict[str, dict[str, Score]], appendix_only: bool = False) -> str:
    parts = []
    for kind, scores in by.items():
        peer = kind == "edit" and not set(scores).isdisjoint(PEER) and not appendix_only
        parts.append(_HEAD.format(kind, " govnianbao: right / wrong of 200 |" if peer else ""))
        parts.append("|---|---|---|---|---|---|---|---|" + "---|" * peer)
        for name, one in scores.items():
            figures = PEER.get(name)
            tail = (f" {figures[0]} / {figures[1]} |" if figures else " |") if peer else ""
            parts.append(_line(name, one) + tail)
        parts.append("")
    return "\n".join(parts)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m evaluate.tables", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=3, help="documents a layout and edit")
    parser.add_argument("--formats", default="text,html", help=f"of {','.join(FORMATS)}")
    parser.add_argument("--images", type=int, default=12, help="documents a layout of images")
    parser.add_argument("--edit", action="append", help="this edit only (may be repeated)")
    parser.add_argument("--layout", action="append", help="this layout only (may be repeated)")
    parser.add_argument("--show", type=int, default=0, help="print so many remarks")
    parser.add_argument("--appendix", action="store_true",
                        help="the appendix of indicators of reports up to 2018 instead of the three tables")
    parser.add_argument("--speed", action="store_true", help="reports a second instead")
    parser.add_argument("-o", "--out", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    unknown = set(options.formats.split(",")) - set(FORMATS)
    edits = appendix.EDITS if options.appendix else EVERY_EDIT
    unknown |= set(options.edit or ()) - set(edits)
    unknown |= set(options.layout or ()) - {layout.name for layout in ALL}
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    if options.speed:
        result: dict[str, Any] = {"seed": options.seed, "speed": speed(options.seed)}
        for form, figures in result["speed"].items():
            print(
                f"{form}: reports a CPU second on one core: {figures['per_second']} reading and tables alone "
                f"({figures['reports']} in the kit's layouts), {figures['whole_per_second']} with all "
                f"structure ({figures['whole_reports']} generated)"
            )
    else:
        by = _stressed(options)
        print(_tables(by, options.appendix))
        result = {
            "seed": options.seed,
            "each": options.each,
            "scores": {
                kind: {n: vars_of(s) for n, s in scores.items()} for kind, scores in by.items()
            },
        }
    if options.out:
        options.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


def _results(options: argparse.Namespace) -> Iterator[Result]:
    """All documents of the formats that can be printed here; those of images are a sample."""
    wanted = options.formats.split(",")
    layouts = chosen(wanted, options.layout or ())
    if not typeset.available() and any(layout.typeset for layout in layouts):
        print("no LibreOffice (soffice) here: pdf and image are left out", file=sys.stderr)
        layouts = tuple(layout for layout in layouts if not layout.typeset)
    if find_spec("rapidocr") is None and any(layout.format == "image" for layout in layouts):
        print("the extra ocr is not installed: image is left out", file=sys.stderr)
        layouts = tuple(layout for layout in layouts if layout.format != "image")
    if options.appendix:
        yield from appendix.stress(options.seed, layouts, options.each, options.edit or tuple(appendix.EDITS))
        return
    edits = options.edit or EVERY_EDIT
    yield from stress(
        options.seed, [one for one in layouts if one.format != "image"], options.each, edits
    )
    pictures = [one for one in layouts if one.format == "image"]
    yield from sample(options.seed, pictures, options.images, edits)


def _stressed(options: argparse.Namespace) -> dict[str, dict[str, Score]]:
    by: dict[str, dict[str, Score]] = {
        kind: defaultdict(Score) for kind in ("format", "layout", "edit", "source", "all")
    }
    shown: Counter[str] = Counter()
    for layout, edit, consistent, one, remarks in _results(options):
        source = "consistent" if consistent else "inconsistent as printed"
        for kind, name in zip(by, (layout.format, layout.name, edit, source, "all"), strict=True):
            by[kind][name] += one
        if edit == "none":
            by["format"][f"{layout.format}, clean"] += one
        place = layout.name + edit
        if remarks and shown[place] < 2 and sum(shown.values()) < options.show:
            shown[place] += 1
            first = " ".join(remarks[:4])
            print(f"{layout.name} / {edit} / {source} : {len(remarks)} {first}", file=sys.stderr)
    return by


def vars_of(score: Score) -> dict[str, int]:
    """A score as plain numbers."""
    return {name: getattr(score, name) for name in score.__dataclass_fields__}


if __name__ == "__main__":
    raise SystemExit(main())
