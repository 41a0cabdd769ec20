"""Writes the sample pages as files that a browser can open: `python -m laget.design.tests.shots FOLDER`."""

import os
import sys
from pathlib import Path
from shutil import copytree


def write(folder: Path) -> list[Path]:
    from django.utils import translation

    from laget.design.tests.sample import render
    from laget.kernel.verdict import refuse

    copytree(Path(__file__).parent.parent / "static" / "design", folder / "static" / "design", dirs_exist_ok=True)
    family = {
        "family": True,
        "acting": "Kari Nordmann",
        "menu": [("Vårt lag", "/", True), ("Avtalt", "/a", False), ("Skriv", "/w", False)],
    }
    pages = {
        "work": {},
        "family": family,
        "403": {"reason": "Bare den som holder stafettpinnen, kan avslutte.", "helper": "Maja Lind"},
        "404": {},
        "409": {"yours": "Min tekst", "theirs": "En annen tekst\n\nmed avsnitt"},
        "419": {"kept": True},
        "500": {},
        "503": {},
        "not_made": {},
    }
    written = []
    with translation.override("nb"):
        for name, more in pages.items():
            made = render(
                name, refusal=refuse("Bare den som holder stafettpinnen, kan avslutte. Snakk med Maja Lind."), **more
            )
            for scheme in ("light", "dark"):
                target = folder / f"{name}-{scheme}.html"
                target.write_text(
                    made.replace('"/static/', '"static/').replace(
                        'data-color-scheme="auto"', f'data-color-scheme="{scheme}"'
                    )
                )
                written.append(target)
    return written


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laget.site.settings")
    django.setup()
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    write(out)
