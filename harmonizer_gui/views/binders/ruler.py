"""Ties the signs on the ruler – metre, tempo, key, pickup – to the document."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMenu

from harmonizer_gui.score import KeySignature, Score, Tempo, TimeSignature
from harmonizer_gui.score.edits import (
    Sign,
    SignKind,
    can_remove,
    move_sign,
    remove_sign,
    set_pickup,
    set_sign,
    sign_at,
    sign_tick,
)
from harmonizer_gui.session.document import Document
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.ruler import Pointed
from harmonizer_gui.views.roll.sign_marks import sign_text
from harmonizer_gui.views.signs import SignBox, ask_key, ask_metre, ask_pickup, ask_tempo


class RulerBinder(QObject):
    """A change counts from the start of the bar that was pointed at; of a sign that was met, from there."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._dragged_from: Score | None = None
        self._gesture = object()
        ruler = window.roll.canvas.ruler
        ruler.menu_asked.connect(self._show_menu)
        ruler.edit_asked.connect(self._edit)
        ruler.sign_dragged.connect(self._drag)
        for name, kind in (
            ("change-metre", SignKind.METRE),
            ("change-tempo", SignKind.TEMPO),
            ("change-key", SignKind.KEY),
        ):
            window.actions_[name].triggered.connect(partial(self._change_at_playhead, kind))
        window.actions_["change-pickup"].triggered.connect(lambda: self._ask_pickup())

    def menu(self, pointed: Pointed) -> QMenu:
        """What can be done at a place of the ruler."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sign = pointed.sign
        if sign is not None:
            change = menu.addAction(self.tr("&Change {sign}…").format(sign=sign_text(sign)))
            change.triggered.connect(partial(self._ask, kind_of(sign), sign.tick))
            remove = menu.addAction(self.tr("&Remove {sign}").format(sign=sign_text(sign)))
            remove.setEnabled(can_remove(self._document.score, sign))
            remove.triggered.connect(partial(self._remove, sign))
            menu.addSeparator()
        tick = sign_tick(self._document.score, pointed.tick)
        for words, kind in (
            (self.tr("Change &metre here…"), SignKind.METRE),
            (self.tr("Change &tempo here…"), SignKind.TEMPO),
            (self.tr("Change &key here…"), SignKind.KEY),
        ):
            menu.addAction(words).triggered.connect(partial(self._ask, kind, tick))
        menu.addAction(self.tr("&Pickup…")).triggered.connect(lambda: self._ask_pickup())
        menu.addSeparator()
        menu.addActions([self._window.actions_[name] for name in ("loop", "loop-selection")])
        return menu

    @Slot(object)
    def _show_menu(self, pointed: Pointed) -> None:
        self.menu(pointed).popup(pointed.on_screen)

    @Slot(object)
    def _edit(self, pointed: Pointed) -> None:
        if pointed.sign is not None:
            self._ask(kind_of(pointed.sign), pointed.sign.tick)

    def _change_at_playhead(self, kind: SignKind) -> None:
        self._ask(kind, sign_tick(self._document.score, int(self._window.roll.playhead.tick)))

    def _ask(self, kind: SignKind, tick: int) -> SignBox:
        """Ask what shall hold from `tick` on, beginning with what holds there."""
        score, place = self._document.score, self._from_bar(tick)
        if kind is SignKind.METRE:
            return ask_metre(
                self._window,
                place,
                score.bar_at(tick).time_signature,
                lambda counts, length: self._set(TimeSignature(tick, counts, length)),
            )
        if kind is SignKind.TEMPO:
            now = sign_at(score, kind, tick)
            tempo = now if isinstance(now, Tempo) else score.tempos[0]
            return ask_tempo(self._window, place, tempo, lambda value: self._set(Tempo(tick, value)))
        return ask_key(
            self._window, place, score.key_at(tick), lambda key: self._set(replace(key, tick=tick))
        )

    def _ask_pickup(self) -> SignBox:
        score = self._document.score
        return ask_pickup(self._window, score.time_signatures[0], score.pickup, self._set_pickup)

    def _from_bar(self, tick: int) -> str:
        if tick == 0:
            return self.tr("From the start of the piece on")
        return self.tr("From bar {bar} on").format(bar=self._document.score.bar_at(tick).number)

    def _set(self, sign: Sign) -> None:
        words = {
            SignKind.METRE: self.tr("Change the metre in bar {bar} to {sign}"),
            SignKind.TEMPO: self.tr("Change the tempo in bar {bar} to {sign}"),
            SignKind.KEY: self.tr("Change the key in bar {bar} to {sign}"),
        }[kind_of(sign)]
        before = self._document.score
        self._say_and_do(words, sign, set_sign(before, sign))
        if before.pickup and not self._document.score.pickup:
            words = self.tr("The pickup is gone: in {metre} it makes up whole bars")
            self._window.set_status(words.format(metre=sign_text(sign)))

    def _remove(self, sign: Sign) -> None:
        words = self.tr("Remove {sign} in bar {bar}")
        self._say_and_do(words, sign, remove_sign(self._document.score, sign))

    def _say_and_do(self, words: str, sign: Sign, score: Score) -> None:
        bar = max(1, self._document.score.bar_at(sign.tick).number)
        self._document.edit(words.format(bar=bar, sign=sign_text(sign)), score, initiator=self)

    def _set_pickup(self, ticks: int) -> None:
        score = set_pickup(self._document.score, ticks)
        self._document.edit(self.tr("Change the pickup"), score, initiator=self)

    @Slot(object, float, bool)
    def _drag(self, sign: Sign, tick: float, ended: bool) -> None:  # noqa: FBT001  # Qt's signature
        """A tempo goes to the grid, metre and key to the nearest bar line; one drag is one undo step.

        Bar lines are those there are without the sign: a metre makes its own.
        """
        if self._dragged_from is None:
            self._dragged_from, self._gesture = self._document.score, object()
        before = self._dragged_from
        score = move_sign(before, sign, self._snapped(remove_sign(before, sign), sign, tick))
        words = self.tr("Move {sign}").format(sign=sign_text(sign))
        self._document.edit(words, score, gesture=self._gesture, initiator=self)
        if ended:
            self._dragged_from = None

    def _snapped(self, score: Score, sign: Sign, tick: float) -> int:
        if tick == sign.tick:
            return sign.tick  # back where it was, be it a bar line or not
        if isinstance(sign, Tempo):
            return self._window.roll.grid.nearest(score, tick)
        bar = score.bar_at(int(tick))
        return bar.start if tick - bar.start < bar.end - tick else bar.end


def kind_of(sign: Sign) -> SignKind:
    """What a sign says something about."""
    match sign:
        case Tempo():
            return SignKind.TEMPO
        case TimeSignature():
            return SignKind.METRE
        case KeySignature():
            return SignKind.KEY
