"""What every table of ``study.toml`` shares: strict types, ids, texts in two languages."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict, model_validator

from innohub.words import Language

# Strict: TOML knows its types, and year = true or draws = "1000" is a slip, not a number.
Whole = Annotated[int, Strict()]
Share = Annotated[float, Strict()]
# An id that names files and result tables, so that nothing in it may lead elsewhere.
Id = Annotated[str, Field(pattern=r"^\w[\w.-]{0,59}$")]


class Section(BaseModel):
    """A table of ``study.toml``: unknown keys are errors, values never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Section):
    """A text in Chinese and English; a missing one is filled with the other."""

    zh: str = ""
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: object) -> object:
        return {"zh": data, "en": data} if isinstance(data, str) else data

    def text(self, language: Language) -> str:
        """Return the text in a language, else in the other."""
        return getattr(self, language) or self.zh or self.en
