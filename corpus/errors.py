"""What can be wrong with a file. The sentence that a person reads stands in prompts/, found by ``code``."""

from __future__ import annotations


class CorpusError(ValueError):
    """A file or manifest that cannot be used; ``code`` names the sentence, ``details`` fill it."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(f"{code}: {details}")
        self.code = code
        self.details = details
