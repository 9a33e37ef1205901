"""What the pages of the selection at the desk share."""

from typing import Any

from django import template

from tragitto.web.office.selection_tabs import TABS

register = template.Library()


@register.inclusion_tag("office/selection/tabs.html")
def selection_tabs(code: str, here: str) -> dict[str, Any]:
    """The tabs of the round of this code; `here` = the name of the tab that the page is."""
    return {"code": code, "here": here, "tabs": TABS}
