"""What letters to employers say, ready to be rendered: the words of the office in the language of the act."""

from tragitto.employers.lettering.decisions import decision
from tragitto.employers.lettering.frame import LANGUAGE, Written, cover
from tragitto.employers.lettering.notices import completion, correction, refusal_notice, start

__all__ = ["LANGUAGE", "Written", "completion", "correction", "cover", "decision", "refusal_notice", "start"]
