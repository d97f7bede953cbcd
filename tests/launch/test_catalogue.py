"""The committed `.mo` files are what the `.po` files say, so that a machine without gettext shows the same words."""

import gettext
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent.parent
CATALOGUES = sorted((REPOSITORY / "locale").glob("*/LC_MESSAGES/*.po"))


def messages(path: Path) -> dict[object, str]:
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    found: dict[object, str] = dict(catalogue._catalog)  # type: ignore[attr-defined]  # there is no public way
    found.pop("", None)
    return found


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs gettext, which `make test` installs where it may")
@pytest.mark.parametrize("source", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_compiled_is_current(source: Path, tmp_path: Path) -> None:
    compiled = tmp_path / "fresh.mo"
    subprocess.run(["msgfmt", "-o", compiled, source], check=True)
    assert messages(source.with_suffix(".mo")) == messages(compiled), "run `make messages`"
