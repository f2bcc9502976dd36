"""Holds one output open, notices when it is lost, and comes back to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from harmonizer_gui.playback.messages import Message
from harmonizer_gui.playback.outputs import Output, OutputError, OutputInfo
from harmonizer_gui.playback.sequencer import Silence

CHECK_SECONDS = 1.0


class OutputLink:
    """The way to the output that is wanted. For one thread; no method raises.

    `on_problem` is told once in a sentence when the output cannot be had, and once when it is lost.
    """

    def __init__(
        self, open_output: Callable[[OutputInfo], Output], on_problem: Callable[[str], None]
    ) -> None:
        self._open_output = open_output
        self._on_problem = on_problem
        self._info: OutputInfo | None = None
        self._output: Output | None = None
        self._next_check = float("-inf")
        self._has_complained = False

    def want(self, info: OutputInfo) -> None:
        """Let go of any other output; this one is opened by `keep`."""
        if info != self._info:
            self.close()
            self._info = info
            self.start_over()

    def keep(self, now: float) -> bool:
        """See to it that the output is open, if it can be had. Returns whether it was opened just now."""
        if self._info is None or now < self._next_check:
            return False
        self._next_check = now + CHECK_SECONDS
        if self._output is not None and self._output.is_alive():
            return False
        loss = self._output.loss if self._output else None
        return self._reopen(self._info, loss)

    def start_over(self) -> None:
        """Try at once again, and say again what is missing."""
        self._has_complained = False
        if self._output is None:
            self._next_check = float("-inf")

    def send(self, step: Message | Silence) -> None:
        if self._output is None:
            return
        try:
            _pass_on(self._output, step)
        except OutputError as error:
            self._lose(str(error))

    def close(self) -> None:
        """Silence the output and let go of it."""
        output, self._output = self._output, None
        if output is not None:
            with suppress(OutputError):
                output.silence()
            output.close()

    def _reopen(self, info: OutputInfo, loss: str | None) -> bool:
        """Open anew; if that fails say `loss`, or else why it cannot be opened."""
        self.close()
        try:
            self._output = self._open_output(info)
        except OutputError as error:
            self._complain(loss or str(error))
            return False
        self._has_complained = False
        return True

    def _lose(self, sentence: str) -> None:
        self.close()
        self._complain(sentence)

    def _complain(self, sentence: str) -> None:
        if not self._has_complained:
            self._has_complained = True
            self._on_problem(sentence)


def _pass_on(output: Output, step: Message | Silence) -> None:
    if not isinstance(step, Silence):
        output.send(step)
    elif step.everywhere:
        output.panic()
    else:
        output.silence()
