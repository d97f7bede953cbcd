"""Every page there is, generated from the resolver, in Chromium at both widths: axe finds nothing, no English remains."""

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.architecture.test_matrix import ADDRESSES, IN_CASE, NOT_HERS, RIGHTS, Address
from tests.cast import Cast
from tests.doors import QUERY

ROOT = Path(__file__).resolve().parent.parent.parent
# Answers that are no page of ours: JSON, a file, a redirect by nature.
NO_PAGE = {"health", "health-web", "mfa_download_recovery_codes", "home", "my-role", "my-role-pdf"}
# Pictures, files and answers to scripts.
NO_PAGE |= {"genogram-svg", "genogram-svg-short", "caseload-import-template"}
NO_PAGE |= {"document-uploads", "document-file", "document-small", "document-given"}
NO_PAGE |= {"draft-files", "draft-file-small", "attachment", "attachment-small", "attachment-original"}
PAGES = [a for a in ADDRESSES if "GET" in a.methods and a.name not in NO_PAGE and "uidb36" not in a.kwargs]
PAGES = [a for a in PAGES if not a.name.startswith("api-")]
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


def _reader(address: Address) -> str | None:
    """Somebody for whom this page is open; nobody for a public one."""
    if address.right == "public":
        return None
    table = IN_CASE if address.about_a_case else RIGHTS
    return next(n for n in table if address.right in table[n] and (n, address.name) not in NOT_HERS)


def _english() -> set[str]:
    """Every English source text that reads otherwise in Dutch."""
    catalogue = (ROOT / "locale/nl/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    pairs = re.findall(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n)+)', catalogue, re.MULTILINE)
    texts = {("".join(re.findall(r'"(.*)"', a)), "".join(re.findall(r'"(.*)"', b))) for a, b in pairs}
    return {english for english, dutch in texts if english != dutch and len(english) > 3 and "%" not in english}


ENGLISH = _english()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", PAGES, ids=lambda address: address.name)
def test_a_page_is_accessible_and_dutch(address: Address, cast: Cast, refs: dict[str, Any], opened) -> None:  # type: ignore[no-untyped-def]
    reader = _reader(address)
    path = reverse(address.name, kwargs={name: refs[name] for name in address.kwargs}) + QUERY.get(address.name, "")
    problems: list[str] = []
    for width in (390, 1280):
        page = opened(getattr(cast, reader) if reader else None, width)
        errors: list[str] = []
        page.on("console", lambda message, to=errors: to.append(message.text) if message.type == "error" else None)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status in (200, 202, 404 if address.name in {"account_signup"} else 200), answer.status
        problems += [f"{width}: {error}" for error in errors if "404" not in error]
        found = Axe().run(page, options=WCAG).response["violations"]
        problems += [f"{width}: {v['id']} {[n['target'] for n in v['nodes'][:3]]}" for v in found]
        texts = page.evaluate(
            "() => { const t = [], w = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);"
            " while (w.nextNode()) if (!w.currentNode.parentElement.closest('[lang=en]'))"
            " t.push(w.currentNode.textContent.trim()); return t.filter(Boolean); }"
        )
        problems += [f"{width}: English: {text}" for text in set(texts) & ENGLISH]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            problems.append(f"{width}: the page is {wide} px too wide")
        page.close()
    assert problems == []
