"""Ties the switches of the rules, and the ranges of the singers, to the document."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Slot

from harmonizer_gui.engine.guidance import FAULTS, OUT_OF_RANGE, Guidance
from harmonizer_gui.engine.repainting import PAINTED
from harmonizer_gui.score import VoiceName, pitch_name
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.plan import voice_label
from harmonizer_gui.views.experts.names import source_label
from harmonizer_gui.views.experts.rule_row import RuleRow
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.range_shade import RangeShade
from harmonizer_gui.views.rules.popover import RANGE, RulesPopover, rules_on
from harmonizer_gui.views.theme import UNIT
from harmonizer_gui.views.why.words import fault_words

KEY = "key"
MOST_SHOWN = 999
"""Larger numbers have no room in a row."""
VOICE_LEADING = "voice leading"


class RulesBinder(QObject):
    """Each row of a rule tells what it goes by; its button opens the switches, the dock or the brush."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self.popovers = {name: self._make_popover(name) for name in FAULTS}
        self.shade = RangeShade(window.roll.canvas.keyboard, window.roll.look)
        window.roll.add_layer(self.shade)
        window.experts.rules_asked.connect(self._open)
        document.changed.connect(self._on_changed)
        self._show()

    def _make_popover(self, name: str) -> RulesPopover:
        popover = RulesPopover(name, self._window)
        popover.switch_asked.connect(self._switch)
        popover.range_asked.connect(self._set_range)
        popover.reset_asked.connect(self._reset)
        return popover

    @Slot(str)
    def _open(self, name: str) -> None:
        row = self._window.experts.experts.get(name)
        if name in self.popovers and isinstance(row, RuleRow):
            # Beside the panel, so that the row still tells what is chosen.
            self.popovers[name].open_at(row.mapToGlobal(QPoint(-3 * UNIT, 0)))
        elif name == KEY:
            self._window.actions_["key-and-chords"].trigger()
        elif name == PAINTED:
            self._window.actions_["paint"].trigger()

    @Slot(str, bool)
    def _switch(self, fault: str, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        words = self.tr("Look for: {}") if on else self.tr("Allow: {}")
        text = words.format(fault_words(fault).lower())
        self._set(text, self._document.guidance.switch(fault, on=on))

    @Slot(object, int, int, object)
    def _set_range(self, voice: VoiceName, low: int, high: int, gesture: object) -> None:
        words = self.tr("Let the {voice} sing {low}–{high}")
        text = words.format(voice=voice_label(voice), low=pitch_name(low), high=pitch_name(high))
        self._set(text, self._document.guidance.with_range(voice, low, high), gesture)

    @Slot(str)
    def _reset(self, name: str) -> None:
        guidance = self._document.guidance
        after = replace(guidance, off=guidance.off - set(FAULTS[name]))
        if name == RANGE:
            after = replace(after, ranges=())
        self._set(self.tr("All rules of {} as usual").format(source_label(name)), after)

    def _set(self, text: str, guidance: Guidance, gesture: object = None) -> None:
        self._document.set_guidance(text, guidance, gesture=gesture, initiator=self)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.guidance or change.target or change.piece:
            self._show()

    def _show(self) -> None:
        guidance, target, panel = self._document.guidance, self._document.target, self._window.experts
        for popover in self.popovers.values():
            popover.show_guidance(guidance)
        is_off = OUT_OF_RANGE in guidance.off
        self.shade.show_range(target, None if is_off else guidance.range_of(target))
        on, of = rules_on(guidance, VOICE_LEADING)
        panel.set_rules(
            VOICE_LEADING,
            f"{on}/{of}",
            self.tr("{on} of {all} rules are looked for: choose which").format(on=on, all=of),
        )
        panel.set_rules(RANGE, *self._range_words(guidance, target))
        locks, cells = len(guidance.locks), len(guidance.painted_in(target))
        panel.set_rules(
            KEY,
            str(locks or ""),
            self.tr("So many keys and chords are locked: see which (Ctrl+Alt+K)"),
        )
        panel.set_rules(
            PAINTED,
            str(min(cells, MOST_SHOWN) or ""),
            self.tr("So many cells are painted for the {}: take the brush (P)").format(voice_label(target)),
        )

    def _range_words(self, guidance: Guidance, target: VoiceName) -> tuple[str, str]:
        low, high = guidance.range_of(target)
        on, of = rules_on(guidance, RANGE)
        span = f"{pitch_name(low)}–{pitch_name(high)}"
        words = self.tr("own") if guidance.ranges and OUT_OF_RANGE not in guidance.off else f"{on}/{of}"
        hint = self.tr("The {voice} sings {span}: choose the range of each voice")
        return words, hint.format(voice=voice_label(target), span=span)
