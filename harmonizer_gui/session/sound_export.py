"""The piece as a sound file: made on the file thread, told how far it is, and stopped when asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic

from PySide6.QtCore import QObject, Signal, Slot

from harmonizer_gui.errors import UserError
from harmonizer_gui.playback.wavetables import Timbre
from harmonizer_gui.score import Score
from harmonizer_gui.session.answers import Failure
from harmonizer_gui.session.file_jobs import Clash, Conflict
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.opening import OFTEN_S, Relay
from harmonizer_gui.session.worker import Worker

WAV_SUFFIX = ".wav"


@dataclass(frozen=True, slots=True, eq=False)
class _Sound:
    """A sound file to be written."""

    score: Score
    path: Path
    timbre: Timbre
    cancelled: Event = field(default_factory=Event)


class SoundExport(QObject):
    """Writes one sound file at a time."""

    writing = Signal(bool)
    """Whether a file is being written."""
    progress = Signal(float)
    """The share that is written, 0–1, now and then."""
    exported = Signal(object)
    """The path."""
    conflict = Signal(object)
    """`Conflict`: the file cannot be written."""
    messages = Signal(object)
    """`Message`"""

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._sound: _Sound | None = None
        self._relay = Relay(self)
        self._relay.progress.connect(self.progress)

    @property
    def name(self) -> str:
        """Of the file being written; empty for none."""
        return "" if self._sound is None else self._sound.path.name

    def export(self, score: Score, path: Path, timbre: Timbre) -> None:
        """Write `score` as the built-in synth plays it; what stood at `path` stays until that is whole.

        Where it cannot be written there is a `conflict`.
        """
        self.cancel()
        sound = _Sound(score, path, timbre)
        self._sound = sound
        relay = self._relay.progress
        job = self._worker.run(lambda: (sound, _problem_of(sound, relay.emit)))
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        self.writing.emit(bool(self.name))

    @Slot()
    def cancel(self) -> None:
        """Let go of the file being written."""
        if self._sound is not None:
            self._sound.cancelled.set()
            self._end()

    def _end(self) -> None:
        self._sound = None
        self.writing.emit(bool(self.name))

    @Slot(object)
    def _on_done(self, answer: tuple[_Sound, str]) -> None:
        sound, problem = answer
        if sound is not self._sound:
            return
        self._end()
        if problem:
            self.conflict.emit(Conflict(sound.path, Clash.REFUSED, exporting=True, reason=problem))
        else:
            self.messages.emit(Message(self.tr("Exported {name}.").format(name=sound.path.name)))
            self.exported.emit(sound.path)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self._sound is not None:
            self._end()
        self.messages.emit(Message(failure.sentence, Severity.PROBLEM, failure.details))


class _Stopped(Exception):  # noqa: N818  # no error: nobody waits for it any more
    pass


def _problem_of(sound: _Sound, tell: Callable[[float], None]) -> str:
    """Write the file; why that cannot be, in a sentence, or nothing. Runs on the file thread."""
    try:
        _write(sound, tell)
    except UserError as error:
        return str(error)
    return ""


def _write(sound: _Sound, tell: Callable[[float], None]) -> None:
    """Raises FileError."""
    from harmonizer_gui.files.errors import ContentError, naming
    from harmonizer_gui.playback.rendering import write_sound

    last = monotonic()

    def report(share: float) -> None:
        nonlocal last
        if sound.cancelled.is_set():
            raise _Stopped
        if (now := monotonic()) - last >= OFTEN_S:
            last = now
            tell(share)

    with naming(sound.path):
        try:
            write_sound(sound.score, sound.path, sound.timbre, report=report)
        except ValueError as error:
            raise ContentError(str(error)) from error
        except _Stopped:
            pass
