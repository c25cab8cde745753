"""What a short message picks: one of the choices offered, one of the tasks listed, a topic of before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reply import Choice, TaskView
from assistant.state import MAX_KEPT, State, Topic
from assistant.understand.courtesy import bare
from assistant.understand.follow_ups import COUNTS, EARLIEST, EMPTY, LATEST, ORDINALS, PICK, PLACE, PLACE_LAST, SEVERAL
from assistant.understand.question import clean_question
from corpus.vietnamese import fold, roman_value, words

_LEAST_SHARE = 0.5
_LEAST_LETTERS = 3
_MOST_WORDS = 6
_LINKS = frozenset("ve y lay chon nhe di a em anh chi viec nhiem vu noi dung so thu".split())


def picked_choice(text: str, state: State) -> str | None:
    """The message that a choice stands for, where the text picks one by number, place or label."""
    if not state.choices:
        return None
    said = fold(bare(clean_question(text))).strip(" .!?")
    number = _number(match["n"]) if (match := PICK.match(said)) else 0
    number = number or place_in(said, len(state.choices))
    if 1 <= number <= len(state.choices):
        return state.choices[number - 1].say
    labels = [choice for choice in state.choices if _names(said, choice)]
    return labels[0].say if len(labels) == 1 else None


def _names(said: str, choice: Choice) -> bool:
    """Whether a message stands in a label, or all its words that name something do ("cái về phân cấp").

    A number or section must be one that picking the choice would name.
    """
    if len(said) > _LEAST_LETTERS and said in fold(choice.label):
        return True
    naming = {word for word in words(said) if word not in EMPTY and word not in _LINKS}
    figures = {word for word in naming if word.isdigit() or roman_value(word.upper())}
    few = 0 < len(naming) <= _MOST_WORDS
    return few and naming <= set(words(choice.label)) and figures <= set(words(choice.say))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else COUNTS[word]


def place_in(line: str, count: int) -> int:
    """The place that "cái đầu tiên", "việc thứ hai", "cái cuối" names among ``count``; 0 where none is named."""
    return _place_of(PLACE.match(line), count)


def _place_of(match: re.Match[str] | None, count: int) -> int:
    if match is None:
        return 0
    if match["nth"]:
        return int(match["nth"])
    place = ORDINALS[match["place"]] if match["place"] else 1 if match["edge"] == "dau" else -1
    return place if place > 0 else max(count + 1 + place, 0)


def picked_tasks(line: str, state: State) -> tuple[TaskView, ...]:
    """The tasks of the last list that a line picks by their place: "cái cuối cùng", "hai việc đầu"."""
    listed = state.in_list
    if several := SEVERAL.match(line):
        count = _number(several["n"])
        return listed[:count] if several["edge"] == "dau" else listed[-count:]
    place = place_in(line, len(listed)) or _place_of(PLACE_LAST.search(line), len(listed))
    return (listed[place - 1],) if 1 <= place <= len(listed) else ()


def beyond_list(line: str, naming: Sequence[str], state: State) -> bool:
    """Whether a line that names nothing else asks for a place ("cái thứ ba") that the last list does not reach."""
    match = PLACE.match(line) or PLACE_LAST.search(line)
    if match is None or set(naming) - set(match[0].split()):
        return False
    return 0 < len(state.in_list) < min(_place_of(match, 0), MAX_KEPT)


def extreme_tasks(line: str, tasks: Sequence[TaskView]) -> tuple[TaskView, ...]:
    """Of some tasks those that are due first or last, where a line asks for them; without a day none is."""
    choose = min if EARLIEST.search(line) else max if LATEST.search(line) else None
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
    held = set(topic.words) | {word for task in topic.tasks for word in words(task.title)}
    return sum(word in held for word in wanted) / len(wanted)


def task_before(number: str, section: str | None, state: State) -> TaskView | None:
    """The task with a number that was told of last, in any turn before."""
    told = (task for topic in reversed(state.topics) for task in topic.tasks)
    return next((t for t in told if t.number == number and section in (None, t.section)), None)
