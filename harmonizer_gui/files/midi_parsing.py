"""The bytes of a MIDI file as mido's messages."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import mido

from harmonizer_gui.files.bounds import MAX_NOTES
from harmonizer_gui.files.errors import ContentError
from harmonizer_gui.files.progress import OFTEN, part, reached

MAX_MESSAGES = 5 * MAX_NOTES // 2
_CHUNK: Final = struct.Struct(">4sL")
"""The head of a chunk: its kind, and how many bytes follow."""


def parse(data: bytes) -> mido.MidiFile:
    """The file as mido has it. Raises ContentError for whatever mido cannot make sense of."""
    if not data.startswith(b"MThd"):
        raise ContentError("it is no MIDI file")
    try:
        with part(0.0, 0.5), _lenient_about_meta_events():
            return _read(_Metered(data))
    except _TooMuchError as error:
        raise ContentError(f"it has more than {MAX_MESSAGES:,} MIDI events") from error
    except EOFError as error:
        raise ContentError("it is cut short") from error
    except Exception as error:
        # mido lets out whatever its decoders meet: KeyError, IndexError, struct.error, errors of its own.
        raise ContentError("it is damaged: its MIDI events make no sense") from error


def _read(file: io.BytesIO) -> mido.MidiFile:
    """All tracks, however many the header names: mido reads no more than those, and stops at other chunks."""
    from mido.midifiles import meta, midifiles

    tracks = []
    with meta.meta_charset("latin1"):
        kind, named, resolution = midifiles.read_file_header(file)
        while _is_at_track(file):
            tracks.append(midifiles.read_track(file))
    if len(tracks) < named:
        raise EOFError
    answer = mido.MidiFile(ticks_per_beat=resolution, tracks=tracks)
    answer.type = kind
    return answer


def _is_at_track(file: io.BytesIO) -> bool:
    """Pass over what comes before the next track: MIDI lets programs have chunks of their own."""
    while len(header := file.read(_CHUNK.size)) == _CHUNK.size:
        name, size = _CHUNK.unpack(header)
        if name == b"MTrk":
            file.seek(-_CHUNK.size, io.SEEK_CUR)
            return True
        file.seek(size, io.SEEK_CUR)
    return False


class _TooMuchError(Exception):
    pass


class _Metered(io.BytesIO):
    """A file that refuses to go on for ever: mido asks for the position once an event."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._events = 0

    def tell(self) -> int:
        self._events += 1
        if self._events > MAX_MESSAGES:
            raise _TooMuchError
        place = super().tell()
        if self._events % OFTEN == 0:
            reached(place / len(self.getbuffer()))
        return place


def is_garbled(message: mido.Message | mido.MetaMessage) -> bool:
    """Whether it is a meta event of a kind that is known, with contents that make no sense."""
    from mido.midifiles import meta

    return isinstance(message, mido.UnknownMetaMessage) and message.type_byte in meta._META_SPECS


@contextmanager
def _lenient_about_meta_events() -> Iterator[None]:
    """Within this, one key signature with nine sharps does not cost the user the whole file."""
    from mido.midifiles import midifiles

    strict = midifiles.build_meta_message

    def build(kind: int, data: Sequence[int], delta: int = 0) -> Any:  # noqa: ANN401  # mido has no types here
        try:
            message = strict(kind, data, delta)
        except Exception:
            # mido's decoders let out whatever they meet: KeySignatureError, IndexError, UnicodeDecodeError.
            message = mido.UnknownMetaMessage(kind, data)
        message.time = delta  # mido forgets it for kinds that it does not know
        return message

    midifiles.build_meta_message = build
    try:
        yield
    finally:
        midifiles.build_meta_message = strict
