"""Notation as MusicXML 4.0: what `notation` lays out, with accidentals, beams and brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from xml.etree import ElementTree as ET

from harmonizer_gui.files.notation import (
    NO_KEY,
    SHORTEST_BINARY,
    Signature,
    Written,
    notatable,
    signatures_in,
    tempos_in,
    written_bars,
    written_in,
)
from harmonizer_gui.files.progress import reached
from harmonizer_gui.files.stream_notes import DEFAULT_VELOCITY
from harmonizer_gui.score import (
    TICKS_PER_QUARTER,
    Bar,
    KeySignature,
    Note,
    Score,
    Spelling,
    Tempo,
    VoiceName,
    key_alterations,
    spelled,
)

CHOIR = 53
"""The General MIDI program, counted from 1 as MusicXML does."""
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE score-partwise PUBLIC '
    '"-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">\n'
)
_TYPES = ("maxima", "long", "breve", "whole", "half", "quarter", "eighth")
_LONGEST = 32 * TICKS_PER_QUARTER
_ACCIDENTALS = {-2: "flat-flat", -1: "flat", 0: "natural", 1: "sharp", 2: "double-sharp"}
_FULL_VELOCITY = 90
"""The velocity that MusicXML calls 100 %."""


def musicxml_bytes(score: Score) -> bytes:
    """The score as MusicXML, a part for each voice."""
    root = ET.Element("score-partwise", version="4.0")
    if score.title:
        _add(_add(root, "work"), "work-title", score.title)
        _add(root, "movement-title", score.title)
    _add(_add(_add(root, "identification"), "encoding"), "software", "Harmonizer")
    parts = _add(root, "part-list")
    for name in VoiceName:
        _add_singer(parts, name)
    score = notatable(score)
    bars = written_bars(score)
    for name in VoiceName:
        reached(int(name) / len(VoiceName))
        _add_part(root, score, name, bars)
    ET.indent(root, " ")
    return f"{_HEAD}{ET.tostring(root, 'unicode')}\n".encode()


def _add(parent: ET.Element, tag: str, text: object = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    if text is not None:
        element.text = str(text)
    return element


def _add_singer(parts: ET.Element, name: VoiceName) -> None:
    part = _add(parts, "score-part", id=name.letter)
    _add(part, "part-name", name.label.capitalize())
    _add(part, "part-abbreviation", name.letter)
    instrument = f"{name.letter}-choir"
    _add(_add(part, "score-instrument", id=instrument), "instrument-name", "Choir")
    sound = _add(part, "midi-instrument", id=instrument)
    _add(sound, "midi-channel", int(name) + 1)
    _add(sound, "midi-program", CHOIR)


def _add_part(root: ET.Element, score: Score, name: VoiceName, bars: Sequence[Bar]) -> None:
    part = _add(root, "part", id=name.letter)
    for bar in bars:
        implicit = "yes" if bar.number == 0 else "no"
        measure = _add(part, "measure", number=str(bar.number), implicit=implicit)
        _Measure(measure, score, name, bar).add()
        if bar is bars[-1]:
            _add_final_barline(measure)


def _add_final_barline(measure: ET.Element) -> None:
    """The end of the piece; a score knows no repeats, which are written out or left aside on import."""
    _add(_add(measure, "barline", location="right"), "bar-style", "light-heavy")


class _Measure:
    """One bar of one voice, on its way into XML."""

    def __init__(self, element: ET.Element, score: Score, name: VoiceName, bar: Bar) -> None:
        self._element = element
        self._score = score
        self._name = name
        self._bar = bar
        self._key = score.key_at(bar.start) or NO_KEY
        self._shown: dict[tuple[str, int], int] = {}
        """The accidentals that hold until the barline, by step and octave."""

    def add(self) -> None:
        voice = self._score.voice(self._name)
        written = list(written_in(self._score, voice, self._bar))
        signatures = signatures_in(self._score, self._bar)
        tempos = tempos_in(self._score, self._bar) if self._name == VoiceName.SOPRANO else []
        beams, brackets = _beams(written, self._bar), _brackets(written)
        for item in written:
            self._add_attributes([change for change in signatures if change.tick == item.start], item)
            for tempo in tempos:
                if item.start <= tempo.tick < item.end:
                    _add_tempo(self._element, tempo, tempo.tick - item.start)
            self._add_written(item, beams.get(item.start, ()), brackets.get(item.start, ""))

    def _add_attributes(self, signatures: Sequence[Signature], item: Written) -> None:
        is_start = item.start == 0
        if not (signatures or is_start):
            return
        attributes = _add(self._element, "attributes")
        if is_start:
            _add(attributes, "divisions", TICKS_PER_QUARTER)
        for change in signatures:
            self._add_signature(attributes, change)
        if is_start:
            _add_clef(attributes, self._name)

    def _add_signature(self, attributes: ET.Element, change: Signature) -> None:
        if isinstance(change, KeySignature):
            self._key, self._shown = change, {}
            key = _add(attributes, "key")
            _add(key, "fifths", change.fifths)
            _add(key, "mode", change.mode)
        else:
            time = _add(attributes, "time")
            _add(time, "beats", change.numerator)
            _add(time, "beat-type", change.denominator)

    def _add_written(self, item: Written, beams: Sequence[str], bracket: str) -> None:
        """The elements of a note, in the order that MusicXML asks for."""
        note = item.note
        element = _add(self._element, "note")
        spelling = None if note is None else self._spelled(note)
        if note is None or spelling is None:
            _add(element, "rest", **({"measure": "yes"} if item.is_bar_rest else {}))
        else:
            if note.velocity != DEFAULT_VELOCITY:
                element.set("dynamics", f"{note.velocity * 100 / _FULL_VELOCITY:.2f}")
            _add_pitch(element, spelling)
        _add(element, "duration", item.length)
        for kind in _ties(item):
            _add(element, "tie", type=kind)
        _add(element, "voice", 1)
        if not item.is_bar_rest:
            _add_value(element, item)
        if spelling is not None:
            self._add_accidental(element, item, spelling)
        if item.is_triplet:
            _add_modification(element)
        for level, beam in enumerate(beams, start=1):
            _add(element, "beam", beam, number=str(level))
        _add_notations(element, item, bracket)
        if note is not None and item.is_first:
            _add_lyrics(element, note.lyric)

    def _spelled(self, note: Note) -> Spelling:
        """By the key in which it is struck, also where it is tied into another."""
        return spelled(note.pitch, self._score.key_at(note.start) or NO_KEY)

    def _add_accidental(self, element: ET.Element, item: Written, spelling: Spelling) -> None:
        """Where it is not what key and bar say already; a note tied over the barline brings its own."""
        place = (spelling.step, spelling.octave)
        held = self._shown.get(place, key_alterations(self._key)[spelling.step])
        if item.is_first and held != spelling.alteration:
            _add(element, "accidental", _ACCIDENTALS[spelling.alteration])
            self._shown[place] = spelling.alteration


def _add_clef(attributes: ET.Element, name: VoiceName) -> None:
    clef = _add(attributes, "clef")
    _add(clef, "sign", "F" if name == VoiceName.BASS else "G")
    _add(clef, "line", 4 if name == VoiceName.BASS else 2)
    if name == VoiceName.TENOR:
        _add(clef, "clef-octave-change", -1)


def _add_tempo(measure: ET.Element, tempo: Tempo, offset: int) -> None:
    direction = _add(measure, "direction", placement="above")
    metronome = _add(_add(direction, "direction-type"), "metronome", parentheses="no")
    number = f"{round(tempo.quarters_per_minute, 6):.10g}"
    _add(metronome, "beat-unit", "quarter")
    _add(metronome, "per-minute", number)
    if offset:
        _add(direction, "offset", offset, sound="yes")
    _add(direction, "sound", tempo=number)


def _add_pitch(element: ET.Element, spelling: Spelling) -> None:
    pitch = _add(element, "pitch")
    _add(pitch, "step", spelling.step)
    if spelling.alteration:
        _add(pitch, "alter", spelling.alteration)
    _add(pitch, "octave", spelling.octave)


def _ties(item: Written) -> Iterator[str]:
    if item.note is not None:
        if not item.is_first:
            yield "stop"
        if not item.is_last:
            yield "start"


@cache
def _value(length: int) -> tuple[int, bool]:
    """How often a maxima is halved for the value that is written, and whether it has a dot."""
    sixths = length * (9 if length % SHORTEST_BINARY else 6)  # a triplet is written half as long again
    halvings, rest = divmod(6 * _LONGEST, sixths)
    if not rest and halvings & (halvings - 1) == 0:
        return halvings.bit_length() - 1, False
    return (6 * _LONGEST * 3 // (sixths * 2)).bit_length() - 1, True


def _add_value(element: ET.Element, item: Written) -> None:
    halvings, is_dotted = _value(item.length)
    _add(element, "type", _TYPES[halvings] if halvings < len(_TYPES) else _fraction_name(halvings))
    if is_dotted:
        _add(element, "dot")


def _fraction_name(halvings: int) -> str:
    """Such as `16th` and `32nd`."""
    denominator = 2 ** (halvings - 3)
    return f"{denominator}{'nd' if denominator % 10 == 2 else 'th'}"


def _add_modification(element: ET.Element) -> None:
    modification = _add(element, "time-modification")
    _add(modification, "actual-notes", 3)
    _add(modification, "normal-notes", 2)


def _add_notations(element: ET.Element, item: Written, bracket: str) -> None:
    ties = list(_ties(item))
    has_fermata = item.note is not None and item.note.fermata and item.is_last
    if not (ties or bracket or has_fermata):
        return
    notations = _add(element, "notations")
    for kind in ties:
        _add(notations, "tied", type=kind)
    if bracket:
        _add(notations, "tuplet", type=bracket, number="1")
    if has_fermata:
        _add(notations, "fermata", type="upright")


def _add_lyrics(element: ET.Element, lyric: str) -> None:
    """A line for each verse; hyphens say where in its word a syllable stands."""
    for number, text in enumerate(lyric.split("\n"), start=1):
        if text.strip("-"):
            goes_on, went_before = text.endswith("-"), text.startswith("-")
            kinds = {(False, False): "single", (True, False): "begin", (True, True): "middle"}
            verse = _add(element, "lyric", number=str(number))
            _add(verse, "syllabic", kinds.get((goes_on, went_before), "end"))
            _add(verse, "text", text.strip("-"))


def _brackets(written: Sequence[Written]) -> dict[int, str]:
    """Where triplet brackets start and stop, by tick: a group ends where the beat is whole again."""
    found: dict[int, str] = {}
    group: list[Written] = []
    for item in written:
        group = [*group, item] if item.is_triplet else []
        if group and sum(one.length for one in group) % SHORTEST_BINARY == 0:
            if len(group) > 1:
                found |= {group[0].start: "start", item.start: "stop"}
            group = []
    return found


def _beams(written: Sequence[Written], bar: Bar) -> dict[int, list[str]]:
    """The beams of each note, the outermost first, by tick: notes shorter than a quarter within a beat."""
    metre = bar.time_signature
    beat = metre.bar_ticks if (metre.numerator, metre.denominator) == (3, 8) else metre.beat_ticks
    offset = (metre.bar_ticks - bar.end if bar.number == 0 else 0) - bar.start
    groups: list[list[Written]] = [[]]
    for item in written:
        is_short = item.note is not None and _value(item.length)[0] > _TYPES.index("quarter")
        last = groups[-1][-1] if groups[-1] else None
        if last is None or (item.start + offset) // beat != (last.start + offset) // beat or not is_short:
            groups.append([])
        if is_short:
            groups[-1].append(item)
    return {item.start: beams for group in groups if len(group) > 1 for item, beams in _joined(group)}


def _joined(group: Sequence[Written]) -> Iterator[tuple[Written, list[str]]]:
    depths = [_value(item.length)[0] - _TYPES.index("quarter") for item in group]
    for index, item in enumerate(group):
        before = depths[index - 1] if index else 0
        after = depths[index + 1] if index + 1 < len(depths) else 0
        yield item, [_beam(level, before, after) for level in range(1, depths[index] + 1)]


def _beam(level: int, before: int, after: int) -> str:
    """Where a beam of this level stands between neighbours that have so many beams."""
    if before >= level:
        return "continue" if after >= level else "end"
    if after >= level:
        return "begin"
    return "backward hook" if before else "forward hook"
