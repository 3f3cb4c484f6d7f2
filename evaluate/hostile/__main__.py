"""``python -m evaluate.hostile``: hostile files, each with its seconds, peak memory and error."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from .files import FILES
from .measure import MOST_MEMORY, MOST_SECONDS, measure


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m evaluate.hostile", description=__doc__)
    parser.add_argument("--only", action="append", help="a file's name (may be repeated)")
    parser.add_argument("-o", "--out", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    found = {}
    print(f"bounds: {MOST_SECONDS:g} s of processor time, {MOST_MEMORY:g} MiB")
    print("| file | size, MB | seconds | peak, MiB | error | said |\n|---|---|---|---|---|---|")
    for name, make in FILES.items():
        if options.only and name not in options.only:
            continue
        data = make()
        one = found[name] = measure(data)
        print(f"| {name} | {len(data) / 1e6:.1f} | {one.seconds:.2f} | {one.memory:.0f} "
              f"| {one.code or 'none: read'} | {one.said} |{'' if one.holds else ' bounds broken'}", flush=True)  # fmt: skip
    if options.out:
        figures = {name: asdict(one) for name, one in found.items()}
        options.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0 if all(one.holds for one in found.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
