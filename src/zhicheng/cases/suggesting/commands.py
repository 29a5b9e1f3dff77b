"""`zhicheng cases train`: learn which category a text belongs to, and say how well."""

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from zhicheng.cases.suggesting.labelled import RowsRefused
    from zhicheng.cases.suggesting.training import Labelled, Trained
    from zhicheng.ground.areas.api import Area

File = Annotated[
    Path | None,
    typer.Argument(exists=True, dir_okay=False, help="Excel (.xlsx) or CSV; none: the city's confirmed cases."),
]
Text = Annotated[list[str] | None, typer.Option(help="The column of the text; repeated, columns are joined.")]
Label = Annotated[str, typer.Option(help="The column of the category.")]
City = Annotated[
    str, typer.Option(help="The city's division code, such as 3704; needed to save and without FILE.")
]
Precision = Annotated[
    float, typer.Option(min=0.5, max=0.999, help="How often the first suggestion shall be right.")
]
Folds = Annotated[int, typer.Option(min=2, max=10, help="Parts of the cross-validation.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same folds and the same model.")]
LeaveOut = Annotated[bool, typer.Option("--leave-out", help="Leave faulty rows out instead of refusing the file.")]
Save = Annotated[bool, typer.Option("--save", help="Make it the city's model.")]


def train(
    file: File = None,
    text: Text = None,
    label: Label = "",
    city: City = "",
    precision: Precision = 0.9,
    folds: Folds = 5,
    seed: Seed = 20260101,
    leave_out: LeaveOut = False,
    save: Save = False,
) -> None:
    """Learns categories from labelled texts and prints how well by cross-validation. Saves only if asked to."""
    from zhicheng.cases.suggesting.training import train as learn
    from zhicheng.ground import clock

    started = monotonic()
    area = _city(city, needed=save or file is None)
    texts = _texts(file, text or [], label, area, leave_out=leave_out, save=save)
    trained = learn(texts, now=clock.now(), precision=precision, folds=folds, seed=seed)
    _print_measure(trained, folds, monotonic() - started)
    if save and area is not None:
        _save(trained, area)


def _texts(
    file: Path | None, text: list[str], label: str, area: "Area | None", *, leave_out: bool, save: bool
) -> "list[Labelled]":
    from django.utils.translation import gettext

    from zhicheng.cases.suggesting.labelled import RowsRefused, read_labelled
    from zhicheng.cases.suggesting.queries import confirmed_texts
    from zhicheng.cases.suggesting.services import labels_as_codes

    if file is None:
        assert area is not None
        return confirmed_texts(area)
    if not text or not label:
        raise typer.BadParameter(gettext("Name the columns of the file: --text and --label."))
    try:
        texts, left_out = read_labelled(file, texts=text, label=label, leave_out=leave_out)
    except RowsRefused as refused:
        _print_problems(refused)
        raise
    if left_out:
        typer.echo(gettext("{count} faulty rows left out.").format(count=left_out))
    return labels_as_codes(texts, area) if save and area is not None else texts


def _city(code: str, *, needed: bool) -> "Area | None":
    from django.utils.translation import gettext

    from zhicheng.core.refused import Refused
    from zhicheng.core.words import words
    from zhicheng.ground.areas.api import Area, get_area

    if not code:
        if needed:
            raise typer.BadParameter(gettext("Name the city: --city, such as 3704."))
        return None
    try:
        return get_area(code)
    except Area.DoesNotExist:
        raise Refused(words("No area has the code “{code}”."), code=code) from None


def _print_problems(refused: "RowsRefused") -> None:
    from django.utils.translation import gettext

    from zhicheng.cases.suggesting.labelled import PROBLEMS_TOLD

    for row, column, reason in refused.problems[:PROBLEMS_TOLD]:
        typer.echo(gettext("Row {row}, {column}: {reason}").format(row=row, column=column, reason=gettext(reason)))


def _print_measure(trained: "Trained", folds: int, seconds: float) -> None:
    from django.utils.translation import gettext

    found, learned = trained.measure, trained.model.learned
    said = gettext("{texts} texts in {count} categories, {folds}-fold cross-validation, {seconds} s")
    typer.echo(
        said.format(texts=learned["texts"], count=len(found.categories), folds=folds, seconds=f"{seconds:.1f}")
    )
    if trained.repeated:
        typer.echo(gettext("{count} repeated texts counted once.").format(count=trained.repeated))
    for label, number in trained.left_out:
        typer.echo(gettext("Left out, too few texts: {label} ({count})").format(label=label, count=number))
    typer.echo("")
    typer.echo(gettext("precision  recall     F1  support  category"))
    for one in found.categories:
        typer.echo(f"{one.precision:9.3f} {one.recall:7.3f} {one.f1:6.3f} {one.support:8d}  {one.label}")
    typer.echo("")
    typer.echo(f"macro-F1 {found.macro_f1:.4f}")
    typer.echo(gettext("right at first {first}, among three {three}").format(
        first=f"{found.accuracy:.1%}", three=f"{found.among_three:.1%}"))  # fmt: skip
    said = gettext("answers {coverage} of the texts, right in {precision} of them (wanted: {wanted})")
    typer.echo(said.format(coverage=f"{found.coverage:.1%}", precision=f"{found.precision_when_sure:.1%}",
                           wanted=f"{found.wanted:.1%}"))  # fmt: skip
    typer.echo(gettext("confidence and hits differ by {error}").format(error=f"{found.calibration_error:.1%}"))
    for pair in found.confusions:
        said = gettext("{count} of “{was}” taken for “{taken}”")
        typer.echo("  " + said.format(count=pair.count, was=pair.was, taken=pair.taken_for))


def _save(trained: "Trained", area: "Area") -> None:
    from django.utils.translation import gettext

    from zhicheng.cases.suggesting.services import save_model
    from zhicheng.ground import clock

    row = save_model(model=trained.model, area=area, by="system:command_line", now=clock.now())
    said = gettext("Suggests in {area} from now on: {size} MB, SHA-256 {sha256}")
    typer.echo(said.format(area=area.name, size=f"{row.size_bytes / 1e6:.1f}", sha256=row.sha256))
