"""The front-end assets: built once, again when what they are made of changes."""

import json
import re
from pathlib import Path

import pytest

from tragitto.config import assets

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout whose assets are built already."""
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "build.mjs").write_text("process.exit(0)")
    doors = tmp_path / "src" / "tragitto" / "web"
    doors.mkdir(parents=True)
    (doors / "page.html").write_text("<p>")
    (tmp_path / assets.BUILT).mkdir(parents=True)
    (tmp_path / assets.STAMP).write_text(assets.fingerprint(tmp_path))
    return tmp_path


def test_a_second_start_builds_nothing(checkout):
    said: list[str] = []

    assets.build(checkout, out=said.append)

    assert said == []


@pytest.mark.parametrize("changed", ["package-lock.json", "assets/build.mjs", "src/tragitto/web/page.html"])
def test_a_change_of_what_they_are_made_of_is_seen(checkout, changed):
    before = assets.fingerprint(checkout)

    (checkout / changed).write_text("other")

    assert assets.fingerprint(checkout) != before


def test_an_installed_release_brings_its_assets_built(tmp_path):
    assets.build(tmp_path, out=pytest.fail)


def test_a_failing_build_is_told_in_one_line_and_not_taken_for_done(checkout):
    (checkout / "assets" / "build.mjs").write_text('console.error("no such colour"); process.exit(1)')
    (checkout / "node_modules").mkdir()
    (checkout / assets.MODULES_STAMP).write_text(
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    )

    with pytest.raises(SystemExit, match=r"^The assets could not be built: no such colour$"):
        assets.build(checkout, out=lambda line: None)

    assert (checkout / assets.STAMP).read_text() != assets.fingerprint(checkout)


def test_an_installation_that_fails_says_what_to_do(checkout):
    (checkout / "package-lock.json").write_text("not a lock")

    with pytest.raises(SystemExit, match=r"npm could not install .* then start again"):
        assets.build(checkout, out=lambda line: None)


def test_the_lock_file_bears_no_addresses_of_packages():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_versions_are_pinned():
    wanted = json.loads((ROOT / "package.json").read_text())
    for version in (wanted["dependencies"] | wanted["devDependencies"]).values():
        assert version[0].isdigit()


def test_every_icon_a_template_asks_for_is_in_the_list():
    listed = set(json.loads((ROOT / "assets" / "icons.json").read_text()))
    asked = {
        name
        for page in (ROOT / "src" / "tragitto" / "web").rglob("*.html")
        for name in re.findall(r"""\{% icon ["'](it-[a-z-]+)""", page.read_text())
    }

    assert asked <= listed


def physical_sides(css: str) -> list[str]:
    """The lines that name a side of the screen instead of a side of the reading."""
    sides = r"(?:(?:margin|padding|border)-)?(?:left|right)\s*:|(?:text-align|float):\s*(?:left|right)"
    return [line for line in css.splitlines() if re.search(rf"(?<![-\w])(?:{sides})", line)]


@pytest.mark.parametrize(
    "sheet", sorted((ROOT / "assets" / "scss").glob("*.scss")), ids=lambda sheet: sheet.stem
)
def test_our_styles_name_no_physical_side(sheet):
    assert physical_sides(sheet.read_text()) == []


@pytest.mark.parametrize("rule", ["margin-left: 1rem", "left: 0", "text-align: right", "float: left"])
def test_a_physical_side_is_found(rule):
    assert physical_sides(f"a {{\n  {rule};\n}}") != []
