"""``python -m evaluate.corpora lexicon``: what the lexicon does to words (seconds).

What it does to the tagger is a row of ``python -m evaluate.tags ablation``.
"""

from __future__ import annotations

import argparse
import json
import sys

from nlp.errors import NianbaoError

from . import lexicon


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="evaluate.corpora", description=__doc__)
    parser.add_argument("study", choices=("lexicon",))
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    try:
        found = lexicon.run()
    except (NianbaoError, OSError) as error:
        print(f"evaluate.corpora: {error}", file=sys.stderr)
        return 1
    print(json.dumps(found, ensure_ascii=False, indent=1) if arguments.json else lexicon.table(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
