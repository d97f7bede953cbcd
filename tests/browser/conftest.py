"""Chromium as Debian ships it, and people who are logged in in it."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from casusregie.core.models import User
from tests.cast import BACKEND

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The browser of the machine; Playwright downloads none."""
    return {"executable_path": "/usr/bin/chromium", "args": FLAGS}


@pytest.fixture
def opened(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:  # type: ignore[no-untyped-def]
    """`opened(user, width)` gives a page in which this person is logged in."""
    contexts: list[BrowserContext] = []

    def open_for(user: User | None, width: int = 1280, *, scripts: bool = True) -> Page:
        height = 844 if width < 600 else 900
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            has_touch=width < 600,
        )
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user, backend=BACKEND)
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield open_for
    for context in contexts:
        context.close()
