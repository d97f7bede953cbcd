"""The laws of the house that no other test holds, each with its reason."""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from casusregie.celery import app as celery_app
from casusregie.core import slots
from casusregie.core.bundles import BUNDLES
from casusregie.core.choices import Right

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("casusregie", "families", "network", "safety", "processplan")
OUR_APPS = ("core", "reminders", "desks", "records", "families", "network", "safety", "processplan", "demo")


def _sources(*names: str) -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts and (not names or path.stem in names or path.parent.name in names):
                yield path


def _services() -> list[object]:
    modules = ["families.services", "network.services", "casusregie.core.services", "casusregie.reminders.services"]
    found = []
    for name in modules:
        module = import_module(name)
        for attribute, value in vars(module).items():
            if inspect.isfunction(value) and not attribute.startswith("_") and value.__module__.startswith(name):
                found.append(value)
    return found


@pytest.mark.parametrize("service", _services(), ids=lambda service: service.__name__)
def test_services_take_keywords_only_and_say_what_they_do(service) -> None:  # type: ignore[no-untyped-def]
    """A call that names its arguments cannot swap two of them."""
    parameters = inspect.signature(service).parameters.values()
    assert (
        all(parameter.kind is parameter.KEYWORD_ONLY for parameter in parameters)
        or not parameters
        or (service.__name__ in {"password_confirm"})
    )
    assert service.__doc__


@pytest.mark.parametrize("path", list(_sources("api", "tasks")), ids=lambda path: str(path.relative_to(ROOT)))
def test_doors_ask_the_database_through_access_and_selectors(path: Path) -> None:
    """Fetching is checking: no `.objects` in an API or a task."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "objects"]
    assert found == []


@pytest.mark.parametrize("path", list(_sources("views")), ids=lambda path: str(path.relative_to(ROOT)))
def test_views_ask_the_database_through_access_and_selectors(path: Path) -> None:
    """Fetching is checking: no `.objects` in a view."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "objects"]
    assert found == []


def test_every_public_function_has_a_docstring() -> None:
    """One sentence what and why; a name alone does not say what is refused."""
    missing = []
    for path in _sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                inner = any(
                    node in ast.walk(outer)
                    for outer in ast.walk(tree)
                    if isinstance(outer, ast.FunctionDef) and outer is not node
                )
                if not ast.get_docstring(node) and not inner and node.name not in {"Meta"} and not _is_config(node):
                    missing.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert missing == []


def _is_config(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and node.name.endswith("Config")


def test_code_knows_rights_never_role_names() -> None:
    """Roles are data: only the starting bundles and the demo name them."""
    pattern = re.compile("|".join(f'"{slug}"' for slug in BUNDLES if slug not in ("board", "partner")))
    allowed = {"bundles.py"}
    hits = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in _sources()
        if path.name not in allowed and "demo" not in path.parts and "launch" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert hits == []


def test_every_right_is_in_a_bundle() -> None:
    """A right that nobody can have guards a door that never opens."""
    assert {right for _name, rights in BUNDLES.values() for right in rights} == set(Right)


def test_every_queued_name_is_a_registered_task() -> None:
    """Tasks are asked for by name; a wrong name would be silence."""
    celery_app.loader.import_default_modules()
    from django.conf import settings

    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    for path in _sources():
        names |= set(re.findall(r"after_commit\(\s*\"([^\"]+)\"", path.read_text(encoding="utf-8")))
    assert names <= set(celery_app.tasks)


def test_no_drawers() -> None:
    """One room per noun: no utils, helpers, common."""
    drawers = {"utils", "helpers", "common", "misc"}
    assert [str(path) for path in _sources() if drawers & set(path.with_suffix("").parts)] == []


def test_the_readme_names_every_model_and_every_slot() -> None:
    """The glossary is in use: each table is one word of the field."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    models = [
        model.__name__
        for config in apps.get_app_configs()
        if config.label in OUR_APPS
        for model in config.get_models()
        if not model._meta.auto_created and "Event" not in model.__name__
    ]
    assert [name for name in models if f"`{name}`" not in readme] == []
    assert [name for name in slots.names() if f"`{name}`" not in readme] == []


def test_the_admin_is_not_mounted() -> None:
    """Its pages know no audience."""
    assert not apps.is_installed("django.contrib.admin")


def test_every_constraint_has_a_name_of_its_own() -> None:
    """A database error names it; two alike would name the wrong one."""
    names = [
        constraint.name
        for config in apps.get_app_configs()
        if config.label in OUR_APPS
        for model in config.get_models()
        for constraint in model._meta.constraints
    ]
    assert sorted(names) == sorted(set(names))


def test_no_foreign_address_in_pages_styles_and_scripts() -> None:
    """No third-party request, ever (domain.md i, 9)."""
    hits = []
    for folder in ("templates", "static"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".html", ".css", ".js"}:
                text = path.read_text(encoding="utf-8")
                hits += [
                    f"{path.name}: {url}"
                    for url in re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?(https?://[^\"')\s]+)", text)
                ]
    assert hits == []


def test_templates_hold_no_inline_script_or_style() -> None:
    """The content security policy would block it, and a page would half work."""
    hits = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        # A mail and a document for the PDF engine are no pages of a browser.
        if "email" in path.parts or path.name == "edition_pdf.html":
            continue
        if re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text) or re.search(r"\sstyle=|<style|\son[a-z]+=\"", text):
            hits.append(str(path.relative_to(ROOT)))
    assert hits == []
