"""The latent facts of a report: everything that its prose, tables and summary say follows them.

Rates and sizes are those of ``corpora/STUDY.md`` (the section is named at each table).
"""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from nlp.form import APPLICANTS, OUTCOME_ROWS, REVIEW_OUTCOMES, REVIEW_ROWS
from nlp.report import Form

from .names import Body, draw_body

Cells = Mapping[tuple[str, str], "int | float"]

# Study 0: reports read by kind and by era (ministries, of which too little was seen, left out).
KINDS: dict[str, int] = {
    "township": 36, "street": 22, "bureau": 40, "county": 7, "city": 5, "department": 9,
    "university": 5, "school": 1, "hospital": 3, "utility": 4, "zone": 2,
}  # fmt: skip
ERAS: tuple[tuple[tuple[int, int], int], ...] = (((2008, 2013), 36), ((2014, 2018), 34), ((2019, 2020), 29), ((2021, 2025), 37))
OLD_FORM = 0.2  # study 7: the form of 2019 in reports on 2021 to 2023
SHORT_KINDS = ("township", "street", "bureau")

# Study 6: totals disclosed, quartiles; beyond the quartiles from a quarter to thrice as much.
_TOTALS: dict[str, tuple[int, int, int]] = {
    "township": (22, 63, 209), "street": (38, 165, 297), "bureau": (26, 81, 220),
    "department": (580, 1100, 1890), "county": (1800, 5200, 16000), "city": (12000, 32000, 90000),
}  # fmt: skip
# Study 6: share of reports that state requests, and how many.
_REQUESTS: dict[str, tuple[float, int, int]] = {
    "township": (0.14, 1, 5), "street": (0.2, 1, 9), "bureau": (0.24, 1, 13), "department": (0.9, 12, 240),
    "county": (0.95, 9, 85), "city": (1.0, 60, 525), "zone": (0.6, 1, 20), "university": (0.5, 1, 15),
}  # fmt: skip
_OUTCOME_WEIGHTS: dict[str, float] = {
    "granted": 42, "partly_granted": 9, "denied.state_secret": 0.5, "denied.forbidden_by_law": 1,
    "denied.three_securities": 0.5, "denied.third_party": 3, "denied.internal_affairs": 2,
    "denied.process_information": 2, "denied.enforcement_files": 2, "denied.administrative_inquiry": 3,
    "unavailable.not_held": 18, "unavailable.needs_creation": 3, "unavailable.unclear_after_correction": 2,
    "not_processed.complaint": 4, "not_processed.repeated": 3, "not_processed.publication": 0.5,
    "not_processed.excessive": 0.5, "not_processed.reconfirmation": 0.5,
    "other.no_correction_in_time": 2, "other.fee_unpaid": 0.2, "other.other": 4,
}  # fmt: skip
_APPLICANT_WEIGHTS = (84, 8, 1, 1, 3, 3)
CHANNELS = ("政府网站", "微信公众号", "公示栏", "微博", "电子显示屏", "新闻媒体", "公开栏")
CLASSES = ("工作动态", "政策文件", "通知公告", "财政资金", "机构职能", "人事信息", "办事服务", "规划计划", "重点领域", "民生信息")


@dataclass(frozen=True, slots=True)
class Latent:
    """What is true of one report before a word of it is written. Counts are whole numbers;
    ``parts`` add up to ``total``; ``disclosure``, ``requests``, ``review`` hold every cell of the
    form, totals included, ``handled`` the requests by outcome."""

    body: Body
    form: Form
    year: int
    published: datetime.date
    short: bool
    total: int
    parts: tuple[tuple[str, int], ...]
    disclosure: Cells
    requests: Cells
    review: Cells
    trainings: int
    trainees: int
    interpretations: int

    @property
    def received(self) -> int:
        return int(self.requests["new", "total"])

    @property
    def handled(self) -> int:
        return int(self.requests["total", "total"])

    @property
    def carried_out(self) -> int:
        return int(self.requests["carried_out", "total"])

    @property
    def reconsiderations(self) -> int:
        return int(self.review["reconsideration", "total"])

    @property
    def lawsuits(self) -> int:
        return int(self.review["litigation_direct", "total"] + self.review["litigation_after_reconsideration", "total"])


def _size(dice: random.Random, quartiles: tuple[int, int, int]) -> int:
    low, middle, high = quartiles
    edges = (max(1, low // 4), low, middle, high, high * 3)
    quarter = dice.randrange(4)
    return dice.randint(edges[quarter], edges[quarter + 1])


def _split(dice: random.Random, total: int, names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    count = min(dice.choice((2, 2, 3, 3, 4)), total)
    if count < 2:
        return ()
    cuts = sorted(dice.sample(range(1, total), count - 1))
    sizes = sorted((b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)), reverse=True)
    return tuple(zip(dice.sample(names, count), sizes, strict=True))


def _requests(dice: random.Random, kind: str) -> dict[tuple[str, str], int]:
    some, least, most = _REQUESTS.get(kind, (0.15, 1, 5))
    cells: Counter[tuple[str, str]] = Counter()
    if dice.random() < some:
        new = dice.randint(least, most)
        carried = dice.choices((0, 1, 2), (80, 15, 5))[0] if new < 20 else dice.randint(0, new // 12)
        open_ = dice.choices((0, 1, 2), (85, 12, 3))[0] if new < 20 else dice.randint(0, new // 10)
        who = dice.choices(APPLICANTS, _APPLICANT_WEIGHTS, k=new + carried)
        how = dice.choices(tuple(_OUTCOME_WEIGHTS), tuple(_OUTCOME_WEIGHTS.values()), k=new + carried)
        for number, (column, outcome) in enumerate(zip(who, how, strict=True)):
            begin = "carried_in" if number < carried else "new"
            end = "carried_out" if number >= new + carried - open_ else outcome
            for place in (column, "total"):
                cells[begin, place] += 1
                cells[end, place] += 1
                if end != "carried_out":
                    cells["total", place] += 1
    rows = ("new", "carried_in", *OUTCOME_ROWS, "total", "carried_out")
    return {(row, column): cells[row, column] for row in rows for column in (*APPLICANTS, "total")}


def _one_row_other(cells: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """(六)其他处理 as one row, as the form of 2019 has it."""
    for column in (*APPLICANTS, "total"):
        for row in ("other.no_correction_in_time", "other.fee_unpaid"):
            cells["other.other", column] += cells.pop((row, column))
    return cells


def _review(dice: random.Random, requests: int, kind: str) -> dict[tuple[str, str], int]:
    cells: dict[tuple[str, str], int] = {}
    large = kind in ("county", "city", "department")
    for row in REVIEW_ROWS:
        count = 0
        if requests and dice.random() < (0.6 if large else 0.12):
            count = dice.randint(1, max(1, requests // 8))
        how = Counter(dice.choices(REVIEW_OUTCOMES, (60, 14, 16, 10), k=count))
        cells.update({(row, outcome): how[outcome] for outcome in REVIEW_OUTCOMES})
        cells[row, "total"] = count
    return cells


def _disclosure(dice: random.Random, form: Form, kind: str) -> Cells:
    size = {"county": 12, "city": 30, "department": 12, "bureau": 3}.get(kind, 1)
    busy = kind in ("county", "city", "department", "bureau", "zone") or dice.random() < 0.3

    def some(most: int, share: float) -> int:
        return dice.randint(1, most) if busy and dice.random() < share else 0

    rules = dice.randint(1, 6) if kind == "city" else 0
    made = some(2 * size, 0.6)
    cells: dict[tuple[str, str], int | float] = {
        ("regulations", "made"): rules // 3, ("regulations", "in_force"): rules * 4,
        ("normative_documents", "made"): made, ("normative_documents", "in_force"): made + some(8 * size, 0.7),
    }  # fmt: skip
    money = round(some(900 * size, 0.25) + dice.choice((0, 0.5, 0.38, 0.1277)), 4) if busy and dice.random() < 0.4 else 0
    if form == "2021":
        cells |= {("regulations", "repealed"): 0, ("normative_documents", "repealed"): some(2 * size, 0.4)}
        cells |= {(row, "decisions"): some(400 * size, 0.6) for row in ("licences", "penalties")}
        cells |= {("coercive_measures", "decisions"): some(20 * size, 0.3), ("fees", "amount"): money}
    else:
        cells |= {("regulations", "published"): rules // 3, ("normative_documents", "published"): made}
        for row in ("licences", "other_external_management", "penalties", "coercive_measures", "fees"):
            before = some(60 * size, 0.5)
            change = dice.choice((0, 0, 1, 2, 5, -1, -3)) if before > 5 else 0
            cells |= {(row, "items_before"): before, (row, "change"): change}
            if row != "fees":
                cells[row, "decisions"] = some(300 * size, 0.5)
        projects = some(9 * size, 0.5)
        cells |= {("fees", "amount"): money, ("procurement", "projects"): projects,
                  ("procurement", "amount"): round(projects * dice.uniform(1, 60), 4 if dice.random() < 0.3 else 2)}  # fmt: skip
    return {place: int(value) if value == int(value) else value for place, value in cells.items()}


def draw_latent(dice: random.Random, forms: tuple[str, ...] = ("free", "2019", "2021")) -> Latent:
    """Facts of a report in the measured distribution; ``forms`` bounds the eras."""
    while True:
        kind = dice.choices(tuple(KINDS), tuple(KINDS.values()))[0]
        first, last = dice.choices([span for span, _ in ERAS], [weight for _, weight in ERAS])[0]
        year = dice.randint(first, last)
        form: Form = "free" if year <= 2018 else "2019" if year <= 2020 else "2021"
        if 2021 <= year <= 2023 and dice.random() < OLD_FORM:
            form = "2019"
        if kind in ("university", "school"):
            form = "free"  # by school year, under rules of their own
        if form in forms:
            break
    body = draw_body(dice, kind)
    short = kind in SHORT_KINDS and dice.random() < 0.6
    month = dice.choice((10, 10, 11)) if kind == "university" else dice.choice((1, 1, 1, 2, 3))
    published = datetime.date(year + (kind != "university"), month, dice.randint(3, 28))
    total = _size(dice, _TOTALS.get(kind, (30, 120, 400)))
    requests = _requests(dice, kind)
    received = requests["new", "total"]
    if (form == "2019" and dice.random() < 0.8) or (form == "2021" and dice.random() < 0.1):
        requests = _one_row_other(requests)
    trainings = dice.randint(1, 3) if short else dice.randint(1, 12)
    return Latent(
        body=body, form=form, year=year, published=published,
        short=short, total=total,
        parts=_split(dice, total, CHANNELS if dice.random() < 0.5 else CLASSES),
        disclosure=_disclosure(dice, form, kind), requests=requests,
        review=_review(dice, received, kind),
        trainings=trainings, trainees=trainings * dice.randint(12, 60),
        interpretations=dice.randint(1, 9) if short else dice.randint(3, 80),
    )  # fmt: skip
