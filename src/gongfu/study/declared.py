"""What every part of a study file is built from: frozen tables, names, years, bilingual texts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Declared", "Language", "Name", "Title", "Year"]

Language = Literal["zh", "en"]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Year = Annotated[int, Field(ge=1900, le=2100)]


class Declared(BaseModel):
    """Frozen; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Title(Declared):
    """A text in both languages."""

    zh: str = Field(max_length=200)
    en: str = Field(max_length=200)
