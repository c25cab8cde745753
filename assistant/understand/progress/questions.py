"""Reading a question about progress: "việc nào quá hạn", "nv 7 xong chưa", "tuần qua phường làm xong gì".

What is found here stands beside the query that answers as the documents alone do: who may not see progress is told
what the plan says, as before.
"""

from __future__ import annotations

import re

from assistant.understand.lexicon import LATE, LIST_OF_WORK, OVERDUE, phrases
from assistant.understand.own import office_match
from assistant.understand.own_bodies import own_match
from assistant.understand.progress.days import days_past
from assistant.understand.progress.words import FILLER, THAT_TASK
from assistant.understand.query import About, ProgressAsk
from assistant.understand.reading import Reading
from corpus.progress import TaskState

_END = "(?:xong|hoan thanh|hoan tat|lam xong|done)"
_WORK = "(?:viec|nhiem vu|dau viec|cong viec|cv|task)"
_WHICH = "(?:nao|gi|nhung gi)"
_BODY = "(?:(?:don vi|phong|ban|co quan|bo phan|so|ben)(?: nao)|ai)"
_BEHIND = "(?:cham|tre|i ach)(?: tien do| han| viec)*"
_SLOWEST = phrases(
    rf"{_BODY}(?: dang| bi| la| lam| thuc hien)* {_BEHIND}(?: (?:nhat|hon ca|nhieu nhat)(?! (?:ngay|la|vao|den|truoc|han))| ?(?=$|,))",
    rf"{_BODY}(?: dang| co| con)* nhieu (?:viec|nhiem vu) (?:qua han|tre han|bi tre|chua xong|cham)(?: nhat)?", "xep hang (?:don vi|cac don vi|tien do)",
)  # fmt: skip
_HISTORY = phrases(
    r"ai (?:da |vua |la nguoi )*(?:cap nhat|bao cao|ghi nhan|bao|sua tien do|ghi)(?! dung)", "(?:lich su|nhat ky)(?: cap nhat| tien do| thay doi| bao cao)*", "(?:cac|nhung) lan cap nhat", "cap nhat (?:lan cuoi|gan nhat|khi nao|luc nao|bao gio)", "(?:lan cuoi|gan nhat) cap nhat",
)  # fmt: skip
_ASSIGNEE = phrases(
    r"ai (?:la nguoi |trong phong |phong minh |ben minh )*(?:dang|truc tiep|duoc giao)(?: dang| truc tiep)* (?:lam|xu ly|phu trach|thuc hien|theo doi|lo)", r"(?:dang|da) giao (?:viec nay |nhiem vu nay )?cho ai", r"giao (?:viec nay |nhiem vu nay )?cho (?:ai (?:trong|o|ben) phong|can bo nao|nguoi nao|chuyen vien nao)", "(?:can bo|nguoi|chuyen vien) nao (?:dang |duoc giao )?(?:lam|phu trach|xu ly|theo doi)",
)  # fmt: skip
_MINE = phrases(
    rf"{_WORK}(?: {_WHICH})?(?: ma)?(?: duoc| dang| da)* (?:giao|phan cong|phan)(?: lai)? cho (?:toi|em|minh|tui)", rf"(?:cac |nhung )?{_WORK} cua (?:rieng )?(?:toi|em|minh|tui)(?! (?:thi|chu tri))", rf"(?:toi|em|minh) (?:dang |duoc |phai )+(?:giao |lam |phu trach )+(?:nhung |cac |may |bao nhieu )?{_WORK}(?: {_WHICH})?",
)  # fmt: skip
_SILENT = phrases(
    rf"{_WORK}(?: {_WHICH})? (?:chua co|chua duoc|khong co|chua) (?:ai )?(?:cap nhat|bao cao|bao tien do)(?: tien do| gi)*", "chua (?:ai |co )?(?:cap nhat|bao cao)(?: tien do)?(?: viec| gi)*$",
)  # fmt: skip
_DAYS = r"(?:hom nay|hom qua|sang nay|chieu nay|tuan (?:nay|qua|truoc)|vua|vua roi|moi|gan day|may hom nay)"
_CHANGED = phrases(
    rf"(?:{_DAYS},? )?(?:co )?(?:nhung |cac )?(?:ai|nguoi nao|can bo nao)(?: (?:da|vua|moi|{_DAYS}))* cap nhat(?: duoc)?(?: (?:gi|cai gi|viec gi|viec nao|nhiem vu nao|nhung gi))(?: (?:roi|chua|khong|the|vay|{_DAYS}))*$",
    rf"{_DAYS},? (?:co )?(?:ai|nguoi nao)(?: (?:da|vua|moi))* (?:bao|bao cao|cap nhat|ghi)(?: (?:duoc|tien do|gi|cai gi|viec gi|viec nao|nhiem vu nao|nhung gi))*(?: (?:roi|chua|khong|the|vay|moi))*$",
    rf"(?:{_DAYS},? )?co (?:nhung |cac )?cap nhat (?:gi|nao|moi)(?: (?:moi|roi|chua|khong|{_DAYS}))*$", rf"(?:cac |nhung |danh sach |liet ke |xem )+cap nhat (?:tien do )?(?:moi nhat|gan nhat|trong ngay|{_DAYS})",
)  # fmt: skip
_OPEN = phrases(
    rf"(?:chua|chua lam|con chua) {_END}", rf"con (?:lai )?(?:bao nhieu|may|nhung|cac) {_WORK}(?! (?:den han|sap|ngay))", "(?:viec|nhiem vu) (?:con )?ton(?: dong)?", "con no(?: viec)?", "dang do", "chua giai quyet",
)  # fmt: skip
_STATES: tuple[tuple[tuple[TaskState, ...], re.Pattern[str]], ...] = (
    ((TaskState.EXTENSION,), phrases("(?:xin |da xin |dang xin )(?:lui|gia han|them thoi gian)(?: han)?", "(?:duoc|de nghi) gia han")),
    ((TaskState.STOPPED,), phrases("(?:dang |bi |da )*(?:tam dung|tam ngung|dung lai|tam hoan)")),
    ((TaskState.NOT_STARTED,), phrases("chua (?:bat dau|lam|trien khai|thuc hien|khoi dong|dong den)(?: gi| lam)?")),
    ((TaskState.UNDERWAY,), phrases("dang (?:lam|trien khai|thuc hien|xu ly|do|tien hanh)(?: do| do dang)?")),
)  # fmt: skip
_FINISHED = phrases(
    rf"(?:da |lam |vua )+{_END}(?: duoc)?(?: bao nhieu| may| nhung| cac)?(?: {_WORK})?(?: {_WHICH})?", rf"{_END}(?: duoc)? (?:bao nhieu|may|nhung|cac) {_WORK}", rf"{_END} (?:duoc )?(?:nhung )?(?:gi|viec gi|viec nao)", rf"{_WORK} {_WHICH} (?:da )?{_END}(?: roi)?$", rf"(?:danh sach|liet ke|cac|nhung) {_WORK} (?:da )?{_END}",
)  # fmt: skip
_DONE_YET = phrases(
    rf"(?:da |lam |co )*{_END}(?: duoc)? (?:hay )?(?:chua|khong|k|ko)(?! lam)", rf"{_END} (?:roi )?(?:a|ha|phai khong|dung khong)$", "(?:lam |trien khai |thuc hien |xu ly )?(?:den|toi) dau(?: roi)?(?=$|,)", "(?:the nao|ra sao|sao) roi$", "(?:lam|trien khai|thuc hien|xu ly) (?:duoc )?(?:gi |den dau |toi dau )?chua$", "(?<!dat )duoc (?:bao nhieu|may) phan tram(?: roi)?", "(?:bao nhieu|may) phan tram(?: [·a-z]+)* roi$", f"(?:da|chua) {_END}(?=$)",
)  # fmt: skip
_HOW = phrases(
    "(?:tinh hinh|tien do|tinh trang|trang thai|hien trang)(?! (?:hoan thanh|thuc hien) (?:la )?(?:khi nao|bao gio))"
)
_OVERVIEW = phrases(
    "(?:tinh hinh|tien do|ket qua)(?: thuc hien| trien khai| xu ly| cong viec| nhiem vu| cac| nhung| viec| ke hoach)*"
)
_TODAY = phrases("(?:sang|trua|chieu|toi) nay", "trong ngay")
_AT_A_GLANCE = phrases(
    "tong hop",
    "bao cao",
    "nhanh",
    "xem",
    "chung",
    "tong the",
    "thong ke",
    "the nao",
    "ra sao",
    "den dau",
    "toi dau",
    "sao",
)
# What is to be done by then, rather than what was: "hoàn thành việc gì trong quý IV".
_TO_COME = re.compile(
    r"(?<!\w)(?:phai|can|(?<!thang )(?<!tuan )(?<!quy )(?<!nam )(?<!hom )truoc|khi|han)(?!\w)|^(?!.*(?<!\w)(?:da|duoc|vua|lam xong)(?!\w)).*(?<!\w)trong(?!\w)"
)
_WHEN = phrases("khi nao", "bao gio", "truoc ngay nao", "ngay nao", "thoi han", "han", "quy dinh", "theo ke hoach")

# Questions that take up nothing of what was said before.
STANDS_ALONE = frozenset({About.MINE, About.FINISHED, About.SLOWEST, About.SILENT, About.OVERVIEW, About.CHANGED})


def find_progress_question(reading: Reading) -> ProgressAsk | None:
    """What a question asks of progress; None where it asks nothing of it."""
    line = reading.line()
    about = _of_task(line) if reading.numbers.tasks else _of_many(line, reading)
    if about is None:
        return None
    own = "unit" if own_match(reading) else "office" if office_match(reading.question) else ""
    asked = about.model_copy(update={"own": own})
    if asked.about not in (About.FINISHED, About.CHANGED):
        return asked
    days = days_past(_TODAY.sub("hom nay", reading.question.line), reading.context.today)
    return asked.model_copy(update={"start": days[0], "end": days[1]}) if days else asked


def asks_standing(line: str) -> ProgressAsk | None:
    """What a half sentence asks of the task that was told of ("xong chưa", "ai cập nhật"); None where it asks no such
    thing, or names something itself."""
    rest = THAT_TASK.sub(" ", line)
    for pattern in (_HISTORY, _ASSIGNEE, _DONE_YET, _HOW, FILLER):
        rest = pattern.sub(" ", rest)
    return _of_task(line) if not re.search(r"\w", rest) else None


def _of_task(line: str) -> ProgressAsk | None:
    """What is asked of a task that is named."""
    for about, pattern in ((About.HISTORY, _HISTORY), (About.ASSIGNEE, _ASSIGNEE)):
        if pattern.search(line):
            return ProgressAsk(about=about)
    if LATE.search(line) or OVERDUE.search(line):
        return ProgressAsk(about=About.STANDING)
    if (_DONE_YET.search(line) or _HOW.search(line)) and not _WHEN.search(line):
        return ProgressAsk(about=About.STANDING)
    chua = _OPEN.search(line) or any(pattern.search(line) for _, pattern in _STATES)
    return ProgressAsk(about=About.STANDING) if chua and not _WHEN.search(line) else None


def _of_many(line: str, reading: Reading) -> ProgressAsk | None:
    """What is asked of all tasks that a question describes."""
    if _CHANGED.search(reading.question.line):
        return ProgressAsk(about=About.CHANGED)
    if _SLOWEST.search(line):
        return ProgressAsk(about=About.SLOWEST)
    own = own_match(reading)
    if _MINE.search(reading.question.line) and not (own and own.groupdict()):
        return ProgressAsk(about=About.MINE)
    if _SILENT.search(line):
        return ProgressAsk(about=About.SILENT)
    if OVERDUE.search(line) and not re.search(r"(?<!\w)(?:neu|xu ly|bao nhieu ngay|the nao)(?!\w)", line):
        return ProgressAsk(about=About.OVERDUE)
    if _OVERVIEW.search(line) and not _WHEN.search(line) and _means_all(line, reading):
        return ProgressAsk(about=About.OVERVIEW)
    if not _wants_work(line, reading):
        by_words = _DONE_YET.search(line) and not _WHEN.search(line)
        return ProgressAsk(about=About.STANDING) if by_words else None
    if _OPEN.search(line):
        return ProgressAsk(about=About.OPEN)
    for states, pattern in _STATES:
        if pattern.search(line):
            return ProgressAsk(about=About.BY_STATE, states=states)
    if _FINISHED.search(line) and not _TO_COME.search(line):
        return ProgressAsk(about=About.FINISHED)
    return None


def _means_all(line: str, reading: Reading) -> bool:
    """Whether all of a body, of the office or of a document is asked about."""
    if own_match(reading) or office_match(reading.question):
        return True
    rest = FILLER.sub(" ", _AT_A_GLANCE.sub(" ", _OVERVIEW.sub(" ", line)))
    return reading.named.source == "named" and "tien do" in line and not re.search(r"\w", rest)


def _wants_work(line: str, reading: Reading) -> bool:
    """Whether several tasks are asked for, or what a body or the office did."""
    asks = re.search(r"(?<!\w)(?:nao|gi|may|bao nhieu|nhung|cac|liet ke|danh sach|het|j)(?!\w)", line)
    return bool(
        asks
        and (
            LIST_OF_WORK.search(line)
            or re.search(rf"(?<!\w){_WORK}(?!\w)", line)
            or own_match(reading)
            or office_match(reading.question)
            or reading.agencies
            or re.search(r"(?<!\w)gi(?!\w)", line)
        )
    )
