"""Options of commands that compare two samples, and of those that draw at random."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["AgainstOption", "PanelOption", "ReplicationsOption", "SeedOption"]

PanelOption = Annotated[
    bool,
    typer.Option("--panel", help="A sampling unit is the same one in both. 两期抽样单元相同。"),
]
AgainstOption = Annotated[
    Path | None, typer.Option(help="Second file, instead of a column. 第二个数据文件。")
]
SeedOption = Annotated[int, typer.Option(help="Seed of random draws. 随机种子。")]
ReplicationsOption = Annotated[int, typer.Option(help="Bootstrap replications. 自助法次数。")]
