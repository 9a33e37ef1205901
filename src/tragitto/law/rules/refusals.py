"""How the law room says no: one sentence, one code."""

from collections.abc import Mapping

from tragitto.kernel.refusals import Finding, Refusal


class LawRefusal(Refusal):
    """The law room has no answer to the question put; the sentence says what is missing."""

    def __init__(self, code: str, text: str, facts: Mapping[str, object] | None = None) -> None:
        self.text = text
        super().__init__(Finding(code=code, text=text, facts=facts or {}))

    def __str__(self) -> str:
        return self.text
