"""``gongfu audit-method``: a study's own methods in worlds whose truth is known."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongfu.cli import output
from gongfu.cli.run import ReportLanguage

if TYPE_CHECKING:
    from gongfu.explain.method_audit import MethodAudit
    from gongfu.study.explain import Asked

__all__ = ["audit_method"]

_WORLDS = {
    "zero": ("真实效应为零", "No effect"),
    "positive": ("真实效应为正", "A positive effect"),
    "siphon": ("虹吸：本地得、邻地失", "A siphon: what a unit gains its neighbours lose"),
}
_HEADS = {
    "zh": ("方法", "判为有效应", "估计值均值", "真值", "区间覆盖率", "方向错误", "本研究估计值"),
    "en": ("method", "finds an effect", "mean", "truth", "coverage", "wrong sign", "this study"),
}


def audit_method(
    study: Annotated[
        Path | None,
        typer.Argument(help="Study file with [explain]; the embedded study by default. 研究文件"),
    ] = None,
    question: Annotated[
        list[str] | None, typer.Option(help="Of these questions only; repeat. 问题名称")
    ] = None,
    worlds: Annotated[int, typer.Option(help="Drawn of each kind, 20 or more. 每类世界数")] = 200,
    seed: Annotated[int, typer.Option(help="Of all draws. 随机种子")] = 1,
    lang: Annotated[ReportLanguage, typer.Option(help="Language. 语言")] = ReportLanguage.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Run a study's methods on outcomes with a known effect. 方法审计：已知真值下的表现。"""
    found = [(asked, _audited(asked, worlds, seed)) for asked in _asked(study, question)]

    def render() -> None:
        for asked, audit in found:
            _print(asked, audit, lang.value)

    output.emit(
        "audit-method/1",
        {"questions": [_data(asked, audit) for asked, audit in found], "evidence": "simulated"},
        as_json=as_json,
        render=render,
    )


def _asked(study: Path | None, wanted: list[str] | None) -> list[Asked]:
    from gongfu.core import InputError, Problem
    from gongfu.core.errors import nearest_name
    from gongfu.study.explain import prepare_questions
    from gongfu.study.study_file import load_study
    from gongfu.study.tables import load_tables

    settings, folder = load_study(study)
    if settings.explain is None:
        fix = "Add [explain] with a [[explain.question]]; `gongfu init` writes an example."
        raise InputError(Problem("the study asks no question", file=str(study), fix=fix))
    asked = prepare_questions(
        settings.explain, load_tables(settings, folder), folder, seed=settings.seed
    )
    names = [one.name for one in asked]
    unknown = [name for name in wanted or () if name not in names]
    if unknown:
        raise InputError(
            Problem(f"no question is called {name!r}", fix=nearest_name(name, names))
            for name in unknown
        )
    return [one for one in asked if not wanted or one.name in wanted]


def _audited(asked: Asked, worlds: int, seed: int) -> MethodAudit:
    from gongfu.explain.method_audit import audit_methods

    def say(step: str) -> None:
        if sys.stderr.isatty():
            output.say(f"    {asked.name}: {step}")

    return audit_methods(asked.study.sample, worlds=worlds, seed=seed, progress=say)


def _data(asked: Asked, audit: MethodAudit) -> dict[str, Any]:
    world = audit.calibration
    return {
        "question": asked.name,
        "units": len(world.panel.entities),
        "times": len(world.panel.times),
        "effect": world.effect,
        "trend": world.trend,
        "persistence": world.persistence,
        "spatial": world.spatial,
        "sigma": world.sigma,
        "seed": audit.seed,
        "oversized": list(audit.oversized),
        "scores": [asdict(score) for score in audit.scores],
    }


def _print(asked: Asked, audit: MethodAudit, language: str) -> None:
    from rich.console import Console

    console = Console(markup=False, highlight=False)
    world = audit.calibration
    title = asked.title.zh if language == "zh" else asked.title.en
    console.print(title, style="bold")
    console.print(_MADE[language].format(
        units=len(world.panel.entities), times=len(world.panel.times),
        trend=world.trend, persistence=world.persistence, spatial=world.spatial,
    ))  # fmt: skip
    for kind in dict.fromkeys(score.world for score in audit.scores):
        name = _WORLDS[kind][0 if language == "zh" else 1]
        console.print(f"\n{name}", style="bold")
        console.print(_grid(audit, kind, language))
    if audit.oversized:
        listed = ("、" if language == "zh" else ", ").join(audit.oversized)
        console.print(_OVERSIZED[language].format(listed=listed))
    console.print(_FOOT[language].format(worlds=audit.scores[0].worlds), style="dim")


_MADE = {
    "zh": "按本研究校准的模拟世界：{units} 个地区、{times} 年；地区趋势标准差 {trend:.3g}/年，"
    "误差持续性 {persistence:.2f}，空间溢出 {spatial:.2f}。",
    "en": "Simulated worlds made after this study: {units} units, {times} years; spread of unit "
    "trends {trend:.3g} a year, persistence of errors {persistence:.2f}, spatial spill-over "
    "{spatial:.2f}.",
}
_OVERSIZED = {
    "zh": "在真实效应为零时明显过多地“发现”效应的方法：{listed}。",
    "en": "Methods that find an effect where there is none clearly more often than 5 %: {listed}.",
}
_FOOT = {
    "zh": "每类 {worlds} 个世界；“判为有效应”为 5% 检验的拒绝比例（括号内为模拟误差）；"
    "方向错误：判为有效应者中方向相反的比例。模拟值。",
    "en": "{worlds} worlds of each kind; finds an effect: share of rejections at 5 % (simulation "
    "error in brackets); wrong sign: share of the effects found that point the wrong way. "
    "Simulated.",
}


def _grid(audit: MethodAudit, kind: str, language: str) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for j, head in enumerate(_HEADS[language]):
        table.add_column(head, justify="right" if j else "left", overflow="fold")
    for score in audit.scores:
        if score.world == kind:
            wrong = "–" if score.wrong_sign is None else f"{score.wrong_sign:.0%}"
            own = "–" if score.own is None else _number(score.own)
            table.add_row(
                score.method,
                f"{score.rejects:.0%} ({score.rejects_error:.1%})",
                _number(score.mean),
                _number(score.truth),
                f"{score.coverage:.0%}",
                wrong,
                own,
            )
    return table


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "\N{MINUS SIGN}")
