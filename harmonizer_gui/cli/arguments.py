"""The arguments of every command. Nothing heavy is imported here."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from harmonizer_gui.cli import values
from harmonizer_gui.commands import COMMANDS
from harmonizer_gui.errors import UserError
from harmonizer_gui.score import TimeSignature


def names_a_command(argument: str) -> bool:
    """Whether the first argument asks for a command, or for help, and not for the window."""
    return argument in COMMANDS or argument in ("-h", "--help", "--version")


class _Parser(argparse.ArgumentParser):
    """A parser that raises a sentence instead of ending the program."""

    def error(self, message: str) -> None:  # type: ignore[override]  # argparse says NoReturn, and so it is
        raise UserError(f"{self.prog}: {message}")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Raises UserError for anything that does not fit; `--help` prints and exits as usual."""
    return _parser().parse_args(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="harmonizer-gui",
        description="Write four-part harmony together with a model whose reasoning you can see.",
        epilog="Without a command: harmonizer-gui [FILE] opens the window.",
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    _add_fill(commands)
    _add_compose(commands)
    _add_explain(commands)
    _add_plot(commands)
    _add_train(commands)
    _add_evaluate(commands)
    _add_bench(commands)
    _add_report(commands)
    _add_convert(commands)
    _add_play(commands)
    commands.add_parser("ports", help="list the outputs one can play to")
    return parser


_SHOWN = "added to what the experts are shown"
_Commands = argparse._SubParsersAction  # argparse has no public name for it


def _add_fill(commands: _Commands[_Parser]) -> None:
    fill = commands.add_parser("fill", help="write one or more voices of a piece")
    fill.add_argument("file", type=Path, metavar="FILE")
    fill.add_argument(
        "--voice", type=values.voice, action="append", required=True, dest="voices", metavar="VOICE"
    )
    fill.add_argument("-o", "--output", type=Path, required=True, metavar="OUT")
    fill.add_argument("--takes", type=values.takes, metavar="N", help="write N takes, OUT gets -1 … -N")
    fill.add_argument("--sweeps", type=values.sweeps, metavar="N", help="how often to rewrite several voices")
    fill.add_argument("--keep", action="store_true", help="keep the notes of the voice, fill what is silent")
    fill.add_argument("--key-lock", type=values.key, metavar="KEY", help="keep to the scale of G, Bb or e")
    _add_noise(fill, _SHOWN)
    _add_mix(fill)
    _add_model(fill)


def _add_compose(commands: _Commands[_Parser]) -> None:
    compose = commands.add_parser("compose", help="write a piece from nothing")
    compose.add_argument("-o", "--output", type=Path, required=True, metavar="OUT")
    compose.add_argument("--bars", type=values.positive, default=8, metavar="N")
    compose.add_argument(
        "--key", type=values.key, metavar="KEY", help="as G, Bb or e (small letters for minor)"
    )
    compose.add_argument("--meter", type=values.meter, default=TimeSignature(0, 4, 4), metavar="N/D")
    compose.add_argument("--sweeps", type=values.sweeps, default=4, metavar="N", help="how often to rewrite")
    _add_noise(compose, _SHOWN)
    _add_mix(compose)
    _add_model(compose)


def _add_explain(commands: _Commands[_Parser]) -> None:
    explain = commands.add_parser("explain", help="tell what the experts say of a written voice, and why")
    explain.add_argument("file", type=Path, metavar="FILE")
    explain.add_argument("--voice", type=values.voice, required=True, metavar="VOICE")
    explain.add_argument("--json", action="store_true", help="print one JSON object: every step")
    explain.add_argument(
        "--notes",
        type=values.count,
        default=5,
        metavar="N",
        help="tell of so many unlikely notes (default: 5)",
    )
    _add_mix(explain)
    _add_model(explain)


def _add_plot(commands: _Commands[_Parser]) -> None:
    plot = commands.add_parser("plot", help="draw the heat of every expert and of the product")
    plot.add_argument("file", type=Path, metavar="FILE")
    plot.add_argument("--voice", type=values.voice, required=True, metavar="VOICE")
    plot.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help=".png, .svg or .pdf")
    plot.add_argument("--rules", action="store_true", help="draw the experts that need no training, too")
    _add_mix(plot)
    _add_model(plot)


def _add_train(commands: _Commands[_Parser]) -> None:
    train = commands.add_parser("train", help="train the model anew")
    train.add_argument(
        "--corpus", default="bach", metavar="bach|mixed|FOLDER", help="what to train on (default: bach)"
    )
    train.add_argument(
        "--run",
        "--run-folder",  # torchrun takes --run for an option of its own
        type=Path,
        default=Path("runs/chorales"),
        metavar="FOLDER",
        help="folder of the run",
    )
    train.add_argument("--resume", action="store_true", help="go on where the run in the folder ended")
    train.add_argument("--minibatches", type=values.positive, help="how long to train")
    _add_noise(train, f"{_SHOWN}, against too much trust in it")
    train.add_argument(
        "--samples",
        type=values.positive,
        metavar="N",
        help="every N minibatches, write a chorale with the alto as learned so far into the folder",
    )
    train.add_argument("--seed", type=values.seed, default=1)
    train.add_argument(
        "--size",
        choices=("full", "small"),
        default="full",
        help="small trains in half the time (default: full)",
    )
    train.add_argument(
        "--monolith",
        action="store_true",
        help="one network of the same size instead of the product, to compare it with",
    )
    train.add_argument("-o", "--output", type=Path, metavar="OUT", help="where to write the checkpoint")
    _add_device(train)


def _add_evaluate(commands: _Commands[_Parser]) -> None:
    evaluate = commands.add_parser("evaluate", help="measure the model on chorales it has not learned from")
    evaluate.add_argument("--split", choices=("valid", "test"), default="valid")
    evaluate.add_argument("--json", action="store_true", help="print one JSON object")
    evaluate.add_argument(
        "--against",
        type=Path,
        metavar="FILE",
        help="compare with another checkpoint or run folder, chorale by chorale",
    )
    evaluate.add_argument(
        "--write-card", action="store_true", help="write the figures of the split into the card of the model"
    )
    evaluate.add_argument(
        "--generate", type=values.count, metavar="N", help="fill the voices of N chorales (default: of all)"
    )
    evaluate.add_argument(
        "--compose", type=values.count, metavar="N", help="compose N pieces from nothing (default: 16)"
    )
    evaluate.add_argument(
        "--sweeps", type=values.sweeps, metavar="N", help="how often to rewrite those pieces"
    )
    evaluate.add_argument(
        "--jobs", type=values.positive, metavar="N", help="write in N processes (default: two, if it pays)"
    )
    _add_model(evaluate)
    _add_what_if(evaluate.add_argument_group("what if (judged so and written so, kept nowhere)"))


def _add_what_if(group: argparse._ArgumentGroup) -> None:
    _add_mix(group)
    _add_noise(group, _SHOWN)
    group.add_argument(
        "--transpositions",
        type=values.transpositions,
        metavar="N,N",
        help="average Simple over these transpositions, as 0,-2,2",
    )
    group.add_argument(
        "--with",
        type=Path,
        dest="member",
        metavar="FILE",
        help="multiply another model in, both at half their exponents",
    )
    group.add_argument(
        "--fit",
        action="store_true",
        help="besides, fit the exponents to half of the chorales and judge on the other half",
    )


def _add_bench(commands: _Commands[_Parser]) -> None:
    bench = commands.add_parser("bench", help="measure how fast the program is on this machine")
    bench.add_argument("--json", action="store_true", help="print one JSON object")
    bench.add_argument(
        "--repeats", type=values.positive, default=15, metavar="N", help="how often each is measured"
    )
    bench.add_argument(
        "--bars", type=values.positive, default=16, metavar="N", help="how long the pieces are (default: 16)"
    )
    bench.add_argument(
        "--no-window", dest="window", action="store_false", help="leave out what only the window can tell"
    )
    bench.add_argument("--model", type=Path, metavar="FILE", help="another checkpoint than the one shipped")


def _add_report(commands: _Commands[_Parser]) -> None:
    report = commands.add_parser("report", help="draw what a model has learned and how its training went")
    report.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="gets exponents.png, and curves.png with --run",
    )
    report.add_argument("--run", type=Path, dest="run_folder", metavar="FOLDER", help="folder of a run")
    report.add_argument(
        "--page",
        type=Path,
        metavar="FILE",
        help="write the figures of the card into the marked tables of a Markdown page",
    )
    _add_model(report)


def _add_convert(commands: _Commands[_Parser]) -> None:
    convert = commands.add_parser("convert", help="read one format, write another")
    convert.add_argument("file", type=Path, metavar="FILE")
    convert.add_argument("-o", "--output", type=Path, metavar="OUT", help="the suffix decides the format")
    convert.add_argument(
        "--list-voices", action="store_true", help="show what strands of notes the file has, and the guess"
    )
    convert.add_argument(
        "--voices",
        type=values.assignment,
        dest="assignment",
        metavar="VOICE=STRAND,…",
        help="which strand is which voice, as soprano=1,alto=2,tenor=3a,bass=3b (default: a guess)",
    )
    convert.add_argument(
        "--expand-repeats", action="store_true", help="write out repeats, as they are played"
    )


def _add_play(commands: _Commands[_Parser]) -> None:
    play = commands.add_parser("play", help="play a file")
    play.add_argument("file", type=Path, metavar="FILE")
    play.add_argument("--port", metavar="NAME", help="an output that “ports” lists; else the built-in synth")


def _add_mix(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--seed", type=values.seed, default=0, help="the same seed gives the same notes")
    parser.add_argument("--temperature", type=float, default=1.0, metavar="F")
    parser.add_argument(
        "--exponent",
        type=values.exponent,
        action="append",
        default=[],
        dest="exponents",
        metavar="EXPERT=F",
        help="factor on the learned exponent of an expert, 1 = as learned",
    )


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", type=Path, metavar="FILE", help="another checkpoint than the one shipped")
    _add_device(parser)


def _add_device(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto")


def _add_noise(parser: argparse._ActionsContainer, text: str) -> None:
    parser.add_argument(
        "--noise",
        type=values.deviation,
        default=0.0,
        metavar="F",
        help=f"standard deviation of noise {text} (default: none)",
    )


def _version() -> str:
    from importlib.metadata import version

    return f"harmonizer-gui {version('harmonizer-gui')}"
