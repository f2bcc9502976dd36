"""Ties the takes to their dock, their keys and the heat they were drawn from."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject, Qt, Slot

from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.generation import Generated, Generation
from harmonizer_gui.session.heat import HeatModel
from harmonizer_gui.session.plan import voices_label
from harmonizer_gui.session.project import Kept
from harmonizer_gui.session.take import Take, TakeSet, Way
from harmonizer_gui.session.takes_values import sets_of, takes_values
from harmonizer_gui.views.experts import source_label
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.takes import Card, TakesPanel


class TakesBinder(QObject):
    """What is heard is in the document already: the dock only shows and asks."""

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        generation: Generation,
        heat: HeatModel,
        files: Files,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._generation = generation
        self._takes = generation.takes
        self._heat = heat
        self._sets: tuple[TakeSet, ...] = ()
        self.panel = TakesPanel(window)
        self._dock = window.add_dock("takes", self.tr("Takes"), self.panel)
        self._connect_panel()
        self._connect_keys()
        self._takes.changed.connect(self._show)
        self._takes.accepted.connect(self._on_accepted)
        generation.finished.connect(self._on_finished)
        generation.state_changed.connect(self._show_reasons)
        files.keep(Kept("takes", lambda: takes_values(self._takes.sets), self._restore))
        self._show()

    def _restore(self, values: dict[str, Any] | None) -> None:
        self._takes.restore(sets_of(values))

    def _connect_panel(self) -> None:
        panel, takes, generation = self.panel, self._takes, self._generation
        panel.hear_asked.connect(takes.hear)
        panel.accept_asked.connect(takes.accept)
        panel.leave_asked.connect(takes.leave)
        panel.forget_asked.connect(takes.remove)
        panel.again_asked.connect(generation.start_again)
        panel.settings_asked.connect(generation.use_settings)
        panel.set_asked.connect(self._choose)
        panel.sampled_asked.connect(self._window.actions_["sampled-heat"].trigger)

    def _connect_keys(self) -> None:
        actions, takes = self._window.actions_, self._takes
        actions["next-take"].triggered.connect(lambda: takes.step(1))
        actions["previous-take"].triggered.connect(lambda: takes.step(-1))
        actions["compare-takes"].triggered.connect(lambda: takes.compare())
        actions["accept-take"].triggered.connect(lambda: takes.accept())
        actions["sampled-heat"].toggled.connect(self._on_sampled_toggled)

    @Slot(int)
    def _choose(self, index: int) -> None:
        if 0 <= index < len(self._sets):
            self._takes.choose(self._sets[index])

    @Slot(object)
    def _on_finished(self, result: Generated) -> None:
        """Several takes want to be chosen from."""
        if result.takes > 1:
            self._dock.show_on_top()

    @Slot(int)
    def _on_accepted(self, number: int) -> None:
        undo = self._window.actions_["undo"].shortcut()
        words = self.tr("Kept take {number} · undo with {keys}")
        self._window.set_status(
            words.format(number=number, keys=undo.toString(undo.SequenceFormat.NativeText))
        )

    @Slot()
    def _show(self) -> None:
        takes, current = self._takes, self._takes.current
        target = self._document.target
        self._sets = tuple(each for each in takes.sets if target in each.voices)
        names = [place_name(each, self._document) for each in self._sets]
        self.panel.set_places(names, self._sets.index(current) if current in self._sets else -1)
        cards = () if current is None else cards_of(current)
        self.panel.set_takes(cards, takes.shown, is_open=takes.is_auditioning)
        self._show_keys()
        self._show_reasons()
        self._show_sampled()

    def _show_keys(self) -> None:
        """A disabled action says why."""
        takes, actions = self._takes, self._window.actions_
        none = self.tr("There are no takes of this voice yet.")
        reasons = {
            "next-take": "" if takes.current else none,
            "previous-take": "" if takes.current else none,
            "compare-takes": "" if takes.current else none,
            "accept-take": "" if takes.is_auditioning else self.tr("No take is being tried."),
        }
        for name, reason in reasons.items():
            actions[name].setEnabled(not reason)
            actions[name].setStatusTip(reason)

    @Slot()
    def _show_reasons(self) -> None:
        current = self._takes.current
        takes = () if current is None else current.takes
        blocked = {take.number: self._generation.words.blocked_again(take) for take in takes}
        self.panel.set_reasons({number: reason for number, reason in blocked.items() if reason})

    @Slot()
    def _on_sampled_toggled(self) -> None:
        self._show_sampled()
        if self._heat.sampled:
            words = self.tr("Heat on the roll: what take {number} was drawn from")
            self._window.set_status(words.format(number=self._takes.shown))
        else:
            self._window.set_status(self.tr("Heat on the roll: of the notes as they stand"))

    @Slot()
    def _show_sampled(self) -> None:
        action, take = self._window.actions_["sampled-heat"], self._takes.shown_take
        heat = None if take is None else take.heat_of(self._document.target)
        self._heat.set_sampled(heat if action.isChecked() else None)
        reason = "" if heat is not None else self.tr("Of what stands in the voice no such heat is kept.")
        action.setEnabled(not reason or action.isChecked())
        action.setStatusTip(reason)
        self.panel.set_sampled(on=action.isChecked(), reason=reason)


def cards_of(current: TakeSet) -> tuple[Card, ...]:
    """The cards of a set: what was there before, then its takes."""
    ticks = [tick for _, spans in current.place for span in spans for tick in span]
    start, end = min(ticks, default=0), max(ticks, default=1)
    is_empty = not any(line.between(start, end) for _, line in current.original.lines)
    aside = _tr("empty") if is_empty else ""
    lines = current.original.lines
    original = Card(0, _tr("0 · original"), aside, _tr("as it was before"), "", lines, start, end)
    return (original, *(_card(take, start, end) for take in current.takes))


def _card(take: Take, start: int, end: int) -> Card:
    return Card(
        take.number,
        str(take.number),
        "" if take.bits is None else _tr("{bits:.2f} bits").format(bits=take.bits),
        " · ".join(filter(None, (_parallels(take), _way(take), mix_words(take.settings.mix)))),
        _details(take),
        take.music.lines,
        start,
        end,
    )


def _parallels(take: Take) -> str:
    count = take.faults.get("parallels", 0)
    if not count:
        return ""
    return _tr("1 parallel") if count == 1 else _tr("{count} parallels").format(count=count)


def _way(take: Take) -> str:
    if take.settings.way is Way.REWRITE:
        return _tr("best of a search")
    return _tr("seed {seed}").format(seed=take.settings.seed)


def mix_words(mix: Mix) -> str:
    """What differs from the usual mix, in short; empty where nothing does."""
    parts = [] if mix.temperature == 1.0 else [f"T {mix.temperature:.2g}"]
    parts += [f"{source_label(name)} ×{factor:.3g}" for name, factor in mix.factors]
    parts += [_tr("without {expert}").format(expert=source_label(name)) for name in sorted(mix.muted)]
    parts += [_tr("only {expert}").format(expert=source_label(name)) for name in sorted(mix.soloed)]
    return " · ".join(parts)


def _details(take: Take) -> str:
    """All that is known of a take, a line each."""
    rows = [_tr("Take {number}, seed {seed}").format(number=take.number, seed=take.settings.seed)]
    if take.bits is not None:
        rows.append(
            _tr("{bits:.3f} bits per step: how surprising it is to the experts as learned").format(
                bits=take.bits
            )
        )
    rows += [f"{_fault_label(name)}: {count}" for name, count in take.faults.items()]
    rows.append(mix_words(take.settings.mix) or _tr("The experts as learned"))
    rows.append(_time(take.made))
    return "\n".join(filter(None, rows))


def _time(made: str) -> str:
    moment = QDateTime.fromString(made, Qt.DateFormat.ISODate)
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat) if moment.isValid() else ""


def _fault_label(name: str) -> str:
    known = {
        "parallels": _tr("Parallel fifths and octaves"),
        "crossings": _tr("Crossings, in sixteenths"),
        "overlaps": _tr("Overlaps"),
        "wide_spacings": _tr("Wide spacing, in sixteenths"),
        "hard_leaps": _tr("Hard leaps"),
        "doubled_leading_notes": _tr("Doubled leading note, in sixteenths"),
    }
    return known.get(name) or name.replace("_", " ").capitalize()


def place_name(each: TakeSet, document: Document) -> str:
    """Which voices, and which bars."""
    ticks = [tick for _, spans in each.place for span in spans for tick in span]
    score = document.score
    first, last = score.bar_at(min(ticks)).number, score.bar_at(max(ticks) - 1).number
    words = _tr("{voices}, bar {first}") if first == last else _tr("{voices}, bars {first}–{last}")
    names = voices_label(each.voices)
    return words.format(voices=names[:1].upper() + names[1:], first=first, last=last)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Takes", text)
