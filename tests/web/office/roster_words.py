"""What a part of a person's file says, read as people read it."""

import re
from html import unescape


def part(answer, key: str) -> str:
    """The words of the part of this name, in one line."""
    html = answer.content.decode()
    (inside,) = re.findall(rf'<section class="panel" id="{key}".*?</section>', html, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())
