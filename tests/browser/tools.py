"""What tests ask of a page: axe's verdict, its width, its weight, its direction."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Its `preload` writes style elements for imported styles, which the content policy rightly refuses.
RUN = """tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, preload: false})
    .then(found => found.violations)"""
TRANSFERS = """() => ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))
    .map(entry => [new URL(entry.name).pathname, entry.transferSize])"""
#: 1280 points at 400 percent (WCAG 2.2, 1.4.10).
REFLOW = 320


def axe_violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.0 to 2.2, A and AA, and good practice: rule and element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [
        f"{violation['id']}: {node['target']} {node['html'][:160]}"
        for violation in page.evaluate(RUN, TAGS)
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many points the page is wider than the window; 0 is what it should be."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def weight(page: Page) -> dict[str, int]:
    """Bytes on the wire by address, compressed as they came, heads included."""
    return dict(page.evaluate(TRANSFERS))


def collect_errors(page: Page, errors: list[str]) -> None:
    """Note what the console complains of, but for the answer's own status."""
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            errors.append(message.text)
            if message.type == "error" and "the server responded with a status" not in message.text
            else None
        ),
    )
