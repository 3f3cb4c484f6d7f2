"""Each label and topic in a few words, for the baseline that has learned from no example.

Written from ``corpora/GUIDELINE.md`` and the field's names, before any clause was scored with them.
"""

LABELS = {
    "problem": "工作中存在的问题和不足，做得不够好、不到位、有待改进的地方",
    "commitment": "下一步的打算和改进措施，今后将要加强、完善、开展的工作",
    "done": "本年度已经做了的工作和取得的成效，公开了多少条信息、办理了多少件申请",
    "other": "标题、依据、统计期限、机构职责、联系方式等说明性文字",
}
TOPICS = {
    "awareness": "对公开工作的认识不足，重视程度、主动公开意识",
    "staffing": "人员力量不足，人员兼职、变动频繁，队伍和经费保障",
    "training": "业务培训和学习，工作人员的业务能力和水平",
    "content": "公开的内容和范围，重点领域信息是否全面、实用",
    "timeliness": "信息发布和更新是否及时，时效",
    "channels": "公开的渠道、形式和载体是否多样",
    "platform": "网站、栏目、新媒体等平台的建设和维护",
    "interpretation": "政策解读的质量和形式，图解、问答",
    "interaction": "回应关切、互动交流、意见征集、公众参与",
    "request": "依申请公开的受理、答复和办理质量",
    "review": "信息发布审核、保密审查、错别字和隐私",
    "system": "制度机制、工作流程、职责分工和协调配合",
    "supervision": "监督检查、考核评估、通报问责",
    "balance": "各部门、各乡镇之间公开工作发展不平衡，基层薄弱",
    "publicity": "宣传推广不够，群众知晓率、关注度不高",
    "other": "笼统地说公开工作与要求还有差距，不断改进提高",
}
