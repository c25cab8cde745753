"""The settings of an office, read once from TROLY_… environment variables or a .env file."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(ValueError):
    """A setting that cannot be used; ``name`` is the environment variable."""

    code = "setting_bad"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.details = {"name": name}


def _data_folder() -> Path:
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "troly"


class Settings(BaseSettings):
    """TROLY_DATA: the data folder. TROLY_UNIT: the unit of whoever asks and names none.

    TROLY_AGENCIES: a YAML file with the office's own bodies, added to those that ship.
    TROLY_JOURNAL: whether questions and replies are kept, without persons' data, to learn from (journal.jsonl).
    """

    model_config = SettingsConfigDict(env_prefix="TROLY_", env_file=".env", extra="ignore", frozen=True)

    data: Path = Field(default_factory=_data_folder)
    unit: str | None = None
    agencies: Path | None = None
    journal: bool = False

    @property
    def database(self) -> Path:
        return self.data / "troly.sqlite3"

    @property
    def log(self) -> Path:
        return self.data / "troly.log"

    @property
    def journal_file(self) -> Path:
        return self.data / "journal.jsonl"

    @property
    def index(self) -> Path:
        return self.data / "index"


def read_settings() -> Settings:
    """The settings of this process. Raises SettingsError that names the variable at fault."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("TROLY_" + str(error.errors()[0]["loc"][0]).upper()) from error
