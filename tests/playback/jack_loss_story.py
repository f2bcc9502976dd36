"""A player, its JACK server ended under it and started again; tells what happens line by line."""

from __future__ import annotations

import os
import threading

from harmonizer_gui.playback.outputs import OutputInfo, OutputKind
from harmonizer_gui.playback.player import Player
from tests.playback.scores import two_voices
from tests.playback.servers import Listener, jack_server, midi_listener, wait_for

NOTE_ON = 0x90


def tell(text: str) -> None:
    print(text, flush=True)  # noqa: T201  # the test reads it


def hears_a_note(listener: Listener) -> bool:
    return wait_for(lambda: any(message[0] == NOTE_ON for message in listener.messages))


def main() -> None:
    lost = threading.Event()

    def on_problem(sentence: str) -> None:
        tell(sentence)
        lost.set()

    name = os.environ["JACK_DEFAULT_SERVER"]
    player = Player(on_problem=on_problem, output=OutputInfo(OutputKind.MIDI, "midi-monitor:input"))
    with jack_server(name) as server, midi_listener() as listener:
        assert wait_for(port_is_there)
        player.play(two_voices(quarters_per_minute=20))
        assert hears_a_note(listener)
        tell("playing")
        server.terminate()  # not killed: JACK keeps a place for each of eight killed servers
        server.wait()
        assert lost.wait(5)
    before = player.position_tick
    assert wait_for(lambda: player.position_tick > before)
    tell("the playhead moves")
    with jack_server(name), midi_listener() as listener:
        player.set_loop(0, 40)
        player.seek(0)
        assert hears_a_note(listener)
        tell("heard again")
        player.close()
    tell("closed")


def port_is_there() -> bool:
    from harmonizer_gui.playback.midi_port import port_names

    return "midi-monitor:input" in port_names()


if __name__ == "__main__":
    main()
