"""Traditional characters for matching: mirrors of government sites print whole reports in them.

A table of single characters, so that offsets hold. It has the words of the form and of the
headings, and what narrative uses most; where two traditional characters became one, both are in it.
"""

from __future__ import annotations

import re

from .document import Document

# Pairs, traditional before simplified.
_PAIRS = (
    "總总體体況况開开動动處处請请復复複复覆复議议訴诉訟讼題题進进問问報报項项機机關关務务國国區区縣县鎮镇鄉乡廳厅員员會会辦办"
    "發发證证據据數数條条規规則则應应當当為为爲为與与結结轉转減减費费計计劃划構构設设環环節节難难現现時时間间單单個个們们認认"
    "識识學学實实導导續续緊紧黨党後后對对於于從从經经過过廢废決决許许罰罚強强額额萬万購购採采業业組组織织無无屬属護护權权"
    "內内類类執执詢询檔档沒没製制補补確确訪访舉举獲获繳缴納纳維维糾纠審审聯联係系鍵键範范圍围書书繼继標标準准佈布說说"
    "團团龍龙東东門门網网頁页統统蹤踪號号種种級级給给約约細细編编練练總总線线縮缩績绩連连運运達达還还邊边遞递選选適适遺遗"
    "優优傳传價价億亿僅仅傾倾備备側侧參参雙双員员啟启營营嚴严圖图場场塊块壓压夠够獎奖將将專专尋寻層层屆届嶺岭帶带幫帮"
    "幹干庫库廣广張张彈弹徵征徹彻戰战戶户掃扫擇择擔担擴扩擬拟擊击敗败斷断舊旧曉晓曆历歷历術术極极樓楼檢检欄栏歡欢殘残氣气"
    "測测滿满濟济灣湾為为營营獨独產产畫画異异療疗監监盤盘眾众礎础禮礼積积穩稳築筑簡简糧粮紀纪純纯紙纸終终絡络網网線线聞闻"
    "聲声職职聽听腦脑興兴莊庄華华葉叶蓋盖藝艺藥药蘇苏號号補补製制見见覺觉覽览觀观訂订訓训記记設设評评詞词試试話话該该詳详"
    "誤误誠诚語语課课調调談谈論论諮咨講讲謝谢譯译讀读變变讓让財财責责貫贯貨货貧贫貴贵買买貿贸資资賓宾質质賬账贈赠車车軟软"
    "較较載载輪轮輸输辭辞農农郵邮鄰邻醫医針针鐘钟鋼钢錄录錢钱錯错鏈链鏡镜鐵铁長长閉闭閱阅闊阔隊队階阶際际陸陆陽阳隨随險险"
    "雜杂離离電电靈灵靜静響响頂顶順顺須须預预領领頭头頻频顯显願愿風风飛飞養养館馆驗验髮发鬆松魚鱼鮮鲜麗丽點点齊齐齡龄"
)
_SIMPLE = str.maketrans(_PAIRS[::2], _PAIRS[1::2])
_TRACES = ("開", "況", "數", "請", "規", "項")  # one of them is in any traditional page of the form
PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}\)")


_GLOSS = re.compile(r"([^\W\d_])\(([^\W\d_])\)")


def _without_gloss(match: re.Match[str]) -> str:
    """A traditional character without its simplified form in brackets behind it."""
    one, other = match.groups()
    return one + "   " if one != other and one.translate(_SIMPLE) == other else match[0]


def simplified(text: str) -> str:
    """A folded text with traditional characters simplified, glosses (pinyin, or the simplified character
    in brackets) blanked.

    The length stays.

    >>> simplified("主動(dòng)公開情況")
    '主动      公开情况'
    >>> simplified("規(规)章(一)")
    '规   章(一)'
    """
    if not any(trace in text for trace in _TRACES):
        return text
    text = PINYIN.sub(lambda match: " " * len(match[0]), text)
    return _GLOSS.sub(_without_gloss, text).translate(_SIMPLE)


def matchable(document: Document) -> str:
    """``document.folded`` in simplified characters, of the same length: match here."""
    return simplified(document.folded)
