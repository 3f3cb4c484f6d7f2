"""Lines of a web page that are no part of a report: navigation, buttons, licences of the site.

Patterns match a whole line of folded text with its outer blanks off. They are a data table:
one place to add what a new site prints.
"""

from __future__ import annotations

import re

_DAY = r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?"

# Each entry: what it is, and the pattern of the whole line.
FURNITURE: tuple[tuple[str, str], ...] = (
    ("breadcrumb", r"(?:网站)?首\s*页\s*(?:[>»/|-]|&gt;).*"),
    ("place", r"(?:您?(?:现在)?(?:所在)?的?(?:当前)?位置|当前(?:所在)?位置|您(?:现在|所)在的?位置)"
     r"(?:是)?\s*[:>].*"),
    ("buttons", r"(?:[\[【(|\s]*(?:打印(?:本页|本文|此页|页面)?|关闭(?:本页|窗口|页面)?"
     r"|收藏(?:本页|本文)?"
     r"|返回(?:顶部|首页|列表|上一页)?|加入收藏|设为首页|保存(?:本页)?|我要纠错|纠错|字体|字号|大"
     r"|中|小"
     r"|默认|A[-+]?|复制链接|分享(?:到|至)?|微信|新浪微博|微博|QQ空间|QQ|下载|顶部|朗读|语音播报"
     r"|无障碍(?:阅读|浏览)?|长者(?:模式|版)|关怀版|适老化|简体|繁体|简|繁|登录|注册|首页|English"
     r"|网站地图|联系我们|网站支持IPv6|责任编辑|更多)[\]】)|\s:,、+-]*)+"),
    ("share", r"(?:分享(?:到|至|按钮|:|$)|点击分享|扫一扫|扫码|微信扫一扫|打开微信|用微信).{0,40}"),
    ("neighbour page", r"[\[(]?(?:上|下)一(?:篇|条|页)[\])]?\s*(?::.*|\s.*|)"),
    ("related links", r"(?:相关(?:链接|附件|解读|文章|阅读|信息|文档|新闻|报道|稿件)|友情链接"
     r"|推荐阅读|"
     r"附件下载|热门文章|最新文章)\s*:?.{0,60}"),
    ("licence", r".{0,60}(?:公网安备|ICP备|ICP证|网站标识码|政府网站标识).{0,80}"),
    ("site owner", r"(?:主办(?:单位)?|承办(?:单位)?|版权所有|技术支持|Copyright|copyright|©"
     r"|网站管理|"
     r"技术维护|维护单位|建议使用).{0,120}"),
    ("counter", r"(?:浏览(?:次数|量|人数)?|点击(?:率|数|次数|量)?|访问(?:次数|量)?|阅读(?:次数"
     r"|量)?|人气)"
     r"\s*:?\s*[\d,]*\s*次?"),
    ("print size", r"(?:字体|字号|【?字体)(?:大小)?\s*:?\s*[\[【(]?\s*(?:大|特大|较大|A"
     r"|默认).{0,30}"),
    ("page information",
     rf"(?:(?:发布|发文|成文|公开|生成|信息提供|更新|提供|公布|创建|日期)?(?:时间|日期)|来源"
     rf"|信息来源|文章来源|"
     rf"稿件来源|作者|编辑|责任编辑|发布(?:机构|者|单位|人)|发文机关"
     rf"|审核)\s*:\s*(?:{_DAY})?.{{0,120}}"),
    ("index block", r"(?:索\s?引\s?号|组配分类|信息分类|主题分类|公开类别|有\s?效\s?性|文\s?号"
     r"|主题词|体裁分类|"
     r"服务对象|公开形式|公开范围|公开方式|公开程序|内容概述|失效日期|统一编号)\s*[:|]?.{0,80}"),
    ("lost letter", r"[目|a-zA-Z.·>]"),
    ("end mark", r"[(]?(?:此件(?:公开发布|主动公开|依申请公开)|全文完|完|正文结束)[)]?"),
    ("more", r"更多精彩内容.{0,40}|更多>*|查看更多.{0,10}"),
)  # fmt: skip

_LINE = re.compile("|".join(f"(?:{pattern})" for _, pattern in FURNITURE))
_LONGEST = 200


def is_furniture(line: str) -> bool:
    """Whether a whole line (folded) belongs to the page and not to the report.

    >>> is_furniture("首页 > 政务公开 > 年报"), is_furniture("一、总体情况")
    (True, False)
    """
    line = line.strip()
    return len(line) <= _LONGEST and _LINE.fullmatch(line) is not None
