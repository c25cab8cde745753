"""What a question asks, as one typed record."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from corpus.progress import Change, TaskKey, TaskState
from corpus.records import DeadlineKind, Record

SHOWN = 10  # tasks of a list that are told at once


class Ask(StrEnum):
    TASK = "task"  # a task by number
    FIND = "find"  # a task or a fact by its words
    LIST = "list"
    COUNT = "count"
    DOCUMENT = "document"  # what a document says of itself
    EVENT = "event"  # when a task is due if its event happens on a day
    PLACE = "place"  # a place in the outline, such as II.4.a
    CHAT = "chat"
    UPDATE = "update"  # progress is reported, or a report is confirmed or taken back
    REFUSE = "refuse"
    UNCLEAR = "unclear"


class Attribute(StrEnum):
    LEAD = "lead"
    COORDINATE = "coordinate"
    DEADLINE = "deadline"
    PRODUCT = "product"
    LEADER = "leader"
    TITLE = "title"


class DocumentField(StrEnum):
    NUMBER = "number"
    DATE = "date"
    SIGNER = "signer"
    ISSUER = "issuer"
    BASIS = "basis"
    TITLE = "title"
    RECIPIENTS = "recipients"
    TASKS = "tasks"
    ALL = "all"
    HELD = "held"  # which documents are held at all


class Relation(StrEnum):
    """How things are compared."""

    FIRST = "first"  # which is due first
    LAST = "last"
    SAME = "same"  # whether they are alike
    HIGHER = "higher"  # which names the greater amount
    LOWER = "lower"
    BOTH = "both"  # which body has the role in all of them
    BESIDE = "beside"  # told side by side
    MOST = "most"  # who has more tasks than the others
    FEWEST = "fewest"


class Order(StrEnum):
    """In what order a list is told; undated tasks come last."""

    DUE_FIRST = "due_first"  # the nearest due day first
    DUE_LAST = "due_last"


class Things(StrEnum):
    """What is compared."""

    TASKS = "tasks"  # named ones, each by a side of the question
    LISTED = "listed"  # all tasks that the question describes
    BODIES = "bodies"
    SECTIONS = "sections"
    DOCUMENTS = "documents"


class Amount(Record):
    """A figure as it was typed or written, and the folded word for what it counts ("%", "lan")."""

    figure: str
    unit: str

    @property
    def value(self) -> str:
        """The figure without leading zeros and signs, for comparing."""
        return self.figure.replace(".", "").replace(",", ".").lstrip("0") or "0"


class TaskRef(Record):
    """A task as a question names it: its number, its section where that was said, its document where it was told of."""

    number: str
    section: str | None = None
    document: str | None = None


class Longer(Record):
    """How much more time is asked for; counted from the deadline."""

    days: int = 0
    months: int = 0


class Step(Record):
    """One thing that a message reports: of which tasks, and what.

    ``change`` is what becomes of them; ``longer`` counts more time where no day was named. ``assignee`` is the name of
    a colleague as typed, ``to_self`` the person who writes. ``documents`` are those that this part of the message
    names. Without ``tasks`` the one that was told of last is meant, or that of the folded ``words`` where it has any.
    What is ``unsure`` is repeated back before it is recorded; ``half`` says what was done, but not whether that was
    all; of several ``tasks`` that its words may mean it is ``one_of`` them; ``same`` reports of these tasks what was said of others by mistake.
    """

    tasks: tuple[TaskRef, ...] = ()
    documents: tuple[str, ...] = ()
    change: Change | None = None
    longer: Longer | None = None
    assignee: str = ""
    to_self: bool = False
    unsure: bool = False
    half: bool = False
    words: tuple[str, ...] = ()
    one_of: bool = False
    same: bool = False


class Planned(Record):
    """A change that waits for a yes. ``seen`` is the id of the task's last entry when it was proposed; ``undoes`` the id
    of the entry that is taken back instead (``change`` is then None)."""

    task: TaskKey
    change: Change | None = None
    seen: int | None = None
    undoes: int | None = None


class Update(Record):
    """What a message wants to have recorded.

    ``undo`` takes back the person's last change (that of ``wrong`` where tasks are named); it may stand beside
    ``steps`` ("nhầm, nv 8 mới xong chứ không phải nv 7"). what is ``unsure`` is repeated back first; ``amends`` says
    what is right instead of what was proposed; ``agreed`` answers yes or no to what was ``planned``.
    """

    steps: tuple[Step, ...] = ()
    undo: bool = False
    wrong: tuple[TaskRef, ...] = ()
    unsure: bool = False
    amends: bool = False
    agreed: bool | None = None
    planned: tuple[Planned, ...] = ()


class About(StrEnum):
    """What is asked about progress."""

    STANDING = "standing"  # how a task stands
    HISTORY = "history"  # who said what of a task, and when
    ASSIGNEE = "assignee"  # who in the unit works on a task
    OPEN = "open"  # what is not done yet
    OVERDUE = "overdue"
    BY_STATE = "by_state"
    FINISHED = "finished"  # what was done in some days
    SLOWEST = "slowest"  # which body is furthest behind
    MINE = "mine"  # what is assigned to the person who asks
    OVERVIEW = "overview"  # how much is done, underway, late
    CHANGED = "changed"  # who changed what in some days
    SILENT = "silent"  # what nobody has said anything of


class ProgressAsk(Record):
    """A question about progress. ``states`` are those asked for (``BY_STATE``); ``start`` and ``end`` the days, both
    included, of ``FINISHED``; ``own`` says that the body or office of the person is meant."""

    about: About
    states: tuple[TaskState, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    own: str = ""  # "unit", "office" or ""


class AgencyRef(Record):
    """An agency in a question, with the role in which it is asked about ("lead", "coordinate", "either")."""

    agency_id: str
    name: str
    role: str = "either"
    through: tuple[str, ...] = ()  # collective expressions that stand for it, where no row names it
    negated: bool = False  # asked for as not taking part


class Period(Record):
    """Days from ``start`` to ``end``, both included; None = open. ``text`` is what was typed."""

    start: dt.date | None
    end: dt.date | None
    text: str


class Comparison(Record):
    """What a question compares, how and by what (``asked`` are all the attributes named, ``by`` the first).

    ``splits`` are the ways to read it as sides, each side a query of its own; the first that finds all its
    sides is meant. ``role`` is that of bodies; ``head`` is the folded word for the bodies asked about ("so" of "sở nào"), "" = any.
    ``coming`` keeps days from today on; ``whether`` says that yes or no is asked; ``without`` leaves out the tasks of a whole period.
    """

    relation: Relation
    things: Things = Things.TASKS
    role: str = "lead"
    by: Attribute | None = None
    asked: tuple[Attribute, ...] = ()
    splits: tuple[tuple[Query, ...], ...] = ()
    head: str = ""
    coming: bool = False
    whether: bool = False
    without: Period | None = None


class Query(Record):
    """A question understood. Empty fields do not restrict."""

    ask: Ask
    attributes: tuple[Attribute, ...] = ()
    tasks: tuple[TaskRef, ...] = ()
    documents: tuple[str, ...] = ()
    documents_from: str = ""  # "named", "unit", "context" or ""
    near: tuple[str, ...] = ()  # of the person's own city or province: looked in before those of others
    own_office: bool = False  # the documents are named as those of "phường mình"
    unknown_document: str | None = None
    section: str | None = None
    place: str | None = None
    agencies: tuple[AgencyRef, ...] = ()
    without: tuple[AgencyRef, ...] = ()  # leave out tasks in which these take part in their role
    role_said: bool = False  # whether the question says in which role
    period: Period | None = None
    as_written: bool = False  # of the period only what is written as such: "ghi hạn quý IV"
    longer_beside: bool = False  # what names a longer time in which it ends ("Năm 2026") is told beside: "hạn quý IV"
    kinds: tuple[DeadlineKind, ...] = ()
    every: tuple[str, ...] = ()  # of what comes again, what does so each "week", "month", "quarter", "half" or "year"
    overdue: bool = False
    leader: str = ""  # keep tasks that this person of the leadership directs: the folded title ("pho chu tich")
    leader_name: str = ""  # the folded name of that person, where it is said
    leader_said: str = ""  # the same as typed
    order: Order | None = None  # None: as in the table
    most: int | None = None  # how many of the first in that order
    skip: int = 0  # how many of a list were told before
    whole: bool = False  # the list is wanted to its end
    left_out: tuple[str, ...] = ()  # folded words: leave out the tasks that are about them
    empty: tuple[Attribute, ...] = ()  # keep tasks in which these cells are empty
    shared_lead: bool = False  # keep tasks that several bodies lead together
    sole_lead: bool = False  # keep tasks that one body leads alone
    collective_lead: bool = False  # keep tasks given to a collective expression ("giao chung")
    fields: tuple[DocumentField, ...] = ()
    words: tuple[str, ...] = ()  # the topic in folded words; "" where a question word stood between
    accented: tuple[str, ...] = ()  # the same as typed with accents, "" where without
    said: tuple[str, ...] = ()  # the topic, with the question words that make a phrase of the thesaurus with it
    said_accented: tuple[str, ...] = ()  # the same as typed with accents, "" where without
    naming: tuple[str, ...] = ()  # of the topic the words that name something, without those of half sentences
    search: tuple[str, ...] = ()  # all words but names of documents and tasks, for ranking
    listed_words: tuple[str, ...] = ()  # the topic of a list: without agencies, periods and kinds
    listed_accented: tuple[str, ...] = ()  # the same as typed with accents, "" where without
    topic: str = ""
    loosely: bool = False  # the topic of a list is one syllable that nothing leads to: it may be no topic at all
    about_work: bool = False  # the question says "nhiệm vụ": a task is meant rather than prose
    expects: tuple[str, ...] = ()  # patterns of which a text must hold all to answer (folded text with signs)
    event: dt.date | None = None  # the day on which the question lets happen what a deadline waits for
    late: bool = False  # the question asks whether the task is late
    grouped: bool = False  # the question asks into how many sections a table falls
    days_left: bool = False  # the question asks how many days are left, or have passed
    claims: tuple[Amount, ...] = ()  # amounts that the question wants confirmed; their figures are not searched for
    working_days: bool = False  # the days left are to be working days
    all_by: AgencyRef | None = None  # asked whether this body leads (or coordinates) all that is listed
    confirms: bool = False  # a yes/no question: its figures may be wrong
    whether: bool = False  # yes or no is wanted
    claimed: bool = False  # it is taken for granted that the body named leads
    alone: bool = False  # whether a body has its role alone
    doubted: bool = False  # answers are offered ("A hay B"), or asked whether two places agree
    agreement: str = ""  # asked whether the prose of a plan and its annex are "alike" or "unlike"
    compared: Comparison | None = None  # what is compared; the rest is how to answer where that finds nothing
    perhaps: Update | None = None  # what the message reports, if its words mean a task of the person
    refines: tuple[str, ...] = ()  # the words by which a follow-up changes the last topic: what is found holds them
    instead: Query | None = None  # the other way to read a follow-up, where this one finds nothing fitting
    update: Update | None = None  # what is to be recorded
    progress: ProgressAsk | None = None  # what is asked of progress; the rest is how to answer who may not see it
    reason: str = ""  # which chat, refusal or question back


Comparison.model_rebuild()
Query.model_rebuild()
