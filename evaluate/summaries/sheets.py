"""Sheets for blind comparison by people: two summaries a report, side by side, order by chance.

``python -m evaluate.summaries sheets --out DIR`` writes ``sheet.txt`` and ``sheet.csv`` for the
reader, with instructions, and ``key.json``, which says what A and B were and is opened only after
the reading. ``count`` turns filled sheets into preferences.
"""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

INSTRUCTIONS = """阅读说明

1. 每组有一份报告原文和两段摘要，记作 A、B，先后次序随机。请先读原文，再读两段摘要。
2. 请不要打听哪段由谁写成，也不要与另一位读者商量；key.json 在全部填完之前不要打开。
3. 在 sheet.csv 中逐组填写：
   better      A、B 或 =（分不出高下）：假如要以您的名义报送，您愿意用哪一段？
   sign_a/b    1 或 0：不改一字您愿意署名吗？
   invented_a/b 摘要里有而原文没有的数字、名称、问题、承诺的个数（0 表示没有）
   turned_a/b  与原文意思相反，或数字张冠李戴（如把提案写成申请、把上年写成本年）的个数
   missing_a/b 您认为必须写而没有写的要点个数
   note        可不填
4. 长短不是标准：短而全胜过长而散；文字通顺、无重复、无半句也在比较之列。
5. 一次读不超过二十组，累了就停。
"""
COLUMNS = ("pair", "better", "sign_a", "sign_b", "invented_a", "invented_b", "turned_a",
           "turned_b", "missing_a", "missing_b", "note")  # fmt: skip


def write(
    reports: Sequence[tuple[str, str, Mapping[str, str]]], ours: str, out: Path, seed: int
) -> int:
    """Write the sheets.

    Parameters
    ----------
    reports : sequence of (id, text, summaries by system)
    ours : str
        The system that is compared with each other one.
    out : Path
        An empty or new folder.
    seed : int
        Of the order of pairs and of A and B.

    Returns
    -------
    int
        Pairs written.

    Raises
    ------
    FileExistsError
        If ``out`` holds a sheet already: filled ones are not overwritten.
    """
    if (out / "sheet.csv").exists():
        raise FileExistsError(f"{out} holds sheets already; name another folder")
    out.mkdir(parents=True, exist_ok=True)
    dice = random.Random(seed)
    pairs = [(name, text, said, other) for name, text, said in reports for other in said
             if other != ours and said[other] and said.get(ours)]  # fmt: skip
    dice.shuffle(pairs)
    key, pages = {}, [INSTRUCTIONS]
    for number, (name, text, said, other) in enumerate(pairs, 1):
        first, second = dice.sample((ours, other), 2)
        key[str(number)] = {"report": name, "A": first, "B": second}
        pages.append(f"{'=' * 30} 第 {number} 组\n\n{text.strip()}\n\n--- A\n{said[first]}\n\n--- B\n{said[second]}\n")
    (out / "sheet.txt").write_text("\n".join(pages), encoding="utf-8")
    with (out / "sheet.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([number, *[""] * (len(COLUMNS) - 1)] for number in key)
    data = {"seed": seed, "ours": ours, "pairs": key}
    (out / "key.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(key)


def count(sheet: Path, key: Path) -> dict[str, dict[str, int]]:
    """Preferences by system that ours was compared with: won, lost, even, left empty."""
    data = json.loads(key.read_text("utf-8"))
    found: dict[str, Counter[str]] = {}
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            pair = data["pairs"][row["pair"]]
            other = pair["B"] if pair["A"] == data["ours"] else pair["A"]
            choice = row["better"].strip().upper()
            outcome = "even" if choice in ("=", "＝") else "empty"
            if choice in ("A", "B"):
                outcome = "won" if pair[choice] == data["ours"] else "lost"
            found.setdefault(other, Counter())[outcome] += 1
    return {other: dict(counts) for other, counts in sorted(found.items())}
