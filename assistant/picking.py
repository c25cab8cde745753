"""What a short message picks: one of the choices offered, one of the tasks listed, a topic of before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reply import TaskView
from assistant.state import State, Topic
from assistant.understand.lexicon import phrases
from assistant.understand.question import clean_question
from corpus.vietnamese import fold, words

_NOUN = r"(?:cai|muc|y|so|chon|viec|nhiem vu|dau viec|van ban|phuong an|lua chon|dap an|cau)"
_COUNTS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_ORDINALS = {"dau tien": 1, "thu nhat": 1, "thu hai": 2, "thu ba": 3, "thu tu": 4, "thu nam": 5, "thu sau": 6, "thu bay": 7, "thu tam": 8, "cuoi cung": -1, "sau cung": -1, "ap chot": -2, "ke cuoi": -2}  # fmt: skip
_PICK = re.compile(
    r"^(?:a |da |vang |u |ok |oke |thi |cho (?:minh|em|anh|chi|toi)? ?)*(?:lay |chon )?(?:so|cau|chon|lay|muc|cai|y|phuong an|lua chon|dap an|viec|nhiem vu)? ?(?:so |thu )?"
    r"(?P<n>\d{1,2}|mot|hai|ba|bon|nam|sau|bay|tam)[.)]?(?: (?:nhe|di|a|em|ban|ay|do|nha|thoi))*$"
)
_PLACE = re.compile(
    rf"^(?:con |the |vay |a )*(?:lay |chon |cho xem )?{_NOUN}? ?(?P<place>{'|'.join(_ORDINALS)})(?!\w)"
    rf"|^(?:con |the |vay |a )*{_NOUN} (?P<edge>dau|cuoi)(?= |$)(?! (?:nam|thang|quy|tuan|ra|moi))"
)
_SEVERAL = re.compile(
    rf"^(?:con |the |vay |a )*(?P<n>\d{{1,2}}|hai|ba|bon|nam) {_NOUN} (?P<edge>dau|cuoi)(?: tien| cung)?(?!\w)"
)
_EARLIEST = phrases(
    "(?:han )?(?:som|gan) nhat",
    "(?:den |toi |het )han (?:truoc|dau tien)",
    "gap nhat",
    "phai xong truoc(?: nhat| tien)?",
)
_LATEST = phrases("(?:han )?(?:muon|tre|xa|lau|cham) nhat", "(?:den |toi |het )han (?:sau|cuoi) cung", "sau cung")
BACK = phrases(
    "quay lai",
    "tro lai",
    "quay ve",
    "tro ve",
    "ve lai",
    "luc nay",
    "hoi nay",
    "ban nay",
    "vua nay",
    "luc dau",
    "luc truoc",
    "khi nay",
)
_LEAST_SHARE = 0.5


def picked_choice(text: str, state: State) -> str | None:
    """The message that a choice stands for, where the text picks one by number, place or label."""
    if not state.choices:
        return None
    said = fold(clean_question(text)).strip(" .!?")
    number = _number(match["n"]) if (match := _PICK.match(said)) else 0
    number = number or place_in(said, len(state.choices))
    if 1 <= number <= len(state.choices):
        return state.choices[number - 1].say
    labels = [choice for choice in state.choices if len(said) > 3 and said in fold(choice.label)]
    return labels[0].say if len(labels) == 1 else None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word]


def place_in(line: str, count: int) -> int:
    """The place that "cái đầu tiên", "việc thứ hai", "cái cuối" names among ``count``; 0 where none is named."""
    match = _PLACE.match(line)
    if match is None:
        return 0
    place = _ORDINALS[match["place"]] if match["place"] else 1 if match["edge"] == "dau" else -1
    return place if place > 0 else max(count + 1 + place, 0)


def picked_tasks(line: str, state: State) -> tuple[TaskView, ...]:
    """The tasks of the last list that a line picks by their place: "cái cuối cùng", "hai việc đầu"."""
    listed = state.listed or state.tasks
    if several := _SEVERAL.match(line):
        count = _number(several["n"])
        return listed[:count] if several["edge"] == "dau" else listed[-count:]
    place = place_in(line, len(listed))
    return (listed[place - 1],) if 1 <= place <= len(listed) else ()


def extreme_tasks(line: str, tasks: Sequence[TaskView]) -> tuple[TaskView, ...]:
    """Of some tasks those that are due first or last, where a line asks for them; without a day none is."""
    choose = min if _EARLIEST.search(line) else max if _LATEST.search(line) else None
    days = {task.deadline.due for task in tasks if task.deadline.due}
    if choose is None or not days:
        return ()
    return tuple(task for task in tasks if task.deadline.due == choose(days))


def topic_before(wanted: Sequence[str], state: State) -> Topic | None:
    """The topic of before that holds most of the words wanted; without words the last one that was another."""
    before = [topic for topic in reversed(state.topics) if topic.tasks]
    if not wanted:
        return next((topic for topic in before if topic.tasks != state.tasks), None)
    scored = [(_share(wanted, topic), -i, topic) for i, topic in enumerate(before)]
    best = max(scored, default=None, key=lambda item: item[:2])
    return best[2] if best and best[0] >= _LEAST_SHARE else None


def _share(wanted: Sequence[str], topic: Topic) -> float:
    held = set(topic.query.words) | {word for task in topic.tasks for word in words(task.title)}
    return sum(word in held for word in wanted) / len(wanted)


def task_before(number: str, section: str | None, state: State) -> TaskView | None:
    """The task with a number that was told of last, in any turn before."""
    told = (task for topic in reversed(state.topics) for task in topic.tasks)
    return next((t for t in told if t.number == number and section in (None, t.section)), None)
