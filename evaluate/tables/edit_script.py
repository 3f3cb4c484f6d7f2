"""Edits of the writing itself: traditional characters, mirrors' glosses, radicals for characters,
full-width forms, spaces and invisible characters inside words."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .sheets import Edit, Printed, Sheet
from .truth import Truth

# Of the characters that the kit prints; apart from the reader's own table.
_TRADITIONAL = str.maketrans(
    "万业东为举书于产亲仅从会传体余关兴养册写决况净减则刘别办务动区医华协单卖卢卫厂厅历压县参双发变"
    "号后启响员团国图场块坏报护拟择挂损换据数断无时显术机权条来极构标样检楼欢没测满灵点营获监确离种积"
    "称稳竞类系纠纪纯纳组细织终经结给统继续维综编缴网罚职联胜节苏范规视览计订认议讯许设访证评识诉诚话"
    "详语说请读谁调谈购贯质账费资过还进远违连选递邮释里钟钱银锋错键镇问间闻队际陆险随难页项须预领题额"
    "风饮馆验齐强当总处废现执询档案",
    "萬業東為舉書於產親僅從會傳體餘關興養冊寫決況淨減則劉別辦務動區醫華協單賣盧衛廠廳歷壓縣參雙發變"
    "號後啟響員團國圖場塊壞報護擬擇掛損換據數斷無時顯術機權條來極構標樣檢樓歡沒測滿靈點營獲監確離種積"
    "稱穩競類係糾紀純納組細織終經結給統繼續維綜編繳網罰職聯勝節蘇範規視覽計訂認議訊許設訪證評識訴誠話"
    "詳語說請讀誰調談購貫質賬費資過還進遠違連選遞郵釋裡鐘錢銀鋒錯鍵鎮問間聞隊際陸險隨難頁項須預領題額"
    "風飲館驗齊強當總處廢現執詢檔案",
)
_AFTER = {"重复": "重複", "反复": "反覆", "复议": "複議", "开": "開", "内": "內", "属": "屬", "讼": "訟", "制作": "製作",
          "制发": "制發", "审": "審", "转": "轉", "补": "補", "归": "歸", "对": "對", "与": "與"}  # fmt: skip
_GLOSSES = {"動": "(dòng)", "處": "(chǔ)", "數": "(shù)", "複": "(fù)", "請": "(qǐng)", "會": "(huì)", "織": "(zhī)"}
_LOCAL = {"規範性文件": "規範性檔案", "程式": "程序"}
# Kangxi and other radicals that fonts of converters give for characters.
_RADICALS = str.maketrans(
    "一二人八十大工文方无日月止用目自行金面长民见门页",
    "⼀⼆⼈⼋⼗⼤⼯⽂⽅⽆⽇⽉⽌⽤⽬⾃⾏⾦⾯⻓⺠⻅⻔⻚",
)
_WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789.,/()-"}
_HIDDEN = ("\u200b", "\ufeff", "\u00ad", "\u2060")


def everywhere(change: Callable[[Random, str], str], *, values: bool = False) -> Edit:
    """Change every text, and the values' too where ``values``."""

    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        report.parts = [p if isinstance(p, Sheet) else change(rng, p) for p in report.parts]
        for sheet in report.sheets():
            for row in sheet.rows:
                for cell in row.cells:
                    if values or cell.key is None:
                        cell.text = change(rng, cell.text)

    return edit


def traditional(rng: Random, text: str) -> str:
    for plain, other in _AFTER.items():
        text = text.replace(plain, other)
    return text.translate(_TRADITIONAL)


def localised(rng: Random, text: str) -> str:
    """With words of Taiwan, as an encyclopaedia's mirror has them."""
    text = traditional(rng, text)
    for plain, other in _LOCAL.items():
        text = text.replace(plain, other)
    return text


def glossed(rng: Random, text: str) -> str:
    """With the reading after characters that have several, as one converter prints it."""
    return "".join(c + _GLOSSES.get(c, "") for c in traditional(rng, text))


def bracketed(rng: Random, text: str) -> str:
    """With the simplified character in brackets behind some, as one mirror prints it."""
    if len(other := traditional(rng, text)) != len(text):
        return other
    return "".join(
        new + (f"({old})" if new != old and rng.random() < 0.35 else "")
        for old, new in zip(text, other, strict=True)
    )


def radicals(rng: Random, text: str) -> str:
    return text.translate(_RADICALS)


def wide(rng: Random, text: str) -> str:
    return text.translate(_WIDE)


def hidden(rng: Random, text: str) -> str:
    """An invisible character inside of every third word."""
    if len(text) < 2 or rng.random() < 0.67:
        return text
    at = rng.randrange(1, len(text))
    return text[:at] + rng.choice(_HIDDEN) + text[at:]


def split_digits(rng: Random, report: Printed, truth: Truth) -> None:
    """Invisible characters inside of numbers."""
    for sheet in report.sheets():
        for cell in sheet.values():
            if len(cell.text) > 1 and rng.random() < 0.5:
                cell.text = cell.text[0] + rng.choice(_HIDDEN) + cell.text[1:]
