"""ABC with several voices, which may come line by line: each in one piece."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_VOICE = re.compile(r"^(?:V:\s*(\S+)(.*)|\[V:\s*([^\]\s]+)([^\]]*)\](.*))$")
_NAME = re.compile(r'\b(?:name|nm)\s*=\s*(?:"([^"]*)"|(\S+))')
_KEY_FIELD = "K:"


@dataclass
class _VoiceLines:
    name: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AbcTune:
    """The lines of the head, and of each voice in one piece with its name."""

    head: list[str]
    voices: list[tuple[str, list[str]]]


def tune_of(text: str) -> AbcTune:
    """The voices of a tune; one that names none has one.

    A voice begins by `V:2` on a line of its own or `[V:2]` before its notes, and may come again and again.
    """
    head, voices = _taken_apart(text)
    sounding = {label: voice for label, voice in voices.items() if voice.lines}
    named = [(voice.name or _plain_label(label), voice.lines) for label, voice in sounding.items()]
    return AbcTune(head, named)


def _taken_apart(tune: str) -> tuple[list[str], dict[str, _VoiceLines]]:
    """The lines of the head, without the voices named there, and what each voice sings."""
    head: list[str] = []
    voices: dict[str, _VoiceLines] = {}
    current, is_body = "", False
    for line in tune.split("\n"):
        found = _VOICE.match(line)
        if found is not None:
            current = found.group(1) or found.group(3)
            voice = voices.setdefault(current, _VoiceLines())
            named = _NAME.search(found.group(2) or found.group(4) or "")
            if named is not None:
                voice.name = (named.group(1) or named.group(2) or "").strip()
            line = found.group(5) or ""
            if not line.strip():
                continue
            is_body = True
        if is_body:
            voices.setdefault(current, _VoiceLines()).lines.append(line)
        else:
            head.append(line)
            is_body = line.startswith(_KEY_FIELD)
    return head, voices


def _plain_label(label: str) -> str:
    """A label such as `S` or `Tenor` is a name, a number is none."""
    return "" if label.isdecimal() else label
