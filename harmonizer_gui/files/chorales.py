"""Bach's chorales in the installed music21: which there are, and one of them as a piece."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path

from harmonizer_gui.files.atomic import write_atomically
from harmonizer_gui.files.errors import FileError
from harmonizer_gui.files.formats import read
from harmonizer_gui.files.imported import Imported
from harmonizer_gui.score import KeySignature, Score, VoiceName

_SUFFIXES = (".mxl", ".xml", ".krn")
_FORMAT = 1
_INCIPIT = 8
"""So many notes of the soprano tell what an untitled chorale is."""
_MISPRINTS = {"AAch": "Ach"}
"""In the titles of music21's list."""
_MODES: dict[int, Literal["major", "minor"]] = {0: "major", 2: "minor", 4: "minor", 9: "minor"}
"""By the semitones of the last bass note above the major tonic of the signature: dorian and phrygian too."""


@dataclass(frozen=True, slots=True)
class Chorale:
    """A chorale: its file, the number in the catalogue of Bach's works, those in Riemenschneider's edition.

    The key is where it ends, in the mode that its signature has there; without a signature it has none.
    """

    file: str
    bwv: str
    riemenschneider: tuple[int, ...] = ()
    title: str = ""
    fifths: int | None = None
    mode: Literal["major", "minor"] = "major"

    @property
    def key(self) -> KeySignature | None:
        return None if self.fifths is None else KeySignature(0, self.fifths, self.mode)

    @property
    def words(self) -> tuple[str, ...]:
        """What it is found by, in small letters without accents; the key is the window's to name."""
        numbers = (self.bwv, f"bwv{self.bwv}", *(str(number) for number in self.riemenschneider))
        editions = tuple(f"r{number}" for number in self.riemenschneider)
        return (*numbers, *editions, *plain_words(self.title))


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters without accents: `Höchsten` is `hochsten`."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return tuple("".join(c if c.isalnum() or c in "♯♭#.-" else " " for c in letters).split())


def chorale_files() -> tuple[Chorale, ...]:
    """All that may be chorales, in the order of the catalogue; nothing is known of their keys yet.

    Slow: imports music21. Empty where it was installed without its corpus.
    """
    from music21 import corpus
    from music21.corpus import chorales

    numbers: dict[str, list[int]] = {}
    titles: dict[str, str] = {}
    for number, entry in chorales.ChoraleListRKBWV().byRiemenschneider.items():
        numbers.setdefault(str(entry["bwv"]), []).append(number)
        titles[str(entry["bwv"])] = _tidied(str(entry["title"]))
    paths = [Path(path) for path in corpus.getComposer("bach")]
    found = [
        Chorale(path.name, bwv, tuple(sorted(numbers.get(bwv, ()))), titles.get(bwv, ""))
        for path, bwv in ((path, path.stem.removeprefix("bwv")) for path in paths)
        if path.suffix in _SUFFIXES
    ]
    return tuple(sorted(found, key=lambda chorale: catalogue_order(chorale.bwv)))


def _tidied(title: str) -> str:
    return " ".join(_MISPRINTS.get(word, word) for word in title.split())


def catalogue_order(bwv: str) -> tuple[int, int, str]:
    """Sorts 4.8 before 36.4-2 before 253."""
    work, _, rest = bwv.partition(".")
    digits = "".join(c for c in work if c.isdigit())
    movement = "".join(c for c in rest.partition("-")[0] if c.isdigit())
    return int(digits or 0), int(movement or 0), rest


def described(chorale: Chorale) -> Chorale | None:
    """The chorale with its key, and a title if it had none; None for what is not in four voices."""
    try:
        score = read(_path(chorale.file)).score
    except FileError:
        return None
    if not all(len(voice) for voice in score.voices):
        return None
    title = chorale.title or score.title or first_words(score)
    key = key_of(score)
    if key is None:
        return replace(chorale, title=title)
    return replace(chorale, title=title, fifths=key.fifths, mode=key.mode)


def key_of(score: Score) -> KeySignature | None:
    """The first signature, in the mode that the last note of the bass says."""
    bass = score.voice(VoiceName.BASS).notes
    key = score.key_signatures[0] if score.key_signatures else None
    if key is None or not bass:
        return key
    return replace(key, mode=_MODES.get((bass[-1].pitch - 7 * key.fifths) % 12, key.mode))


def first_words(score: Score) -> str:
    """What the soprano sings first; empty where nothing is written."""
    text = " ".join(note.lyric.partition("\n")[0] for note in score.voice(VoiceName.SOPRANO).notes[:_INCIPIT])
    return text.replace("- -", "").replace("- ", "").strip(" -,.;:")


def read_chorale(chorale: Chorale) -> Imported:
    """The piece. Raises FileError."""
    imported = read(_path(chorale.file))
    title = f"{chorale.title or imported.score.title} (BWV {chorale.bwv})".strip()
    return replace(imported, score=replace(imported.score, title=title))


def _path(file: str) -> Path:
    from music21 import corpus

    return Path(corpus.getWork(f"bach/{file}"))


def kept_list() -> tuple[Chorale, ...] | None:
    """The list as it was kept for the music21 that is installed; None where it must be made."""
    try:
        content = json.loads(_list_path().read_bytes())
        return tuple(
            Chorale(**{**entry, "riemenschneider": tuple(entry["riemenschneider"])})
            for entry in content["chorales"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_list(chorales: Sequence[Chorale]) -> None:
    """Keep the list for the next time; where that cannot be done, it is made again."""
    path = _list_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps({"chorales": [asdict(each) for each in chorales]}).encode())
    except (OSError, FileError):
        return


def _list_path() -> Path:
    from importlib.metadata import version

    folder = user_cache_path("harmonizer", appauthor=False)
    return folder / f"chorales-{_FORMAT}-music21-{version('music21')}.json"
