"""publiccode.yml has the shape of the standard, version 0.4, and says what the rest of the house says."""

import re
import tomllib

import pytest
import yaml
from django.conf import settings

from tests.house import tree

REQUIRED = {
    "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
    "description", "legal", "maintenance", "localisation",
}  # fmt: skip
ALLOWED = REQUIRED | {
    "applicationSuite", "landingURL", "isBasedOn", "softwareVersion", "releaseDate", "logo", "usedBy", "roadmap",
    "intendedAudience", "dependsOn",
}  # fmt: skip
OF_A_LANGUAGE = {"localisedName", "shortDescription", "longDescription", "documentation", "features", "screenshots"}
STATUS = {"concept", "development", "beta", "stable", "obsolete"}
SCOPES = {"local-authorities", "welfare", "education", "healthcare", "society"}


@pytest.fixture(scope="module")
def said():
    return yaml.safe_load((tree.ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def test_the_keys_are_those_of_the_standard(said):
    assert said["publiccodeYmlVersion"] == "0.4"
    assert set(said) >= REQUIRED
    assert set(said) <= ALLOWED
    assert re.fullmatch(r"https://\S+", said["url"])
    assert said["developmentStatus"] in STATUS
    assert said["softwareType"] == "standalone/web"
    assert set(said["intendedAudience"]["scope"]) <= SCOPES
    assert said["intendedAudience"]["countries"] == ["NO"], "a bare NO is read as false"


@pytest.mark.parametrize("language", ["nb", "en"])
def test_each_language_describes_it(said, language):
    words = said["description"][language]
    assert set(words) <= OF_A_LANGUAGE
    assert 0 < len(words["shortDescription"].strip()) <= 150
    assert 150 <= len(words["longDescription"]) <= 10_000
    assert 5 <= len(words["features"]) <= 20
    assert all((tree.ROOT / path).exists() for path in [*words["screenshots"], said["logo"]])


def test_it_says_what_the_package_says(said):
    project = tomllib.loads((tree.ROOT / "pyproject.toml").read_text())["project"]
    assert said["legal"]["license"] == project["license"]
    assert said["softwareVersion"] == project["version"]
    assert project["requires-python"] == f">={needs(said, 'Python')}"
    assert said["localisation"] == {"localisationReady": True, "availableLanguages": [c for c, _ in settings.LANGUAGES]}
    assert said["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert all(one["name"] for one in said["maintenance"]["contacts"])


def needs(said, name):
    return next(one["versionMin"] for one in said["dependsOn"]["open"] if one["name"] == name)
