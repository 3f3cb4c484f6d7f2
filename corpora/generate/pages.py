"""Blocks to a web page as sites have them: furniture around, tables with row and column spans."""

from __future__ import annotations

import html
import random
from collections.abc import Mapping, Sequence

from .faults import Printed
from .latent import Latent
from .parts import Block, Paragraph
from .tables import GridCell

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}_{site}</title>
{metas}<style>.nav{{height:40px}}</style>
<script>var id = {hits};</script>
</head>
<body>
{above}<div class="article">
<h1>{title}</h1>
{info}{body}</div>
{below}</body>
</html>
"""
_METAS = '<meta name="ArticleTitle" content="{title}">\n<meta name="PubDate" content="{date}">\n<meta name="ContentSource" content="{agency}">\n'
_ABOVE = (
    '<div class="header"><a href="/">无障碍阅读</a> <a href="/">长者模式</a></div>\n',
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw/">政务公开</a></li><li><a href="/fw/">政务服务</a></li><li><a href="/hd/">互动交流</a></li></ul></div>\n',
    '<div class="position">您现在的位置：<a href="/">首页</a> &gt; <a href="/zw/">政务公开</a> &gt; 政府信息公开年报</div>\n',
)
_INFO = (
    '<div class="info"><span>发布时间：{date}</span>&nbsp;&nbsp;<span>来源：{agency}</span>&nbsp;&nbsp;<span>浏览次数：{hits}</span></div>\n',
    '<div class="tools">字体：【<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】 <a href="#">打印</a> <a href="#">关闭</a></div>\n',
)
_BELOW = (
    '<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>\n',
    '<div class="pn"><p>上一篇：<a href="#">通知公告</a></p><p>下一篇：<a href="#">部门动态</a></p></div>\n',
    '<div class="footer"><p>主办单位：{agency}</p><p>备案号：00000000号　网站标识码：0000000000</p></div>\n',
)


def _cell(cell: GridCell, printed: Printed, style: str, dice: random.Random) -> str:
    spans = "".join(
        f' {name}="{value}"' for name, value in (("rowspan", cell.rowspan), ("colspan", cell.colspan)) if value > 1
    )
    text = html.escape(printed.prints[cell.place] if cell.place else cell.text, quote=False)
    if not text:
        text = "&nbsp;" if style != "plain" else ""
    elif not cell.place and len(text) > 8 and style == "broken":
        text = f"{text[:5]}<br/>{text[5:]}"
    if style == "paragraphs":
        text = f"<p>{text}</p>"
    return f"<td{spans}>{text}</td>"


def table_html(printed: Printed, dice: random.Random) -> str:
    """A table of a page: spans as the form has them, in one of three habits of markup."""
    style = dice.choice(("plain", "paragraphs", "broken"))
    rows = "".join("<tr>" + "".join(_cell(cell, printed, style, dice) for cell in row) + "</tr>\n" for row in printed.grid)
    return f'<table border="1" cellspacing="0"><tbody>\n{rows}</tbody></table>\n'


def page(blocks: Sequence[Block], tables: Mapping[str, Printed], latent: Latent, title: str, dice: random.Random) -> str:
    """The page of a report (the title's block is left to its headline)."""
    values = {
        "agency": latent.body.name, "date": f"{latent.published.isoformat()} 09:30", "hits": latent.total * 3 + 17,
        "title": html.escape(title), "site": f"{latent.body.places[0]}政府网",
    }  # fmt: skip
    opened, closed = dice.choice((("<p>", "</p>"), ('<p style="text-indent:2em;"><span style="font-family:仿宋;">', "</span></p>"), ("<div>", "</div>"), ("<p>　　", "</p>")))
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            text = html.escape("".join(clause.text for clause in block.clauses), quote=False)
            if text == html.escape(title, quote=False):
                continue
            text = text.replace("“", "&ldquo;").replace("”", "&rdquo;") if opened == "<div>" else text
            lines.append(f"<p><strong>{text}</strong></p>\n" if block.clauses[0].heading and len(block.clauses) == 1 else f"{opened}{text}{closed}\n")
        else:
            lines.append(table_html(tables[block.name], dice))
    body = "".join(lines)
    if dice.random() < 0.1:  # the whole article in a table that only lays it out
        body = f'<table width="100%"><tr><td>\n{body}</td></tr></table>\n'

    def some(parts: Sequence[str], share: float) -> str:
        return "".join(part.format(**values) for part in parts if dice.random() < share)

    return _PAGE.format(
        metas=_METAS.format(**values) if dice.random() < 0.7 else "", above=some(_ABOVE, 0.6),
        info=some(_INFO, 0.6), body=body, below=some(_BELOW, 0.6), **values,
    )  # fmt: skip
