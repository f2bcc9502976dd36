"""Keeps the C libraries below MIDI and sound from writing to the terminal, and hears JACK complain.

libasound and libjack print each problem on standard error. Here it is said once, in plain words, by us.
"""

from __future__ import annotations

import atexit
import ctypes
from functools import cache

_ALSA_HANDLER = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)
_JACK_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p)
_complaints = 0


def jack_complaints() -> int:
    """How many errors libjack has reported so far. It speaks only when something is wrong with the server."""
    return _complaints


@cache
def silence_libraries() -> None:
    """Take over the error handlers of libasound and libjack, where they are there. Once is enough."""
    try:
        import rtmidi._rtmidi as extension

        # A symbol is also looked for in what the extension is linked with, bundled copies included.
        library = ctypes.CDLL(extension.__file__)
    except (ImportError, OSError):
        return  # nothing is there that could make noise
    for setter_name, handler in _HANDLERS.items():
        _install(library, setter_name, handler)


def _install(library: ctypes.CDLL, setter_name: str, handler: object) -> None:
    setter = getattr(library, setter_name, None)
    if setter is None:
        return
    setter.restype = None
    setter(handler)
    # The handlers are Python: no library thread may call them when Python is gone.
    atexit.register(setter, None)


def _on_alsa_error(_file: bytes, _line: int, _function: bytes, _code: int, _format: bytes) -> None:
    """Say nothing: what matters comes back as an error to the caller."""


def _on_jack_error(_text: bytes) -> None:
    global _complaints  # the C interface has room for one handler in a process
    _complaints += 1


def _on_jack_info(_text: bytes) -> None:
    """Say nothing."""


# The libraries keep bare pointers: these objects must outlive them.
_HANDLERS = {
    "snd_lib_error_set_handler": _ALSA_HANDLER(_on_alsa_error),
    "jack_set_error_function": _JACK_HANDLER(_on_jack_error),
    "jack_set_info_function": _JACK_HANDLER(_on_jack_info),
}
