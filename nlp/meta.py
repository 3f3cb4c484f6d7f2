"""Who reports on which year, when it was published, in which form.

What cannot be read is None with a notice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .agency import agency_of, region_of
from .dates import published_on, year_of
from .document import Document
from .report import Form, Meta, Notice, Section
from .script import matchable
from .title_lines import title_lines

_LABELS_2021 = re.compile(r"本年\s*制发\s*件数|本年\s*废止\s*件数|现行\s*有效\s*件数"
    r"|本年\s*处理\s*决定\s*数量")
_LABELS_2019 = re.compile(
    r"本年新?\s*制作\s*数量|本年新\s*公开\s*数量|对外公开\s*总数量|上一年\s*项目数量"
    r"|采购\s*项目数量"
)


def read_meta(
    document: Document, sections: Sequence[Section]
) -> tuple[Meta, tuple[Notice, ...]]:
    """Agency, region, year, date of publication and form of a report.

    A university reports by school year (高等学校信息公开办法); its ``year`` is the one in which
    the school year ends: 2021—2022学年 is 2022. ``agency`` is the name as printed, without the
    year; where the title gives a place only (``淮州市2024年…``) and the text names its people's
    government, that is the agency. ``form`` follows the year, but printed labels of table 二
    win over it, and a school year without such labels is ``"free"``.

    Returns
    -------
    tuple of Meta and of Notice
        What could not be read is None, with a notice ``no_agency``, ``no_year``,
        ``no_published``; doubts are ``year_conflict``, ``published_far``, ``form_by_labels``.
    """
    text = matchable(document)
    notices: list[Notice] = []
    titles = title_lines(document, text, sections)
    year, school = year_of(text, titles, notices)
    published = published_on(document, text, sections, notices)
    if year is None:
        notices.append(Notice("no_year", "the year of the report was not found", "meta.year"))
    elif published is not None and not year <= int(published[:4]) <= year + 1:
        notices.append(
            Notice(
                "published_far",
                f"published {published}, which is far from the year {year}",
                "meta.published",
            )
        )
    agency = agency_of(document, text, titles, sections)
    if agency is None:
        notices.append(Notice("no_agency", "the name of the agency was not found", "meta.agency"))
    form = _form(text, year, school, notices)
    return Meta(agency, region_of(agency), year, published, form), tuple(notices)


def _form(text: str, year: int | None, school: bool, notices: list[Notice]) -> Form:
    by_year: Form = "free"
    if year is not None and not school:
        by_year = "2021" if year >= 2021 else "2019" if year >= 2019 else "free"
    new, old = len(_LABELS_2021.findall(text)), len(_LABELS_2019.findall(text))
    if max(new, old) < 2 or new == old:
        return by_year
    by_labels: Form = "2021" if new > old else "2019"
    if year is not None and by_labels != by_year and not school:
        notices.append(
            Notice(
                "form_by_labels",
                f"table 二 has the labels of the form of {by_labels}, the year is {year}",
                "meta.form",
            )
        )
    return by_labels
