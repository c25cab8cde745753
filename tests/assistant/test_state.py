"""What a conversation remembers can be stored between turns, and stays small."""

from __future__ import annotations

import pytest

from assistant.assistant import Conversation, Turn
from assistant.state import State
from assistant.wiring import assistant_in_memory
from eval.case import Suite, load_suites

_MOST = 32_000  # characters of JSON: a list of 43 tasks takes 27,000
_TYPICAL = 3_000


def _talks() -> list[Suite]:
    return [suite for suite in load_suites() if any(len(case.turns) > 1 for case in suite.cases)]


@pytest.mark.parametrize("suite", _talks(), ids=lambda suite: suite.name)
def test_stored_between_turns_it_gives_the_same_replies(suite: Suite) -> None:
    assistant = assistant_in_memory(suite.documents)
    sizes = []
    for case in suite.cases:
        if len(case.turns) < 2:
            continue
        kept, stored = Conversation(), Conversation()
        for text in case.turns:
            turn = Turn(text, case.today, case.unit)
            assert assistant.answer(turn, kept) == assistant.answer(turn, stored), (case.id, text)
            written = stored.state.model_dump_json(exclude_defaults=True)
            stored.state = State.model_validate_json(written)
            sizes.append(len(written))
    assert max(sizes) <= _MOST
    assert sorted(sizes)[len(sizes) // 2] <= _TYPICAL
