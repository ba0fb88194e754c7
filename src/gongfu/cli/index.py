"""``gongfu index``: composite indices built, audited, built again another way, and coupled."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from gongfu.cli import output
from gongfu.cli.figure import FigureFile, Force, check_figure
from gongfu.cli.run import ReportLanguage

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True,
    help="Composite indices: build, audit, other choices. 综合指数：构建、审查、换法再算。",
)

TreeArgument = Annotated[
    str, typer.Argument(help="Ready index (see `index list`) or a .toml file. 指数名或文件")
]
DataOption = Annotated[
    Path | None, typer.Option(help="File of regions by years for your own tree. 数据文件")
]
YearOption = Annotated[int | None, typer.Option(help="Year shown; the last one. 年份")]
LangOption = Annotated[ReportLanguage, typer.Option(help="Language. 语言")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command("list")
def list_trees(lang: LangOption = ReportLanguage.EN, as_json: JsonOption = False) -> None:
    """List the indices that ship with gongfu. 列出随附的指数。"""
    from gongfu.data.index_trees import load_index_trees

    trees = list(load_index_trees().values())
    rows = [
        {"name": t.name, "zh": t.zh, "en": t.en, "years": t.years, "indicators": len(t.indicators)}
        for t in trees
    ]

    def render() -> None:
        for tree in trees:
            years = f"{tree.years[0]}-{tree.years[1]}" if tree.years else ""
            print(f"{tree.name}  {tree.label(lang.value)}  {years}")

    output.emit("index-list/1", {"indices": rows}, as_json=as_json, render=render)


@app.command()
def show(
    tree: TreeArgument, lang: LangOption = ReportLanguage.EN, as_json: JsonOption = False
) -> None:
    """Show what an index is made of and why, and what is missing. 指数的构成、理由与缺项。"""
    from gongfu.cli.index_source import find_tree
    from gongfu.cli.index_view import print_tree

    found = find_tree(tree)
    output.emit(
        "index-tree/1",
        asdict(found),
        as_json=as_json,
        render=lambda: print_tree(found, lang.value),
    )


@app.command()
def build(
    tree: TreeArgument,
    data: DataOption = None,
    year: YearOption = None,
    figure: FigureFile = None,
    force: Force = False,
    lang: LangOption = ReportLanguage.EN,
    as_json: JsonOption = False,
) -> None:
    """Build an index: every unit's value, rank and dimensions. 构建指数、名次与各维度。"""
    check_figure(figure, force=force)
    from gongfu.cli.index_data import index_data
    from gongfu.cli.index_source import read_source
    from gongfu.cli.index_view import print_index
    from gongfu.measure.index.build import build_index

    source = read_source(tree, data, lang.value)
    built = build_index(source.panel, source.tree)
    chosen = built.years[-1] if year is None else year
    built.at(chosen)
    output.emit(
        "index/1",
        index_data(built, built.years if year is None else (chosen,)),
        as_json=as_json,
        render=lambda: print_index(built, chosen, lang.value),
        warnings=source.notes,
    )
    if figure is not None:
        from gongfu.cli.index_figure import write_index_figure

        write_index_figure("map", [source], figure, year=chosen, language=lang.value, force=force)


@app.command()
def audit(
    tree: TreeArgument,
    data: DataOption = None,
    against: Annotated[
        list[str] | None,
        typer.Option(help="Another index it will be related to; repeat. 将与之联系的指数"),
    ] = None,
    lang: LangOption = ReportLanguage.EN,
    as_json: JsonOption = False,
) -> None:
    """Check an index: each finding with evidence, threshold, citation and fix. 审查指数。"""
    from gongfu.cli.index_source import find_tree, read_source
    from gongfu.cli.index_view import print_findings
    from gongfu.data.breaks import load_breaks
    from gongfu.measure.index.audit import audit as audit_index
    from gongfu.measure.index.build import build_index

    source = read_source(tree, data, lang.value)
    found = audit_index(
        build_index(source.panel, source.tree),
        source.panel,
        population=source.figures,
        against=[find_tree(other) for other in against or ()],
        breaks=load_breaks() if data is None else (),
    )
    output.emit(
        "index-audit/1",
        {"index": source.tree.name, "checks": [one.to_dict() for one in found]},
        as_json=as_json,
        render=lambda: print_findings(found, lang.value),
        warnings=source.notes,
    )


@app.command()
def choices(
    tree: TreeArgument,
    data: DataOption = None,
    year: YearOption = None,
    leave_one_out: Annotated[
        bool, typer.Option("--leave-one-out", help="Also leave out each indicator. 逐个去掉指标")
    ] = False,
    weight_draws: Annotated[
        int,
        typer.Option(min=0, max=2_000, help="Sets of random weights. 随机权重的组数"),
    ] = 100,
    seed: Annotated[int, typer.Option(min=0, help="Of the random weights. 随机种子")] = 0,
    figure: FigureFile = None,
    force: Force = False,
    lang: LangOption = ReportLanguage.EN,
    as_json: JsonOption = False,
) -> None:
    """Build an index in every other way: how far ranks move, and which choice moves them.

    换所有方法再算：名次变动多大，由哪个选择引起。
    """
    check_figure(figure, force=force)
    from gongfu.cli.index_data import spread_data
    from gongfu.cli.index_source import read_source
    from gongfu.cli.index_view import print_spread
    from gongfu.measure.index.build import build_index
    from gongfu.measure.index.uncertainty import spread

    source = read_source(tree, data, lang.value)
    chosen = build_index(source.panel, source.tree).years[-1] if year is None else year
    found = spread(
        source.panel,
        source.tree,
        chosen,
        leave_one_out=leave_one_out,
        weight_draws=weight_draws,
        seed=seed,
    )
    output.emit(
        "index-choices/1",
        spread_data(found, source.panel),
        as_json=as_json,
        render=lambda: print_spread(found, source.panel, lang.value),
        warnings=source.notes,
    )
    if figure is not None:
        from gongfu.cli.index_figure import write_index_figure

        write_index_figure(
            "ranks",
            [source],
            figure,
            year=chosen,
            language=lang.value,
            force=force,
            weight_draws=weight_draws,
            seed=seed,
        )


@app.command()
def coupling(
    one: TreeArgument,
    other: TreeArgument,
    data: DataOption = None,
    year: YearOption = None,
    figure: FigureFile = None,
    force: Force = False,
    lang: LangOption = ReportLanguage.EN,
    as_json: JsonOption = False,
) -> None:
    """Couple two indices: coordination, its range over choices, its warning. 耦合协调度。"""
    check_figure(figure, force=force)
    from gongfu.cli.index_coupled import couple
    from gongfu.cli.index_source import read_source
    from gongfu.cli.index_view import print_coupling

    sources = [read_source(name, data, lang.value) for name in (one, other)]
    intervals, finding, labels, chosen = couple(sources, year)
    output.emit(
        "index-coupling/1",
        {
            "indices": [one, other],
            "year": chosen,
            "uncertainty": "range over choices",
            "coordination": [
                {**asdict(row), "label": {k: v.get(row.unit, row.unit) for k, v in labels.items()}}
                for row in intervals
            ],
            "check": finding.to_dict(),
        },
        as_json=as_json,
        render=lambda: print_coupling(intervals, finding, labels[lang.value], lang.value),
        warnings=list(dict.fromkeys(note for part in sources for note in part.notes)),
    )
    if figure is not None:
        from gongfu.cli.index_figure import write_index_figure

        write_index_figure(
            "coupling", sources, figure, year=chosen, language=lang.value, force=force
        )
