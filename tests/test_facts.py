import pytest

from nlp.document import TextBuilder
from nlp.facts import find_facts
from nlp.narrative import cut_line
from nlp.report import Fact, Source


def facts_of(text: str) -> tuple[Fact, ...]:
    builder = TextBuilder()
    builder.paragraph(text)
    return find_facts(builder.build(Source("x", "txt", "")), cut_line(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年主动公开政府信息33件。", [("published", 33, "件", "33件")]),
        ("收到政府信息公开申请1,204件。", [("requests_received", 1204, "件", "1,204件")]),
        ("承办人大、政协代表建议4件。", [("proposals", 4, "件", "4件")]),
        ("网站访问量175万余人次。", [("visits", 1_750_000, "人次", "175万余人次")]),
        ("发放资料约1820条。", [("other", 1820, "条", "约1820条")]),
        ("未收到政府信息公开申请。", [("requests_received", 0, "件", "未收到政府信息公开申请")]),
        ("根据国务院令第711号和国办公开办函〔2021〕30号。", []),
        ("自2023年1月1日起至2023年12月31日止。", []),
        ("应当在20个工作日内答复。", []),
    ],
)
def test_counts_in_prose(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    found = [(fact.key, fact.value, fact.unit, fact.text) for fact in facts_of(text)]
    assert found == expected


def test_a_proposal_is_never_taken_for_a_request() -> None:
    keys = {fact.key for fact in facts_of("办理政协提案4件，公开办理结果。")}
    assert keys == {"proposals"}


def test_offsets_hold() -> None:
    text = "发布信息1867余条，其中微信公众号推送312条；举办培训2次，培训60人次。"
    assert all(text[fact.start : fact.end] == fact.text for fact in facts_of(text))


def test_the_real_report_gives_its_counts(real_report) -> None:
    from nlp import readers
    from nlp.headings import find_headings
    from nlp.narrative import cut_clauses
    from nlp.sections import find_sections

    document = readers.read(real_report)
    clauses = cut_clauses(document, find_sections(document), find_headings(document))
    found = [(fact.key, fact.value, fact.unit) for fact in find_facts(document, clauses)]
    for expected in (
        ("published", 33, "件"), ("published_class", 1, "件"), ("published_class", 24, "件"),
        ("published_class", 8, "件"), ("proposals", 4, "件"), ("hotline", 1914, "件"),
    ):  # fmt: skip
        assert expected in found
