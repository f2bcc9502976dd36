"""`convert`: read one format, write another; or show what strands of notes a file has."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from harmonizer_gui.cli.asking import check_output
from harmonizer_gui.errors import UserError
from harmonizer_gui.files.assignment import written_assignment
from harmonizer_gui.files.errors import naming
from harmonizer_gui.files.formats import SUFFIXES, Imported, gather, losses, marks_lost, read, write
from harmonizer_gui.files.material import FoundStrand, Material
from harmonizer_gui.score import Note, Score, pitch_name

WAV_SUFFIX = ".wav"
_FIRST_NOTES = 6
_HEADINGS = ("strand", "part", "notes", "range", "begins", "guess")


def run(arguments: argparse.Namespace) -> None:
    if arguments.list_voices:
        _list_voices(arguments.file)
    elif arguments.output is None:
        raise UserError("convert: say with -o where to write, or --list-voices to see what is there")
    else:
        _convert(arguments)


def _convert(arguments: argparse.Namespace) -> None:
    output = arguments.output
    check_output(output, (*SUFFIXES, WAV_SUFFIX))
    imported = read(arguments.file, arguments.assignment, expand_repeats=arguments.expand_repeats)
    if output.suffix.lower() == WAV_SUFFIX:
        _write_sound(imported.score, output)
        lost: Sequence[str] = ()
    else:
        write(imported.score, output)
        lost = (*marks_lost(imported.score, output.suffix), *losses(imported.score, output.suffix))
    for path, sentences in ((arguments.file, imported.notices), (output, lost)):
        for sentence in sentences:
            sys.stderr.write(f"{path.name}: {sentence}\n")


def _write_sound(score: Score, path: Path) -> None:
    from harmonizer_gui.playback.rendering import write_sound

    try:
        with naming(path):
            write_sound(score, path)
    except ValueError as error:
        raise UserError(f"{path.name}: {error}") from error


def _list_voices(path: Path) -> None:
    found = gather(path)
    if isinstance(found, Imported):
        raise UserError(f"{path.name}: the voices of a project are what they are")
    with naming(path):
        rows = [_HEADINGS, *map(_row, found.strands)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())
    for line in _hints(found):
        print(line)


def _row(strand: FoundStrand) -> tuple[str, ...]:
    pitches = [note.pitch for note in strand.notes]
    between = f"{pitch_name(min(pitches))}–{pitch_name(max(pitches))}" if pitches else "–"
    guess = strand.guess.label if strand.guess is not None else "–"
    return str(strand.ref), strand.name or "–", str(len(pitches)), between, _begins(strand.notes), guess


def _begins(notes: Sequence[Note]) -> str:
    more = " …" if len(notes) > _FIRST_NOTES else ""
    return " ".join(pitch_name(note.pitch) for note in notes[:_FIRST_NOTES]) + more


def _hints(found: Material) -> Iterator[str]:
    if found.has_repeats:
        written, played = len(found.starts) - 1, len(found.order)
        yield f"--expand-repeats makes {played} measures of {written}"
    yield from found.doubts(found.guess.assignment)
    yield f"--voices {written_assignment(found.guess.assignment)}"
