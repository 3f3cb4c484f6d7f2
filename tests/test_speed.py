"""What the speed commands measure against: the peers that a machine has."""

from __future__ import annotations

import sys
from types import ModuleType

from evaluate.speed import stages


def test_a_peer_that_is_installed_is_timed_on_the_same_texts(monkeypatch) -> None:
    read: list[str] = []
    peer = ModuleType("govnianbao.annual_report_parser")
    peer.parse_annual_report_text = read.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "govnianbao", ModuleType("govnianbao"))
    monkeypatch.setitem(sys.modules, peer.__name__, peer)
    found = stages._peers(["甲镇公开信息3条。", "乙镇公开信息4条。"], 54)
    assert read == ["甲镇公开信息3条。", "乙镇公开信息4条。"]
    assert found["govnianbao"].keys() == found["plain jieba"].keys()


def test_a_peer_that_is_not_installed_is_said_to_be_so(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "govnianbao", None)
    assert stages._peers(["甲镇公开信息3条。"], 27)["govnianbao"] == "not installed"
