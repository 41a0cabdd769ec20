"""What people write in their own words is looked through before it is saved: which forms ask, and which only refuse."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

from django import forms

import laget
from laget.access.careful import Careful
from laget.access.fields import Words

# Forms whose words are not asked about, each with why. A national number is refused in them all the same.
ASK_NOTHING = {
    "laget.cases.forms.HoldBackForm": "why something is another person's own says whose",
    "laget.consents.forms.TalkForm": "the child's words, told as the child said them",
    "laget.consents.forms.WishForm": "a request to a family that names its own",
    "laget.consents.forms.RenewForm": "a request to a family that names its own",
    "laget.consents.forms.AnswerForm": "a family writes what it keeps out, by name where it wants to",
    "laget.consents.forms.NoteForm": "as said by the family",
    "laget.consents.onpaper.PaperForm": "as it stands on the sheet that the family signed",
    "laget.consents.onpaper.SeenForm": "why a sheet does not say what was noted; two people read it",
    "laget.consents.without.KeepHiddenForm": "why a disclosure stays hidden from those whom it names",
    "laget.consents.without.ShareForm": "a disclosure says whom it is about",
    "laget.emergency.forms.AskForm": "nothing stands between danger and help; two people read it at once",
    "laget.emergency.forms.OpenForm": "as in the first step",
    "laget.families.forms.AnswerClaimForm": "a decision names whom it is about",
    "laget.families.forms.RequestForm": "what a parent asks for, with the proof of who asks",
    "laget.participation.forms.SetUpForm": "read by the team of a child that everybody there knows",
    "laget.participation.forms.RemarkForm": "puts right what the form above took in, for the same readers",
    "laget.protection.forms.KeepAwayForm": "a decision names whom it is about",
    "laget.protection.forms.OpenForm": "a decision names whom it is about",
    "laget.protection.forms.ReleaseForm": "a letter names whom it is about, and a leader reads it word for word",
    "laget.protection.forms.SendForm": "a decision names whom it is about",
    "laget.protection.forms.ReasonForm": "a decision names whom it is about",
    "laget.protection.forms.ConfirmForm": "a decision names whom it is about",
    "laget.trust.forms.WhyForm": "a family asks about somebody it names",
    "laget.trust.forms.AnswerForm": "the answer to it",
    "laget.trust.forms.InquireForm": "the officer's own reason",
}
# Where a national number may stand, each with why.
NUMBERS_MAY_STAND = {
    "laget.exchange.forms.WordsForm": "a report of concern goes to child welfare, which needs to know who it is",
    "laget.exchange.forms.ChildForm": "as above",
    "laget.exchange.forms.ParentsForm": "as above",
    "laget.exchange.forms.AcuteForm": "as above; without a name it is CarefulAcuteForm",
    "laget.protection.forms.PlacesForm": "what must not leave the house, sealed at once: numbers are what is typed",
    "laget.guide.forms.FileForm": "the municipality's model: a file of codes, about nobody",
}


def forms_with_free_text() -> Iterator[tuple[str, type[forms.Form], list[forms.Field]]]:
    for found in pkgutil.walk_packages(laget.__path__, "laget."):
        parts = found.name.split(".")
        if {"tests", "migrations", "demo", "site"} & set(parts):
            continue
        module = importlib.import_module(found.name)
        for name, kind in vars(module).items():
            if inspect.isclass(kind) and issubclass(kind, forms.Form) and kind.__module__ == found.name:
                fields = [one for one in kind.base_fields.values() if isinstance(one.widget, forms.Textarea)]
                if fields:
                    yield f"{found.name}.{name}", kind, fields


def test_a_national_number_is_refused_in_all_free_text():
    for name, kind, fields in forms_with_free_text():
        refused = issubclass(kind, Careful) or all(isinstance(one, Words) and not one.numbers for one in fields)
        assert refused != (name in NUMBERS_MAY_STAND), name


def test_free_text_is_asked_about_or_it_is_said_why_not():
    found = {name: kind for name, kind, _fields in forms_with_free_text()}
    for name, kind in found.items():
        said = name in ASK_NOTHING or name in NUMBERS_MAY_STAND
        assert issubclass(kind, Careful) != said, f"{name}: either it is a Careful form, or it is said here why not"
    assert ASK_NOTHING.keys() | NUMBERS_MAY_STAND.keys() <= found.keys()
