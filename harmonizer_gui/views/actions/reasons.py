"""Why an action is grey, where nobody has said so: what always holds of it."""

from __future__ import annotations

from harmonizer_gui.views.actions.spec import tr


def usual_reason(name: str) -> str:
    """Why the action called `name` is grey when it is; for one not known here, that it does not fit now."""
    if name.startswith("together-"):
        return tr("This voice is the one that is written")
    known = {
        "undo": tr("There is nothing to undo"),
        "redo": tr("There is nothing to redo"),
        "unlock-all": tr("Nothing is locked"),
        "clear-painted": tr("Nothing is painted for this voice"),
    }
    return known.get(name) or tr("There is nothing here that this could be done to")
