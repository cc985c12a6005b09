"""The house rules that a machine can hold; the others are in docs/conventions.md."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("accounts", "blog", "comments", "editorial", "config", "bench")
TEMPLATES = ROOT / "templates"

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
LONGEST_VIEW = 20  # what is aimed at is 15
LONGEST_TEMPLATE = 120

# HTML that was sanitised or drawn by us before it came to the template, by its last name.
SAFE = {
    "about_html",
    "body",
    "body_html",
    "disclaimer",
    "disclaimer_html",
    "disclosure",
    "disclosure_html",
    "disclosure_page_html",
    "html",
    "preview",
    "rules_html",
}
OUR_SCRIPT = re.compile(r"<script[^>]*static 'js/[^>]*>")
PERSONAL = re.compile(r"\brequest\b|\buser\b|\bperms\b|csrf_token|\bmessages\b")
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.DOTALL)
PRIVATE_LAYOUTS = ("layouts/form.html", "layouts/desk.html", "allauth/layouts/base.html")


def python_files() -> list[Path]:
    found = [path for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def templates(pattern: str = "*.html") -> list[Path]:
    return sorted(TEMPLATES.rglob(pattern))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def length(path: Path) -> int:
    return len(path.read_text().splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function with its lines, without its docstring."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            said = ast.get_docstring(node, clean=False) or ""
            yield f"{named(path)}: {node.name}", lines - (said.count("\n") + 1 if said else 0)


def markup(path: Path) -> str:
    """What stands in a template outside its comments."""
    return COMMENT.sub("", path.read_text())


def test_no_file_is_too_long_to_read():
    files = [*python_files(), *(ROOT / "tests").rglob("*.py")]
    files += [path for path in (ROOT / "static").rglob("*.[cj]s*") if "vendor" not in path.parts]
    assert [(named(path), length(path)) for path in files if length(path) > LONGEST_FILE] == []


def test_no_function_is_too_long_to_read():
    found = [one for path in python_files() for one in functions(path)]
    assert [(name, lines) for name, lines in found if lines > LONGEST_FUNCTION] == []


def test_views_only_find_bind_call_and_answer():
    views = [path for path in python_files() if "views" in (path.parent.name, path.stem)]
    found = [one for path in views for one in functions(path)]
    assert [(name, lines) for name, lines in found if lines > LONGEST_VIEW] == []


def test_no_template_is_too_long_to_read():
    long = [(named(path), length(path)) for path in templates() if length(path) > LONGEST_TEMPLATE]
    assert long == []


@pytest.mark.parametrize(
    "forbidden",
    [
        r"<style\b",
        r"\sstyle\s*=",
        r"<[^>]*\son\w+\s*=",
        r"javascript:",
        r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)(?![^>]*\bnonce=)",
    ],
)
def test_no_template_holds_a_style_or_script_of_its_own(forbidden):
    assert [named(path) for path in templates() if re.search(forbidden, markup(path))] == []


def test_no_page_with_a_form_says_no_referrer():
    """Browsers would send the form from the origin "null", which is refused as a forgery."""
    silent = [path for path in templates() if 'content="no-referrer"' in path.read_text()]
    assert [named(path) for path in silent if 'method="post"' in path.read_text()] == []


def test_htmx_never_brings_styles_of_its_own():
    """The content security policy refuses them, and says so in every console."""
    asking = [path for path in templates() if "htmx.min.js" in path.read_text()]
    assert asking != []
    assert [named(path) for path in asking if "htmx-config" not in path.read_text()] == []


def test_our_scripts_are_modules_whose_names_cannot_meet():
    scripts = [
        (named(path), tag) for path in templates() for tag in OUR_SCRIPT.findall(markup(path))
    ]
    assert scripts != []
    assert [found for found in scripts if 'type="module"' not in found[1]] == []


def test_where_htmx_is_loaded_it_is_told_what_our_policy_allows():
    users = [path for path in templates() if "htmx.min.js" in path.read_text()]
    assert users
    assert [named(path) for path in users if 'name="htmx-config"' not in path.read_text()] == []


def test_only_sanitised_html_is_printed_as_it_is():
    printed = [
        (named(path), expression)
        for path in templates()
        for expression in re.findall(r"([\w.]+)\|safe\b", markup(path))
    ]
    assert [found for found in printed if found[1].rpartition(".")[2] not in SAFE] == []
    assert [named(path) for path in templates() if "autoescape" in markup(path)] == []


def test_no_file_holds_both_sides_of_a_conflict():
    files = [*python_files(), *templates(), *templates("*.txt"), *(ROOT / "static").rglob("*.css")]
    mark = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    assert [named(path) for path in files if mark.search(path.read_text())] == []


def test_a_fragment_says_what_it_needs():
    fragments = templates("_*.html")
    silent = [path for path in fragments if "{# needs" not in path.read_text()[:200]]
    assert [named(path) for path in silent] == []


def test_an_include_gives_only_what_is_needed():
    loose = [
        (named(path), tag)
        for path in templates()
        for tag in re.findall(r"{% include .*?%}", markup(path))
        if not tag.endswith(" only %}") and '"django/forms/' not in tag and '"account/' not in tag
    ]
    assert loose == []


def needed(name: str, seen: set[str]) -> set[str]:
    """This template and all that it includes or extends, by name."""
    path = TEMPLATES / name
    if name not in seen and path.exists():
        seen.add(name)
        for other in re.findall(r'{% (?:include|extends) "([^"]+)"', markup(path)):
            needed(other, seen)
    return seen


def public_pages() -> Iterator[set[str]]:
    for path in templates():
        name = path.relative_to(TEMPLATES).as_posix()
        parts = needed(name, set())
        if "base.html" in parts and not parts & set(PRIVATE_LAYOUTS):
            yield parts


def test_no_public_page_knows_who_looks():
    parts = set().union(*public_pages())
    curious = [name for name in sorted(parts) if PERSONAL.search(markup(TEMPLATES / name))]
    assert {"base.html", "blog/home.html", "blog/post.html"} <= parts
    assert curious == []


def test_the_import_contracts_are_kept():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_every_variable_is_explained_and_every_explained_one_is_read():
    # Given
    settings = (ROOT / "config/settings.py").read_text()
    serve = (ROOT / "config/management/commands/serve.py").read_text()
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z0-9_]+)"', settings + serve))
    # When
    explained = set(
        re.findall(r"^#?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    )
    # Then
    assert explained == read


SCENARIOS = set(range(1, 51))  # what must be seen to work before disputes are done
IN_A_BROWSER = {*range(1, 10), 13, 15, 31, 37, 45, 46}
SCENARIO = re.compile(r"\bScenarios? (\d+(?:(?:, | and )\d+)*)")


def scenarios_in(folder: Path) -> set[int]:
    """Those that a docstring of a test names."""
    found = set[int]()
    for path in folder.rglob("test_*.py"):
        tests = [
            node
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        ]
        for said in filter(None, map(ast.get_docstring, tests)):
            for numbers in SCENARIO.findall(said):
                found |= {int(number) for number in re.findall(r"\d+", numbers)}
    return found


def test_every_scenario_has_a_test_and_some_have_one_in_a_browser() -> None:
    tests = ROOT / "tests"
    assert SCENARIOS - scenarios_in(tests) == set()
    assert IN_A_BROWSER - scenarios_in(tests / "browser") == set()
