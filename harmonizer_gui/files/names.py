"""What the name of a track or part says about the voices in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmonizer_gui.score import VoiceName

_S, _A, _T, _B = VoiceName
_WORDS = {
    r"sop(r(an(o|os|i|e)?)?)?|canto|cantus|superius|dis[ck]ant(us)?|descant|trebles?": {_S},
    r"alt(o|os|i|us)?|contralto|countertenor": {_A},
    r"ten(or(s|e|i)?)?|taille": {_T},
    r"bas(s|so|si|se|ses|sus)?": {_B},
    r"sa|women|frauen|donne|femmes": {_S, _A},
    r"tb|men|männer|uomini|hommes": {_T, _B},
}
_LETTERS = {letter: {voice} for letter, voice in zip("satb", VoiceName, strict=True)}
_INSTRUMENT = re.compile(
    r"sax\w*|klarinette|clarinet|trombone|posaune|recorder|fl(ute|öte)|guitar|gitarre|drums?|horn|tuba|viols?"
    r"|gamba|synth|pad|lead|clef|schlüssel"
)


def claimed_voices(name: str) -> frozenset[VoiceName]:
    """The voices that a track or part called `name` says it holds; none for a name that says nothing.

    `Soprano 1`, `S.`, `Sopran/Alt`, `T. B.` and the like; of `women:alto`, which LilyPond writes for a
    voice on a staff, the second half counts first.
    """
    staff, _, voice = name.rpartition(":")
    return _claimed(_words(voice)) or _claimed(_words(staff))


def is_plain(name: str) -> bool:
    """Whether nothing but voices is named: `Bass` is, `Bass Continuo` is not."""
    words = _words(name)
    return bool(words) and all(_claimed([word]) for word in words)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def _claimed(words: Sequence[str]) -> frozenset[VoiceName]:
    if any(_INSTRUMENT.fullmatch(word) for word in words):
        return frozenset()
    if words and all(word in _LETTERS for word in words):
        return frozenset().union(*(_LETTERS[word] for word in words))
    return frozenset().union(*(_voices(word) for word in words))


def _voices(word: str) -> set[VoiceName]:
    return next((voices for pattern, voices in _WORDS.items() if re.fullmatch(pattern, word)), set())
