"""What a question asks of a document itself: its number, its day, what it rests on."""

from __future__ import annotations

import re

from assistant.understand.lexicon import FIELDS, phrases
from assistant.understand.query import DocumentField

WHEN = re.compile(r"(?<!\w)(?:ngay nao|ngay bao nhieu|khi nao|ngay may|hom nao)(?!\w)")
_KIND = r"(?:ke hoach|van ban|quyet dinh|nghi quyet|chi thi|ket luan)"
_RESTS = r"(?:can cu|dua (?:vao|tren|theo)|bam (?:vao|theo|sat)|thuc hien theo|lam theo|theo do)"
# The document above is asked for: "kế hoạch cấp trên mà … căn cứ vào", "dựa vào kế hoạch nào của thành phố".
_ABOVE = re.compile(
    rf"(?<!\w){_KIND}(?: \S+){{0,6}} (?:ma|duoc)(?: \S+){{0,7}} {_RESTS}(?!\w)"
    rf"|(?<!\w)(?<!nhiem vu )theo {_KIND} (?:so may|so bao nhieu|so nao)(?!\w)"
    rf"|(?<!\w){_RESTS}(?: vao| theo)? (?:{_KIND}|van ban) (?:nao|gi|so may|so bao nhieu)(?!\w)"
)
_REPORT_GOES = re.compile(r"(?<!\w)bao cao(?!\w).{0,60}(?<!\w)gui(?!\w)|(?<!\w)gui(?: \S+){0,4} bao cao(?!\w)")
# Words around such a question that ask nothing themselves.
FILLERS = phrases(
    "ban(?= (?:ke hoach|·))", "cai", "ay", "day du", "chinh xac", "cu the", "hom nao", "ngay(?: thang)?(?: nam)?(?: ban hanh| ky)?(?: la)?(?: ngay)?(?: may| nao| bao nhieu)?",
    "(?:cua )?(?:cap|ben) tren", r"(?:(?<=dinh nao )|(?<=hoach nao ))cua (?:thanh pho|tinh|trung uong|chinh phu)", "de (?:lam|ra|xay dung|ban hanh|lap)(?: cai)?", "can cu(?: vao)?", "dua (?:vao|tren|theo)", "ma", "so(?: may| bao nhieu)?", "cua ai", "ky(?= ngay| hom|$)", "ban hanh", "ten", "ky hieu",
)  # fmt: skip


def find_fields(line: str) -> tuple[DocumentField, ...]:
    """What a line of folded words asks of a document itself; of the document above it is what this one rests on."""
    if _ABOVE.search(line):
        return (DocumentField.BASIS,)
    fields = tuple(name for name, pattern in FIELDS if pattern.search(line))
    if DocumentField.RECIPIENTS in fields and _REPORT_GOES.search(line):  # of a report that somebody owes
        fields = tuple(name for name in fields if name is not DocumentField.RECIPIENTS)
    if fields and DocumentField.DATE not in fields and WHEN.search(line):
        fields += (DocumentField.DATE,)
    return fields
