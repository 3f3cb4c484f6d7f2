"""Which lines of a text belong to a flattened table: cells, not sentences."""

from __future__ import annotations

import re
from functools import lru_cache

from .form import (
    DISCLOSURE_COLUMN_LABELS,
    DISCLOSURE_ROWS,
    REQUEST_COLUMN_LABELS,
    REQUEST_ROWS,
    REVIEW_COLUMN_LABELS,
    REVIEW_ROW_LABELS,
)


def _label_pattern() -> re.Pattern[str]:
    labels = {row.label for row in REQUEST_ROWS}
    labels |= {row.label for rows in DISCLOSURE_ROWS.values() for row in rows}
    for columns in (*DISCLOSURE_COLUMN_LABELS.values(), REQUEST_COLUMN_LABELS):
        labels |= set(columns.values())
    labels |= set(REVIEW_COLUMN_LABELS.values()) | set(REVIEW_ROW_LABELS.values())
    labels |= {
        r"信息内容", r"第二?十?\d*条第\([一二三四五六七八九十\d]+\)项", r"申请人情况",
        r"法人或其他组织", r"\(?单位:?万?元\)?", r"\(?本列数据的?勾稽关系.*", r"三、本年度办理结果",
        r"\([一二三四五六七]\)(?:不予公开|无法提供|不予处理|其他处理)",
        r"行政诉讼", r"[一二三四]、", r"\d[.、]", r"[-+]?[\d.,]+(?:万?元|件|条|项|个)?", r"[/\-]",
        r"(?:法人)?组织", r"指标名称|统计数|统计指标", r"\([^()]*(?:只计|机关)[^()]*\)",
    }  # fmt: skip
    return re.compile("(?:" + "|".join(f"(?:{label})" for label in labels) + ")*")


_LABELS = _label_pattern()
# A row's label in full: its ordinal, its core, and what the form says after it.
_ROW_LABEL = re.compile(
    r"(?:[一二三四]、|\([一二三四五六七]\)|\d[.、])*(?:属于|危及\"?|本机关|本年(?:度)?|申请人|要求|无正当理由|没有)?(?:"
    + "|".join(f"(?:{row.label})" for row in REQUEST_ROWS if row.key != "other.other")
    + r")[^。;0-9]{0,45}"
)
_PAGE = re.compile(r"(?:第?\s*\d+\s*页?\s*(?:共\s*\d+\s*页|/\s*\d+)|[-–—]\s*\d+\s*[-–—]|[PpＰ][.．]?\s*\d+)")


_SENTENCE_MARKS = ("。", ";", ":", ",")
_A_NUMBER = re.compile(r"(?<![\d.])\d[\d.,]*")
_LONGEST_KNOWN = 40  # a longer line is hardly one that other reports have too
_ROW_OF_NUMBERS = re.compile(r"(?:[ \t]+[-+]?\d[\d.,]*){4,}\s*$|(?:\t[^\t。;]{0,40}){2,}$")


def is_table_line(folded_line: str) -> bool:
    """Whether a line of folded text belongs to a flattened table: cells, not sentences.

    >>> is_table_line("| 规章 | 0 | 0 | 0 |"), is_table_line("一是内容不全面。")
    (True, False)
    >>> is_table_line("2.重复申请 0 0 0 0 0 0 0"), is_table_line("信息内容\\t采购项目数量\\t采购总金额")
    (True, True)
    """
    if len(folded_line) > _LONGEST_KNOWN:
        return _is_table_line(folded_line)
    return _known_table_line(folded_line)


def _is_table_line(line: str) -> bool:
    if line.count("|") >= 2:
        return True
    if ("\t" in line or line.count(" ") >= 4) and _ROW_OF_NUMBERS.search(line):
        return True
    bare = "".join(line.replace("|", " ").split())
    if not bare:
        return True
    if _LABELS.fullmatch(bare) is not None or _PAGE.fullmatch(line.strip()):
        return True
    if not line.rstrip().endswith(_SENTENCE_MARKS) and _ROW_LABEL.fullmatch(bare):
        return True
    return not ("。" in line or ";" in line) and len(_A_NUMBER.findall(line)) >= 12


_known_table_line = lru_cache(maxsize=4096)(_is_table_line)  # reports share the form's lines
