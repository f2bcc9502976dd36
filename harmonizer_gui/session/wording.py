"""What *Generate* says: what it would do, what it has done, and why it cannot."""

from __future__ import annotations

from PySide6.QtCore import QObject

from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, Note, Score, VoiceName, pitch_name
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.orders import SIMILAR
from harmonizer_gui.session.plan import Plan, Scope, Wish, voice_label, voices_label
from harmonizer_gui.session.spans import covers, has_cells
from harmonizer_gui.session.take import Take, Way
from harmonizer_gui.session.worker import Worker


class Wording(QObject):
    """Sentences about the document and the model as they are now."""

    def __init__(self, document: Document, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._worker = worker

    def describe(self, plan: Plan) -> str:
        """What would be done, as it stands on the button."""
        if plan.wish is Wish.SELECTED:
            return self._rewrite_selected(plan)
        if plan.wish is Wish.TIME:
            return self._write_time(plan)
        text = {
            Wish.WRITE: self.tr("Generate {voice}"),
            Wish.FILL: self.tr("Fill gaps in {voice}"),
            Wish.AGAIN: self.tr("Generate {voice} again"),
            Wish.REWRITE: self.tr("Rewrite {voice}"),
        }[plan.wish]
        return text.format(voice=voices_label(plan.voices))

    def undo(self, plan: Plan) -> str:
        """The name of the undo step."""
        if plan.wish is Wish.SELECTED:
            return self._rewrite_selected(plan)
        if plan.wish is Wish.TIME:
            return self._write_time(plan)
        text = {
            Wish.WRITE: self.tr("Generate {voice}"),
            Wish.FILL: self.tr("Fill gaps in {voice}"),
            Wish.AGAIN: self.tr("Generate {voice} again"),
            Wish.REWRITE: self.tr("Rewrite {voice}"),
        }[plan.wish]
        return text.format(voice=self._with_article(plan))

    def rewriting(self, plan: Plan) -> str:
        """The name of the undo step of a search."""
        if plan.wish in (Wish.SELECTED, Wish.TIME):
            return self.undo(plan)
        return self.tr("Rewrite {voice}").format(voice=self._with_article(plan))

    def composing(self, bars: int) -> str:
        return self.tr("Write {bars} bars from nothing").format(bars=bars)

    def alike(self, plan: Plan, *, more: bool) -> str:
        words = self.tr("{what}, more like it was") if more else self.tr("{what}, less like it was")
        return words.format(what=self.undo(plan))

    def blocked(self) -> str:
        """Why nothing at all can be written now, as a sentence; empty if something can."""
        if self._worker.load_failure is not None:
            return self._worker.load_failure.sentence
        model = self._worker.model
        if model is None:
            return self.tr("The model is still loading.")
        if not any(map(self._document.mix.effective, model.experts)):
            return self.tr("Every expert is muted or at 0: nothing is left to choose notes by.")
        return ""

    def blocked_plan(self, plan: Plan, scope: Scope) -> str:
        """Why the plan cannot be carried out; empty if it can."""
        score = self._document.score
        if scope is Scope.TIME and not plan.wanted:
            return self.tr("Select notes, or drag over the ruler: what sounds in that time is written anew.")
        if not plan.place:
            if any(has_cells(score, spans) for _, spans in plan.wanted):
                return self.tr("All of it is locked.")
            if scope is Scope.GAPS:
                return self.tr("Nothing is silent in {voice}.").format(voice=self._with_article(plan))
            return self.tr("The selected notes are shorter than a sixteenth, the model’s smallest step.")
        return self._unreadable(plan)

    def blocked_alike(self, plan: Plan) -> str:
        """Why nothing more, or less, like this can be written; empty if it can."""
        model = self._worker.model
        if model is not None and SIMILAR not in model.experts:
            return self.tr("This model has no expert for likeness.")
        if not any(len(self._document.score.voice(voice)) for voice, _ in plan.place):
            return self.tr("There is nothing yet to be like.")
        return ""

    def blocked_composing(self) -> str:
        """Why no piece can be written from nothing; empty if it can."""
        if self._document.locks:
            return self.tr("Something is locked, and a piece from nothing would replace it: unlock it first.")
        return self.blocked()

    def blocked_again(self, take: Take) -> str:
        """Why a take cannot be had once more; empty if it can."""
        if take.settings.way is Way.REWRITE:
            return self.tr("A search follows from what stood there before: it cannot be had again.")
        return self.blocked_composing() if take.settings.way is Way.COMPOSE else self.blocked()

    def edited_meanwhile(self, voices: tuple[VoiceName, ...]) -> str:
        text = self.tr("You edited the {voice} meanwhile: your edits stay, the rest was written around them.")
        return text.format(voice=voices_label(voices))

    def compared(self, take: Take, again: Take) -> str:
        """How a take that was to be had once more came out."""
        if take.music == again.music:
            return self.tr("Note for note take {number} again.").format(number=take.number)
        text = self.tr("Not quite take {number} again: the music around it has changed since.")
        return text.format(number=take.number)

    def _with_article(self, plan: Plan) -> str:
        names = voices_label(plan.voices)
        if len(plan.voices) == len(VoiceName):
            return names
        return self.tr("the {voice}").format(voice=names)

    def _rewrite_selected(self, plan: Plan) -> str:
        if plan.selected == 1:
            return self.tr("Rewrite 1 note")
        return self.tr("Rewrite {count} notes").format(count=plan.selected)

    def _write_time(self, plan: Plan) -> str:
        score, (start, end) = self._document.score, plan.time
        first, last = score.bar_at(start).number, score.bar_at(max(start, end - 1)).number
        place = self.tr("bar {bar}") if first == last else self.tr("bars {bar}–{last}")
        is_written = any(
            note.start < end and start < note.end for v in plan.voices for note in score.voice(v)
        )
        text = self.tr("Rewrite {voice} in {place}") if is_written else self.tr("Generate {voice} in {place}")
        return text.format(voice=voices_label(plan.voices), place=place.format(bar=first, last=last))

    def _unreadable(self, plan: Plan) -> str:
        """A sentence about the first note that the model has no token for, empty if there is none."""
        score = self._document.score
        for name in VoiceName:
            lowest, highest = score.voice(name).range or (LOWEST_PITCH, HIGHEST_PITCH)
            if lowest >= LOWEST_PITCH and highest <= HIGHEST_PITCH:
                continue
            spans = plan.spans_of(name)
            for note in score.voice(name):
                if not LOWEST_PITCH <= note.pitch <= HIGHEST_PITCH and not covers(spans, note.start):
                    return self._name_unreadable(score, name, note)
        return ""

    def _name_unreadable(self, score: Score, name: VoiceName, note: Note) -> str:
        text = self.tr("The {voice}’s {pitch} in bar {bar} lies outside {low}–{high}, the model’s range.")
        return text.format(
            voice=voice_label(name),
            pitch=pitch_name(note.pitch),
            bar=score.bar_at(note.start).number,
            low=pitch_name(LOWEST_PITCH),
            high=pitch_name(HIGHEST_PITCH),
        )
