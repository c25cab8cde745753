"""Reads a scanned page: cleaned, set upright and level, its lines found, its text read piece by piece by Tesseract."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from os import cpu_count

import cv2
import numpy as np
from PIL import Image
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from corpus.readers.layout import Page, Rule, Word
from corpus.readers.scan_certainty import certainty_of
from corpus.readers.scan_image import Clean, Pixels, cleaned, lies_on_its_side, turn_of
from corpus.readers.scan_lines import BLACK, Box, cells_between, ruled_lines, without_lines
from corpus.readers.scan_mending import MENDED, mended
from corpus.readers.scan_numbers import Above, Numeral, settled
from corpus.readers.scan_pieces import READ_AT, Placed, Sheet, letter_height, pieces_of, set_on_sheet
from corpus.readers.scan_stamps import secrecy_stamps
from corpus.readers.tesseract import Seen, turns_needed, words_on
from corpus.vietnamese import fold

_SHEET_DPI = 300
MOST_SIDE = 3600  # pixels: A4 at 300 dots per inch, A3 at 220; a page is not looked at closer
_LEAST_DPI = 50
_LEAST_SIDE = 16
_BADLY_READ = 60.0
_NO_TEXT = 30.0  # what is read so badly all over is a picture
_FEW = 5  # words
_SPECK = re.compile(r"[^\w\-–\"“”/()%&+…]+|_")
_DASHES = re.compile(r"[\-–—]+")
_LIKE_SMALL = re.compile(r"V[^\W\d_][.,;:)]?")  # "vụ", "vị", "và" read as "Vụ", "VỊ", "Và"
_HIGHEST_SMALL = 1.18  # in heights of small letters
_CLEAR = 93.0  # so certain a sign is one
_FIRST_COLUMN = 0.1  # inches by which the left edges of a column's cells may differ
_LONGEST_NUMBER = 6  # characters
_HEADS = ("STT", "TT")


@dataclass(frozen=True)
class Scanned:
    """A page as read alone, with the numbers of rows among its words (place in ``page.words``, and how it was read)."""

    page: Page
    numbers: tuple[tuple[int, Numeral], ...] = ()
    certainty: float = 100.0  # how certain the engine was of its words, 0 to 100


def read_pages(pages: Iterable[Page | tuple[Image.Image, int]]) -> Iterator[Page]:
    """Pages in order: scanned ones, each with its resolution (dots per inch), are read side by side on the cores.

    What is a page already is handed through. Few images are held at a time; the numbers of rows go on from page to
    page. Raises CorpusError: ocr_missing, page_too_slow.
    """
    workers = max(1, cpu_count() or 1)
    waiting: deque[Future[Scanned]] = deque()
    above = Above()
    with ThreadPoolExecutor(workers) as pool:
        for page in pages:
            held = [page]  # by whoever reads it alone: the pool would hold it until it is read
            del page
            waiting.append(pool.submit(_taken, held))
            del held
            _until_free(waiting, workers)
            while waiting and waiting[0].done():
                read, above = _numbered(waiting.popleft().result(), above)
                yield read
        while waiting:
            read, above = _numbered(waiting.popleft().result(), above)
            yield read


def _until_free(reading: Iterable[Future[Scanned]], workers: int) -> None:
    """Waits until a worker is free: an image more would only wait, too, and images are large."""
    while len(busy := [one for one in reading if not one.done()]) >= workers:
        wait(busy, return_when=FIRST_COMPLETED)


def read_page(image: Image.Image, dpi: int) -> Page:
    """The words and ruled lines of a scanned page, in pixels of the page as it was turned upright.

    Raises CorpusError: ocr_missing, page_too_slow.
    """
    return _numbered(_scanned((image, dpi)), Above())[0]


def _taken(held: list[Page | tuple[Image.Image, int]]) -> Scanned:
    """Reads the one page of a list and takes it out there."""
    return _scanned(held.pop())


def _scanned(page: Page | tuple[Image.Image, int]) -> Scanned:
    if isinstance(page, Page):
        return Scanned(page)
    pixels, dpi = _pixels_of(*page)
    del page
    if min(pixels.shape[:2]) < _LEAST_SIDE:
        return Scanned(Page(width=pixels.shape[1], height=pixels.shape[0]))
    stamps = secrecy_stamps(pixels, dpi)
    clean = cleaned(pixels)
    del pixels  # in colours it is three times as large
    if lies_on_its_side(clean.grey, dpi):
        clean = _upright(clean, dpi)
    read = _read(clean, dpi)
    if read.certainty < _BADLY_READ and (upright := _upright(clean, dpi)) is not clean:
        read = _read(upright, dpi)
    return replace(read, page=replace(read.page, words=[*read.page.words, *stamps])) if stamps else read


def _numbered(scanned: Scanned, above: Above) -> tuple[Page, Above]:
    """The page with the numbers of its rows settled by one another and by those ``above``, of the pages before."""
    page = scanned.page
    sure, above = settled([numeral for _, numeral in scanned.numbers], above)
    words = list(page.words)
    for (i, _), numeral in zip(scanned.numbers, sure, strict=True):
        words[i] = replace(words[i], text=numeral.text, confidence=numeral.confidence)
    return replace(page, words=words), above


def fitted(image: Image.Image, dpi: int) -> tuple[Image.Image, int]:
    """An image no larger than it is looked at, and its resolution then."""
    scale = MOST_SIDE / max(image.size)
    if scale >= 1:
        return image, dpi
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    if image.mode not in ("L", "RGB"):
        image = image.convert("RGB")
    return image.resize(size, Image.Resampling.BOX), max(1, round(dpi * scale))


def _pixels_of(image: Image.Image, dpi: int) -> tuple[Pixels, int]:
    image, dpi = fitted(image, dpi)
    return np.asarray(image if image.mode == "RGB" else image.convert("RGB"), np.uint8), max(_LEAST_DPI, dpi)


def _upright(page: Clean, dpi: int) -> Clean:
    turns = turns_needed(page.grey, dpi)
    ways = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return page.rotated(ways[turns]) if turns in ways else page


def _read(scan: Clean, dpi: int) -> Scanned:
    level = scan.turned(turn_of(scan.grey, dpi))
    across, down = ruled_lines(level, dpi)
    clean = without_lines(level.grey, across, down)
    letter = letter_height(clean, dpi)
    cells = cells_between(clean.shape, across, down, dpi)
    pieces = pieces_of(clean, cells, letter)
    height, width = clean.shape
    page = Page(width=width, height=height, rules=[_rule(box) for box in (*across, *down)])
    if not pieces:
        return Scanned(page)
    sheet = set_on_sheet(clean, pieces, letter)
    del level, clean  # the engine takes most of the time, and images are large
    seen = list(words_on(sheet.image, _SHEET_DPI))
    words, echoes = _placed(seen, sheet)
    certainty = float(np.mean([one.certainty for one in seen])) if len(seen) >= _FEW else 100.0
    if certainty < _NO_TEXT:
        return Scanned(page, certainty=certainty)
    return Scanned(replace(page, words=words), tuple(_numbers(words, echoes, cells, dpi)), certainty)


def _placed(seen: Iterable[Seen], sheet: Sheet) -> tuple[list[Word], list[Word]]:
    """Words where they stand on the page, and those read a second time; specks and what is in no piece left out."""
    words: list[Word] = []
    echoes: list[Word] = []
    before = ""
    for one in seen:
        if not _SPECK.sub("", one.text) and (one.certainty < _CLEAR or one.text in "|_~^"):
            continue
        for text, place, box in _parted(one, sheet):
            if one.certainty < _CLEAR and not _DASHES.sub("", text) and place.on_sheet.width < 2 * READ_AT:
                continue  # a speck alone; a dash that opens a line stands in a longer piece
            text = _in_small_letters(text, one, sheet.image) if _LIKE_SMALL.fullmatch(text) else text
            meant = mended(text, before)
            certainty = min(certainty_of(text, one.certainty), MENDED if meant != text else 1.0)
            word = Word(meant, *place.on_the_page(*box), confidence=certainty)
            before = text
            (echoes if place.echo else words).append(word)
    return words, echoes


def _in_small_letters(text: str, one: Seen, image: Pixels) -> str:
    """A word in small letters where its first is no higher than one: "v" and "V" differ in nothing else."""
    first = image[max(0, one.top) : one.bottom, max(0, one.left) : one.left + READ_AT]
    black = np.asarray((first < BLACK).astype(np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    if count < 2:
        return text
    height = stats[1 + int(stats[1:, cv2.CC_STAT_AREA].argmax()), cv2.CC_STAT_HEIGHT]
    return text if height > _HIGHEST_SMALL * READ_AT else text.lower()


def _parted(one: Seen, sheet: Sheet) -> Iterator[tuple[str, Placed, tuple[float, float, float, float]]]:
    """A word with the piece in which it stands; one that is several pieces run together, a character for each."""
    pieces = sheet.at(one.left, one.top, one.right, one.bottom)
    if len(pieces) == 1:
        yield one.text, pieces[0], (one.left, one.top, one.right, one.bottom)
    elif len(pieces) == len(one.text):
        for char, piece in zip(one.text, sorted(pieces, key=lambda piece: piece.on_sheet.left), strict=True):
            at = piece.on_sheet
            yield char, piece, (at.left, at.top, at.right, at.bottom)


def _numbers(words: list[Word], echoes: list[Word], cells: Sequence[Box], dpi: int) -> Iterator[tuple[int, Numeral]]:
    """The words that stand alone in a cell of the first column of a table, from top to bottom, as read twice.

    The head of the column is mended in ``words``; a number that was only read the second time is added there.
    """
    edge = min((cell.left for cell in cells), default=0) + _FIRST_COLUMN * dpi
    for cell in sorted((cell for cell in cells if cell.left <= edge), key=lambda cell: cell.top):
        inside = [i for i, word in enumerate(words) if _stands_in(word, cell)]
        again = [word for word in echoes if _stands_in(word, cell)]
        if not inside and len(again) == 1:
            words.append(again[0])
            inside = [len(words) - 1]
        if len(inside) != 1 or len(words[inside[0]].text) > _LONGEST_NUMBER:
            continue
        word = words[inside[0]]
        head = process.extractOne(fold(word.text).upper(), _HEADS, scorer=Levenshtein.distance, score_cutoff=1)
        if head is not None and len(word.text) > 1:
            words[inside[0]] = replace(word, text=head[0])
        else:
            other = again[0] if len(again) == 1 else word
            yield inside[0], Numeral(word.text, word.confidence, other.text, other.confidence)


def _stands_in(word: Word, cell: Box) -> bool:
    return cell.left <= word.centre <= cell.right and cell.top <= word.middle <= cell.bottom


def _rule(box: Box) -> Rule:
    return Rule(box.left, box.top, box.right, box.bottom)
