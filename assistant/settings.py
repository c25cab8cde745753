"""The settings of an office, read once from TROLY_… environment variables or a .env file."""

from __future__ import annotations

import os
import re
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

AUTO, STATIC, NO_EMBEDDINGS = "auto", "static", "none"
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?")


class SettingsError(ValueError):
    """A setting that cannot be used; ``name`` is the environment variable."""

    code = "setting_bad"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.details = {"name": name}


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _data_folder() -> Path:
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "troly"


class Settings(BaseSettings):
    """TROLY_DATA: the data folder. TROLY_UNIT: the unit of whoever asks and names none.

    TROLY_AGENCIES: a YAML file with the office's own bodies, added to those that ship.
    TROLY_JOURNAL: whether questions and replies are kept, without persons' data, to learn from (journal.jsonl).
    TROLY_EMBEDDINGS: how to find by meaning. auto (the office's own model, once there is enough to learn from), static
    (the same, however small), none, or a model of sentence-transformers by name or folder, with its prefixes and
    its longest text in tokens in TROLY_EMBEDDINGS_QUESTION_PREFIX, _PASSAGE_PREFIX and _MAX_LENGTH.
    TROLY_CHROMA: the address of a Chroma server; none = Chroma in the data folder. TROLY_CHROMA_PREFIX: what stands
    before the names of this office's collections there.
    TROLY_DATABASE: the URL of a PostgreSQL database (postgresql://account:password@host/name); none = a SQLite file in
    the data folder. TROLY_PERSON: who is at this terminal, by name or id, where nothing else says so.
    TROLY_PUBLIC_URL: where others reach this machine (https://troly.phuong-a.gov.vn), for the addresses of calendars.
    TROLY_KEEP_CONVERSATIONS_DAYS, TROLY_KEEP_AUDIT_DAYS, TROLY_KEEP_UNANSWERED_DAYS, TROLY_KEEP_FEEDBACK_DAYS: after
    how many days "troly data clean" removes them.
    TROLY_WEB_…: of troly serve, see docs/service.md. ORIGINS: web sites whose pages may ask (https://a.vn,https://b.vn);
    PROXIES: addresses or networks of proxies that name the client; RATE: requests a minute of one client; AT_ONCE:
    questions that are answered at the same time.
    """

    model_config = SettingsConfigDict(env_prefix="TROLY_", env_file=".env", extra="ignore", frozen=True)

    data: Path = Field(default_factory=_data_folder)
    database: SecretStr | None = None
    unit: str | None = None
    person: str | None = None
    agencies: Path | None = None
    journal: bool = False
    embeddings: str = Field(default=AUTO, min_length=1)
    embeddings_question_prefix: str = ""
    embeddings_passage_prefix: str = ""
    embeddings_max_length: int | None = Field(default=None, ge=8)
    chroma: str | None = Field(default=None, pattern=r"^https?://[^/\s]+/?$")
    chroma_prefix: str = Field(default="troly", pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")

    public_url: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    keep_conversations_days: int = Field(default=90, ge=1, le=36_500)
    keep_audit_days: int = Field(default=730, ge=1, le=36_500)
    keep_unanswered_days: int = Field(default=365, ge=1, le=36_500)
    keep_feedback_days: int = Field(default=365, ge=1, le=36_500)

    web_origins: str = ""
    web_proxies: str = ""
    web_rate: int = Field(default=60, ge=1, le=100_000)
    web_at_once: int = Field(default=4, ge=1, le=64)

    @field_validator("web_origins")
    @classmethod
    def _are_origins(cls, value: str) -> str:
        if not all(_ORIGIN.fullmatch(origin) for origin in _parts(value)):
            raise ValueError("an origin is scheme://host[:port]")
        return value

    @field_validator("web_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        from ipaddress import ip_network

        for part in _parts(value):
            ip_network(part)
        return value

    @property
    def origins(self) -> list[str]:
        """The web sites whose pages may ask the service from a browser."""
        return _parts(self.web_origins)

    @property
    def proxies(self) -> list[str]:
        """The machines and networks whose word is taken for who asks."""
        return _parts(self.web_proxies)

    @property
    def database_file(self) -> Path:
        return self.data / "troly.sqlite3"

    @property
    def store(self) -> Path | SecretStr:
        """Where the task database is."""
        return self.database or self.database_file

    @property
    def log(self) -> Path:
        return self.data / "troly.log"

    @property
    def journal_file(self) -> Path:
        return self.data / "journal.jsonl"

    @property
    def index(self) -> Path:
        return self.data / "index"

    @property
    def reviews(self) -> Path:
        """The office's own reviews of what the program could not read."""
        return self.data / "reviews"

    @property
    def serving(self) -> Path:
        """Names the model and the vectors by which questions are answered."""
        return self.index / "meaning.json"

    @property
    def building(self) -> Path:
        """Locked by the process that builds them anew."""
        return self.index / "building.lock"

    @property
    def models(self) -> Path:
        return self.data / "models"

    @property
    def chroma_folder(self) -> Path:
        return self.data / "chroma"


def read_settings() -> Settings:
    """The settings of this process. Raises SettingsError that names the variable at fault."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("TROLY_" + str(error.errors()[0]["loc"][0]).upper()) from error
