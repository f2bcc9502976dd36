"""What is done with whole pieces."""

from __future__ import annotations

from harmonizer_gui.views.actions.spec import Keys, Spec, tr


def specs() -> list[Spec]:
    return [
        Spec("new", tr("&New"), (Keys.New,)),
        Spec("open", tr("&Open…"), (Keys.Open,)),
        Spec("open-choosing", tr("Open and choose the &voices…")),
        Spec("chorales", tr("Open a c&horale…"), ("Ctrl+Shift+O",)),
        Spec("demo", tr("Open the &chorale of the first start")),
        Spec("save", tr("&Save"), (Keys.Save,)),
        Spec("save-as", tr("Save &as…"), ("Ctrl+Shift+S",)),
        Spec("export", tr("&Export MIDI or MusicXML…"), ("Ctrl+E",)),
        Spec("export-sound", tr("Export so&und…"), ("Ctrl+Shift+R",)),
        Spec("quit", tr("&Quit"), ("Ctrl+Q",)),
    ]
