"""What befalls a report between the form and the reader's file: one edit a function.

An edit changes the sheets in place and names in ``touched`` the cells whose number is no longer
printed, or no longer where a reader could know it: for those a null with a warning is right too.
"""

from __future__ import annotations

from random import Random

from . import edit_filled as filled
from . import edit_script as script
from . import edit_seen as seen
from . import edit_shape as shape
from . import edit_values as values
from . import edit_words as words
from .sheets import Edit, Printed
from .truth import Truth


def _nothing(rng: Random, report: Printed, truth: Truth) -> None:
    """As the form has it."""


EDITS: dict[str, Edit] = {
    "none": _nothing,
    "zeros as /": values.replace_zeros("/"),
    "zeros as -": values.replace_zeros("-"),
    "zeros as —": values.replace_zeros("—"),
    "zeros left blank": values.replace_zeros(""),
    "zeros as 无": values.replace_zeros("无"),
    "zeros as 0件": values.replace_zeros("0件"),
    "one blank cell": values.blank(1),
    "seven blank cells": values.blank(7),
    "seven cells /": values.blank(7, "/"),
    "a blank row": values.blank_row,
    "totals left blank": values.blank_totals,
    "a table left blank": values.blank_table,
    "thousands separators": values.on_values(values.thousands),
    "decimals (3119.0)": values.on_values(values.decimals),
    "full-width digits": values.on_values(values.wide),
    "units in cells": values.on_values(values.units),
    "units after a space": values.on_values(values.spaced_units),
    "padded cells": values.on_values(values.padded),
    "amounts in 元": values.yuan,
    "one row dropped": shape.drop_row,
    "two rows swapped": shape.swap_rows,
    "rows in another order": shape.shuffle_rows,
    "a row repeated": shape.repeat_row,
    "a row twice, different": shape.repeat_other,
    "sub-total rows": shape.subtotals,
    "sums in group rows": shape.group_totals,
    "bare page number": words.noise("#"),
    "footer 第 4 页 共 6 页": words.noise("第 # 页 共 9 页", "第#页", "第#页/共9页", places=2),
    "footer - 4 -": words.noise("- # -", "—#—", "－ # －", "· # ·", "-#-", places=2),
    "page end, header again": words.noise("- # -", "第#页", "", header=True),
    "sentence with a year before 三": words.sentence("requests", "2022年，共办理政府信息公开申请15件。"),
    "sentence with numbers before 三": words.sentence(
        "requests", "本年新收政府信息公开申请 12 件，上年结转 3 件，其中 7 件予以公开。"),
    "sentence before 四": words.sentence("review", "2022年，发生行政复议 2 件、行政诉讼 1 件，结果维持 1 件。"),
    "titles reworded": words.retitle(lambda rng, t: rng.choice(words.REWORDED[t[0]])),
    "titles spaced": words.retitle(lambda rng, t: " ".join(t)),
    "titles missing": words.retitle(lambda rng, t: None),
    "titles glued to tables": words.glue_titles,
    "merged cells": shape.merge_cells,
    "cells merged over rows": shape.merge_rows,
    "split cells": shape.split_cells,
    "applicants in another order": shape.reorder_applicants,
    "columns of 二 in another order": shape.reorder_documents,
    "outcomes in another order": shape.reorder_outcomes,
    "two tables side by side": shape.beside,
    "四 turned: groups as rows": shape.turn_review("groups"),
    "四 turned: outcomes as rows": shape.turn_review("outcomes"),
    "四 turned: fifteen rows": shape.turn_review("fifteen"),
    "四 in two tables": shape.turn_review("two"),
    "labels lose characters": words.lose_characters,
    "labels around their numbers": words.wrap_labels,
    "labels spaced": words.space_labels,
    "labels with notes": words.lengthen_labels,
    "labels numbered 1、": words.dotless,
    "labels after their numbers": words.after_numbers,
    "one label after its numbers": words.torn_row,
    "header of 三 missing": words.no_header,
    "traditional characters": script.everywhere(script.traditional),
    "traditional, words of Taiwan": script.everywhere(script.localised),
    "traditional with readings": script.everywhere(script.glossed),
    "radicals for characters": script.everywhere(script.radicals),
    "full-width throughout": script.everywhere(script.wide, values=True),
    "invisible characters": script.everywhere(script.hidden),
    "invisible characters in numbers": script.split_digits,
    "heads of 二 with notes": seen.heads_with_notes,
    "heads of 二 cut": seen.heads_cut,
    "heads of 三 in two rows": seen.heads_in_two_rows,
    "a further row in 二": seen.further_row,
    "empty rows": seen.empty_rows,
    "totals alone in rows of 0": seen.totals_alone,
    "spaces after numerals": seen.gaps_in_numerals,
    "labels on two lines": seen.labels_on_lines,
    "traditional, simplified in brackets": script.everywhere(script.bracketed),
    "cut short": filled.cut_short,
    "begun late": filled.begun_late,
    "2019: changes in words": filled.changes_in_words,
    "2019: changes with signs": filled.changes_signed,
    "2019: changes blank": filled.changes_blank,
    "2019: two columns of fees": filled.two_columns_of_fees,
    "2019: procurement without a unit": filled.procurement_without_unit,
    "2019: other management in two rows": filled.other_management_in_two,
    "2019: mixed with 2021": filled.mixed_forms,
    "2019: heads of changes cut": filled.reheaded("disclosure", ("增/减", "增/")),
    "2019: heads of changes with \\": filled.reheaded("disclosure", ("增/减", "增\\减")),
    "zeros as 0 or blank": filled.zeros_mixed,
    "sentences for zeros of documents": filled.sentences_in_cells,
    "totals slid beside their number": filled.totals_slid,
    "amounts with six decimals": filled.decimals_of_amounts,
    "labels of 不予公开 lost": filled.labels_of_a_group_lost,
    "label of 规章 lost": filled.label_of_regulations_lost,
    "labels of 三 reworded": filled.labels_reworded,
    "heads of 二 lose characters": filled.reheaded(
        "disclosure", ("现行有效件数", "现行有效件"), ("制发件数", "制件数"), ("新制作数量", "新制数量")),
    "articles without numbers": filled.reheaded(
        "disclosure", *((f"第（{n}）项", "第项") for n in "一五六八九")),
    "heads of 三, 总计 first": filled.total_first,
    "heads of 四 in halves": filled.outcomes_in_halves,
}  # fmt: skip

# Two edits at once, as files of their kind have them.
PAIRS: tuple[str, ...] = (
    "titles missing + labels lose characters",
    "zeros as / + footer 第 4 页 共 6 页",
    "one blank cell + rows in another order",
    "one blank cell + footer - 4 -",
    "thousands separators + units in cells",
    "labels spaced + full-width digits",
    "sub-total rows + applicants in another order",
    "四 turned: groups as rows + zeros as —",
    "traditional characters + labels spaced",
    "traditional characters + one blank cell",
    "radicals for characters + labels lose characters",
    "totals alone in rows of 0 + footer - 4 -",
    "zeros as 0 or blank + cut short",
    "traditional characters + cut short",
    "2019: two columns of fees + 2019: changes in words",
)
