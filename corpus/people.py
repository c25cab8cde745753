"""The people of an office: who may ask and who may change, and on which channel they are met."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from corpus.records import Record


class Role(StrEnum):
    OFFICER = "officer"
    HEAD = "head"  # of a unit: a division, a centre
    LEADERSHIP = "leadership"  # of the office: chairman and deputies
    IT = "it"


class Channel(StrEnum):
    CLI = "cli"
    TELEGRAM = "telegram"
    ZALO_OA = "zalo_oa"
    ZALO_BOT = "zalo_bot"
    WEB = "web"
    LIST = "list"  # the office's own task list


class Unit(Record):
    """A body of an office. ``name`` is whole, as after ``--unit``: "Phòng Văn hóa - Xã hội, UBND phường Nhị Chiểu"."""

    id: str
    name: str

    @property
    def short(self) -> str:
        """The name without the office that it belongs to."""
        return self.name.split(",")[0].strip()

    @property
    def office(self) -> str:
        """The name of the office that it belongs to, or its own where it is one."""
        return self.name.split(",", 1)[-1].strip()


class Person(Record):
    """Somebody who works at the office. ``disabled_at`` (UTC) is set once they have left."""

    id: str
    name: str
    unit: Unit
    role: Role
    disabled_at: dt.datetime | None = None

    @property
    def active(self) -> bool:
        return self.disabled_at is None


class Identity(Record):
    """A chat account that belongs to a person."""

    channel: Channel
    account: str
    person: str
    linked_at: dt.datetime
