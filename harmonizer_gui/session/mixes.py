"""The user's own presets, and the other of two mixes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.opening import Opened
from harmonizer_gui.session.project import Kept, mix_of, mix_values
from harmonizer_gui.session.settings import Settings

SLOTS: Final = ("A", "B")
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class NamedMix:
    """A preset of the user's own: unlike those of the program it says all of the mix."""

    name: str
    mix: Mix


class Mixes(QObject):
    """Own presets are kept in the settings and with the piece; those of a piece are offered with it.

    Of two mixes, A and B, one is that of the document and the other is kept beside it. Which is which goes
    by the mixes themselves, so that an undo of the switch switches back.
    """

    changed = Signal()

    def __init__(
        self, document: Document, settings: Settings, files: Files, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._settings = settings
        self._mine = _named(settings.presets)
        self._of_piece: dict[str, Mix] = {}
        self._slot = SLOTS[0]
        self._here, self._other = document.mix, AS_LEARNED
        files.keep(Kept("presets", self._collect, self._restore))
        files.show("mix", lambda: {"slot": self._slot, "other": mix_values(self._other)})
        files.opened.connect(self._on_opened)
        document.changed.connect(self._on_document_changed)

    @property
    def own(self) -> tuple[NamedMix, ...]:
        """By name."""
        mixes = self._of_piece | self._mine
        return tuple(NamedMix(name, mixes[name]) for name in sorted(mixes, key=str.casefold))

    def save(self, name: str) -> None:
        """Keep the mix of now as `name`, in the place of what had that name."""
        tidy = name.strip()[:LONGEST_NAME]
        if tidy:
            self._of_piece.pop(tidy, None)
            self._keep(self._mine | {tidy: self._document.mix})

    def rename(self, name: str, other: str) -> None:
        mixes, tidy = self._of_piece | self._mine, other.strip()[:LONGEST_NAME]
        if tidy and tidy != name and name in mixes:
            rest = {each: mix for each, mix in self._mine.items() if each != name}
            for old in (name, tidy):
                self._of_piece.pop(old, None)
            self._keep(rest | {tidy: mixes[name]})

    def delete(self, name: str) -> None:
        self._of_piece.pop(name, None)
        self._keep({each: mix for each, mix in self._mine.items() if each != name})

    def put_back(self, own: tuple[NamedMix, ...]) -> None:
        """Have the own presets as they were, `own` from before; those of the piece become the user's."""
        self._of_piece = {}
        self._keep({named.name: named.mix for named in own})

    def _keep(self, mine: dict[str, Mix]) -> None:
        self._mine = mine
        self._settings.presets = [_values(NamedMix(*each)) for each in mine.items()]
        self.changed.emit()

    @property
    def slot(self) -> str:
        """`A` or `B`: which of the two is the mix of now."""
        return self._slot

    @property
    def other(self) -> Mix:
        """The one that is not the mix of now."""
        return self._other

    def switch(self) -> None:
        """Make the other mix that of the document, as an undo step, and keep this one beside it."""
        other = SLOTS[self._slot == SLOTS[0]]
        if self._other == self._document.mix:
            self._slot = other
            self.changed.emit()
        else:
            text = QCoreApplication.translate("Mixes", "Switch to mix {}").format(other)
            self._document.set_mix(text, self._other)

    def copy(self) -> None:
        """Make the other mix like this one."""
        self._other = self._document.mix
        self.changed.emit()

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if change.piece:
            self._slot, self._here, self._other = SLOTS[0], self._document.mix, AS_LEARNED
            self.changed.emit()
        elif change.mix:
            self._follow(self._document.mix)

    def _follow(self, mix: Mix) -> None:
        """A mix that is that of the other slot is a switch, whether by the user or by an undo."""
        if mix == self._other != self._here:
            self._slot = SLOTS[self._slot == SLOTS[0]]
            self._other = self._here
            self.changed.emit()
        self._here = mix

    def _collect(self) -> list[dict[str, Any]] | None:
        return [_values(named) for named in self.own] or None

    def _restore(self, values: Any) -> None:  # noqa: ANN401  # whatever the section of a file holds
        self._of_piece = _named(values)
        self.changed.emit()

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        kept = opened.view.get("mix")
        if isinstance(kept, Mapping) and kept.get("slot") in SLOTS:
            self._slot = str(kept["slot"])
            self._other = _mix_or_none(kept.get("other")) or AS_LEARNED
            self.changed.emit()


def _values(named: NamedMix) -> dict[str, Any]:
    return {"name": named.name, "mix": mix_values(named.mix)}


def _named(values: object) -> dict[str, Mix]:
    """The mixes by name that `values` describe; what makes no sense is passed over."""
    found = {}
    for each in values if isinstance(values, list) else ():
        if isinstance(each, dict) and isinstance(each.get("name"), str):
            mix = _mix_or_none(each.get("mix"))
            if mix is not None:
                found[each["name"]] = mix
    return found


def _mix_or_none(values: object) -> Mix | None:
    try:
        return mix_of(values) if isinstance(values, dict) else None
    except (AttributeError, TypeError, ValueError):
        return None
