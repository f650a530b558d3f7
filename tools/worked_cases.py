"""Write docs/worked-cases.md anew from tests/children/worked_cases.py: twenty families on three dates."""

import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    # Django has to stand before its words can be asked for.
    from django.utils import translation

    from tests.children import worked_cases

    with translation.override("zh-hans"):
        (ROOT / "docs" / "worked-cases.md").write_text(worked_cases.page(), encoding="utf-8")


if __name__ == "__main__":
    main()
