"""A real MIDI system for the tests of one module."""

from __future__ import annotations

from collections.abc import Iterator

import mido
import pytest

from tests.playback.servers import JACK_BACKEND, jack_environment, jack_server
from tests.system import require


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    require("jackd", "jack_wait")
    environment = jack_environment()
    previous = mido.backend
    with pytest.MonkeyPatch.context() as patch, jack_server(environment["JACK_DEFAULT_SERVER"]):
        for name, value in environment.items():
            patch.setenv(name, value)
        mido.set_backend(JACK_BACKEND)
        yield
        mido.set_backend(previous)
