"""`zhicheng draw …`: commit to a draw, run it by public randomness, verify one. Needs no database."""

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhicheng.cli.faults import translated
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

if TYPE_CHECKING:
    from zhicheng.core.draws.hashing import Algorithm
    from zhicheng.core.draws.inputs import Inputs

app = typer.Typer(
    help="Draws that everybody can repeat: commit to the inputs, run by public randomness, verify.",
    no_args_is_help=True,
)

Roster = Annotated[Path, typer.Option(help="CSV with a head: id, stratum, size.")]
Plan = Annotated[Path, typer.Option(help='JSON: {"n": {"stratum": 5}, "inspectors_per_visit": 2}.')]
Inspectors = Annotated[Path, typer.Option(help="CSV with a head: inspector, most visits.")]
Conflicts = Annotated[Path, typer.Option(help="CSV with a head: inspector, id of whom they must not visit.")]
Hash = Annotated[str, typer.Option("--hash", help="sha256 or sm3; named in the commitment.")]
MOST_SHOWN = 1000
"""Signs of what a verification says of one thing."""

AsJson = Annotated[bool, typer.Option("--json", help="As JSON, as it is published.")]


@app.command()
def commit(
    roster: Roster,
    plan: Plan,
    inspectors: Inspectors,
    conflicts: Conflicts,
    algorithm: Hash = "sha256",
    as_json: AsJson = False,
) -> None:
    """Prints the commitment to the inputs, to be published before the randomness is known.

    Refuses what a draw could be made of and should not be, such as a company that is listed twice.
    """
    from zhicheng.core.draws.commitment import commit as commit_to
    from zhicheng.core.draws.drand import due_at
    from zhicheng.core.draws.inputs import read_inputs
    from zhicheng.core.draws.randomness import announced

    inputs = read_inputs(*_read(roster, plan, inspectors, conflicts))
    if doubt := _doubt(inputs):
        raise doubt
    events = announced(inputs.plan.content)
    commitment = commit_to(inputs, _algorithm(algorithm)).document()
    if as_json:
        typer.echo(json.dumps(commitment, indent=1), nl=False)
        return
    for name, value in commitment.items():
        typer.echo(f"{name} {value}")
    for event in events or ():
        due = due_at(event) if event.startswith("drand:") else None
        typer.echo(f"randomness {event}" + (f", due at {due.isoformat()}" if due else ""))


@app.command()
def run(
    roster: Roster,
    plan: Plan,
    inspectors: Inspectors,
    conflicts: Conflicts,
    randomness: Annotated[str | None, typer.Option(help="The public randomness, in hexadecimal.")] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(help="lottery:GAME:ISSUE:NUMBERS or drand:CHAIN:ROUND:SIGNATURE; two origins or more."),
    ] = None,
    algorithm: Hash = "sha256",
    as_json: AsJson = False,
    bundle: Annotated[Path | None, typer.Option(help="File for all that is needed to repeat the draw.")] = None,
) -> None:
    """Draws units and inspectors by public randomness: given as it is, or by the sources it comes from.

    What `commit` refuses is drawn as it stands, with a line to standard error.
    """
    from zhicheng.core.draws import bundle as bundles
    from zhicheng.core.draws.drawing import draw
    from zhicheng.core.draws.inputs import read_inputs
    from zhicheng.core.draws.publishing import summary, written
    from zhicheng.core.draws.randomness import combined, parse_source, require_announced

    hashing = _algorithm(algorithm)
    inputs = read_inputs(*_read(roster, plan, inspectors, conflicts))
    sources = [parse_source(text) for text in source or ()]
    if (randomness is None) == (not sources):
        raise Refused(words("expected is either --randomness or --source, twice or more"))
    if sources:
        require_announced(inputs.plan.content, sources)
        randomness = combined(sources, hashing)
    drawn = draw(inputs, randomness or "", hashing)
    if doubt := _doubt(inputs):
        typer.echo(f"zhicheng: {translated(doubt)}", err=True)
    if bundle:
        kept = bundles.Randomness(randomness or "", sources)
        with bundle.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(bundles.bundle(inputs, drawn, kept))
    _print(written(drawn) if as_json else summary(drawn))


@app.command()
def verify(
    bundle: Annotated[Path, typer.Argument(help="A bundle that `zhicheng draw run` wrote.")],
    commitment: Annotated[
        str | None, typer.Option(help="The commitment that was public before the randomness was known.")
    ] = None,
) -> None:
    """Computes a draw again from its bundle and says what agrees. Exit code 1 if anything does not."""
    from zhicheng.core.draws.bundle import read_bundle
    from zhicheng.core.draws.showing import shown
    from zhicheng.core.draws.verification import verify as checks_of

    faults, kept = [], read_bundle(bundle.read_bytes(), str(bundle))
    for check in checks_of(kept, commitment):
        # What a forger wrote stands in it: nothing of that may look like a line of ours.
        typer.echo(f"{check.name}: {shown(check.fault, MOST_SHOWN) if check.fault else 'agrees'}")
        if check.fault:
            faults.append(check)
    if faults:
        typer.echo(f"The draw is not what the bundle says; first of {len(faults)}: {faults[0].name}.", err=True)
        raise typer.Exit(1)
    typer.echo("The draw is what the bundle says.")
    if doubt := _doubt(kept.inputs, only_unbound=True):
        typer.echo(f"Its commitment leaves something open: {translated(doubt)}", err=True)


def _doubt(inputs: "Inputs", *, only_unbound: bool = False) -> Refused | None:
    """The first of what no draw should be made of, or of what can be drawn only because nothing is looked at."""
    from zhicheng.core.draws.doubts import mistakes, unbound

    try:
        inputs.check()
    except Refused as refused:
        return refused
    return next(chain(unbound(inputs), () if only_unbound else mistakes(inputs)), None)


def _algorithm(name: str) -> "Algorithm":
    from zhicheng.core.draws.hashing import Algorithm

    if name.lower() not in list(Algorithm):
        message = words("--hash is “{name}”; expected is one of {known}")
        raise Refused(message, name=name, known=", ".join(Algorithm))
    return Algorithm(name.lower())


def _read(*paths: Path) -> list[tuple[str, bytes]]:
    return [(str(path), path.read_bytes()) for path in paths]


def _print(pieces: Iterable[str]) -> None:
    """Writes UTF-8 whatever the terminal speaks, since it is these bytes that are published."""
    stream = typer.get_binary_stream("stdout")
    for piece in pieces:
        stream.write(piece.encode())
    stream.flush()
