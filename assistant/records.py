"""The records of one revision of the store, kept in memory while questions ask for the same ones."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from typing import Generic, TypeVar

from connectors.database import Store, TaskFilter
from corpus.records import Passage, Task

_RECORDS = 4096  # that are kept of a kind
_DOCUMENTS = 64  # whose text or passages are kept

_Place = tuple[str, int]
_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


class _Kept(Generic[_K, _V]):
    """What was loaded by key, at most so much of it; threads may share one."""

    def __init__(self, most: int, load: Callable[[list[_K]], Iterable[tuple[_K, _V]]]) -> None:
        self._most = most
        self._load = load
        self._held: dict[_K, _V] = {}

    def get(self, keys: Iterable[_K]) -> list[_V]:
        """What has one of the keys, in their order; those that nothing has are left out."""
        wanted = list(keys)
        held = self._held
        found = {key: held[key] for key in wanted if key in held}
        if missing := [key for key in wanted if key not in found]:
            loaded = dict(self._load(missing))
            found.update(loaded)
            self._keep(loaded)
        return [found[key] for key in wanted if key in found]

    def given(self, made: Sequence[tuple[_K, Callable[[], _V]]]) -> list[_V]:
        """What has one of the keys, in their order; what is not kept is made."""
        held = self._held
        found = {key: held[key] if key in held else make() for key, make in made}
        self._keep({key: value for key, value in found.items() if key not in held})
        return [found[key] for key, _ in made]

    def _keep(self, more: dict[_K, _V]) -> None:
        """Keeps more; where that is too much, in place of what was kept: so much is seldom asked for at once."""
        if len(self._held) + len(more) <= self._most:
            self._held.update(more)
        else:
            self._held = more


class Records:
    """Reads what a store holds at one revision; raises StoreError like the store. Threads may share one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tasks = _Kept[_Place, Task](_RECORDS, lambda keys: ((_place(t), t) for t in store.tasks_by_key(keys)))
        self._passages = _Kept[_Place, Passage](_RECORDS, lambda keys: ((_place(p), p) for p in store.passages(keys)))
        self._whole = _Kept[str, list[Passage]](
            _DOCUMENTS, lambda documents: ((document, store.passages_of(document)) for document in documents)
        )
        self._texts = _Kept[str, str](
            _DOCUMENTS, lambda documents: ((document, store.text_of(document) or "") for document in documents)
        )

    def tasks(self, wanted: TaskFilter) -> list[Task]:
        """The tasks that a filter keeps, by document in the order of coming, then by row."""
        found = self._store.unread_tasks(wanted)
        return self._tasks.given([(place, partial(Task.model_validate_json, record)) for place, record in found])

    def tasks_by_key(self, keys: Iterable[_Place]) -> list[Task]:
        """The tasks with the given (document, ordinal) keys, in that order."""
        return self._tasks.get(keys)

    def passages(self, keys: Iterable[_Place]) -> list[Passage]:
        """The passages with the given (document, ordinal) keys, in that order."""
        return self._passages.get(keys)

    def passages_of(self, document: str, roles: Sequence[str] = ()) -> list[Passage]:
        """The passages of a document in order, of the given roles or of all."""
        passages = [passage for held in self._whole.get([document]) for passage in held]
        return [passage for passage in passages if passage.role in roles] if roles else passages

    def text_of(self, document: str) -> str:
        """The text of a document as received, "" where there is no such document."""
        return "".join(self._texts.get([document]))


def _place(record: Task | Passage) -> _Place:
    return record.document, record.ordinal
