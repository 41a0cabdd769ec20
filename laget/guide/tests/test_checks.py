"""A municipality's own file: each thing that would break a page, go below the law or leave a case stuck is a fault."""

import pytest

from laget.guide.faults import GuideFaults
from laget.guide.reading import read_guide

HEAD = '[guide]\ncode = "own"\nname.nb = "Vår"\nextends = "national"\nwritten = "nb"\nlanguages = ["nb"]\n'
TEXT = 'name.nb = "x"\nmeaning.nb = "x"\ncolour = "info"\nform = "one_service"\n'
STEP = '[[step]]\ncode = "s"\nlevel = "{0}"\nname.nb = "x"\n'


def faults(body, head=HEAD):
    with pytest.raises(GuideFaults) as found:
        read_guide(head + body, "own.toml")
    for one in found.value.faults:
        assert "\n" not in str(one)
    return [(one.place, one.message, one.line) for one in found.value.faults]


def test_an_empty_body_is_the_national_default_under_another_name():
    guide = read_guide(HEAD)
    assert guide.code == "own" and [one.code for one in guide.levels] == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("body", "place", "said"),
    [
        # the law
        ("[[heard]]\nage = 7\nremove = true\n", "heard.12", "by law: BL81 § 31"),
        ('[[first_answer]]\ncode = "no"\nremove = true\n', "first_answer", "by law: BVL § 13-2"),
        ('[log]\nrefusal = "no_help"\n', "log.refusal", "a no never stops help"),
        ('[consent]\nwithdrawal = "next_month"\n', "consent.withdrawal", "by law: GDPR artikkel 7"),
        ('[consent]\nmedia = ["written", "tacit"]\n', "consent.media", "has 'tacit'"),
        ('[baton]\nhandover = "announced"\n', "baton.handover", "exactly one"),
        ('[[access]]\ncode = "parents"\nread = "consented"\n', "access.parents.read", "by law: BL81 § 47"),
        ('[close]\nby = ["leader"]\n', "close.by", "by law: FVL67 § 13 a"),
        ('[[deadline]]\ncode = "environment_case"\nvalue = 2\n', "deadline.environment_case", "OPPL § 12-4"),
        ('[[deadline]]\ncode = "report_concern"\nsoon = false\nvalue = 3\n', "deadline.report_concern", "BVL § 13-2"),
        (
            '[[deadline]]\ncode = "environment_case"\n'
            '[[deadline.instead]]\ncondition = "urgent"\nvalue = 2\nunit = "month"\n',
            "deadline.environment_case",
            "up to 62 days",
        ),
        (
            '[[moved]]\nrule = "E/12-14/health"\nask = "child"\ndecided = 2027-01-01\nreason.nb = "x"\n',
            "moved.E/12-14/health",
            "by law: HPL § 22",
        ),
        # levels and ways
        (f'[[level]]\ncode = "4"\n{TEXT}{STEP.format(4)}', "level.4", "has no way out"),
        (
            f'[[level]]\ncode = "4"\n{TEXT}{STEP.format(4)}[[move]]\nfrom = "4"\nto = ["1"]\n',
            "level.4",
            "is never reached",
        ),
        (f'[[level]]\ncode = "4"\n{TEXT}[[move]]\nfrom = "4"\nto = ["1"]\n', "level.4", "has no step"),
        ('[[move]]\nfrom = "2"\nto = ["2"]\n', "move.2.to", "from a level to itself"),
        ('[[move]]\nfrom = "2"\nto = ["9"]\n', "move.2.to", "has '9'; allowed: 0, 1, 2, 3"),
        ('[[level]]\ncode = "0"\nstarts = false\n', "level", "none is where work begins"),
        (
            '[[outcome]]\ncode = "effect_done_close"\nlevels = ["0"]\n'
            '[[move]]\nfrom = "0"\nto = ["1"]\n[[move]]\nfrom = "1"\nto = ["2"]\n[[move]]\nfrom = "2"\nto = ["3"]\n'
            '[[move]]\nfrom = "3"\nto = ["1"]\n',
            "level.1",
            "goes in a ring that never ends",
        ),
        # what others lean on
        ('[[deadline]]\ncode = "asking_seat"\nremove = true\n', "deadline", "lacks 'asking_seat'"),
        ('[[reach]]\ncode = "all"\nremove = true\n', "reach", "lacks 'all'"),
        ('[[closing]]\ncode = "no_consent_left"\nremove = true\n', "closing", "none has system = true"),
        ('[[deadline]]\ncode = "consent_period"\nsoon = true\n', "deadline.consent_period.soon", "is not known"),
        # unknown things
        ('[[step]]\ncode = "talk"\nlevel = "0"\nwho = ["mayor"]\n', "step.0/talk.who", "has 'mayor'"),
        ('[[step]]\ncode = "x"\nlevel = "9"\nname.nb = "x"\n', "step.9/x.level", "is '9'"),
        ('[[step]]\ncode = "talk"\nlevel = "0"\ndeadline = "soon"\n', "step.0/talk.deadline", "is 'soon'"),
        ('[[step]]\ncode = "talk"\nlevel = "0"\nforms = ["f"]\n', "step.0/talk.forms", "has 'f'"),
        ('[[deadline]]\ncode = "minutes"\nfrom_event = "easter"\n', "deadline.minutes.from_event", "is 'easter'"),
        ('[[holder]]\nlevel = "1"\nprofessions = ["king"]\n', "holder.1.professions", "has 'king'"),
        ('[[role]]\ncode = "ghost"\nremove = true\n', "role.ghost", "removes what is not there"),
        ('[[team]]\ncode = "t"\nname.nb = "x"\nform = "f"\n', "team.t.form", "is 'f'; allowed: "),
        ('[[tool]]\ncode = "t"\nname.nb = "x"\nlink = "javascript:alert(1)"\n', "tool.t.link", "begins with https://"),
        ('[[target]]\ncode = "log"\nleast = 20\nmost = 3\n', "target.log.most", "below least"),
        ('[[transition]]\ncode = "t"\nfrom = "home"\nto = "school"\nwhat.nb = "x"\nmonth = 2\nday = 30\n',
         "transition.t.day", "is 30"),
        ('[[transition]]\ncode = "t"\nfrom = "home"\nto = "school"\nwhat.nb = "x"\nmonth = 2\nweek = 3\n',
         "transition.t.week", "beside month"),
        ('[[form]]\ncode = "f"\nname.nb = "x"\n[[form.field]]\ncode = "q"\nname.nb = "x"\nanswer = "scale"\n',
         "form.f.field.q.most", "more than least"),
        ('[[form]]\ncode = "f"\nname.nb = "x"\n[[form.field]]\ncode = "q"\nname.nb = "x"\nanswer = "choice"\n',
         "form.f.field.q.options", "at least two"),
        ('[[form]]\ncode = "f"\nname.nb = "x"\n[[form.field]]\ncode = "q"\nname.nb = "x"\nanswer = "code"\n',
         "form.f.field.q.answer", "is 'code'"),
        ('[evaluation.stuck]\nto = "nowhere"\n', "evaluation.stuck.to", "is 'nowhere'; allowed: coordinating_unit"),
        ('[individual_plan]\neffect = "replaces_at_level"\n', "individual_plan.level", "is missing"),
        ('[consent]\nform_languages = ["norsk bokmål"]\n', "consent.form_languages", "language tags"),
        # variants
        ('[variant.school]\nname.nb = "Skole"\nkinds = ["scool"]\n', "variant.school.kinds", "has 'scool'"),
        ('[variant.school]\nname.nb = "Skole"\nkinds = ["school"]\n[variant.school.word.team]\nnb = ["a", "b", "c"]\n',
         "variant.school.word", "is not known"),
        (f'[variant.school]\nname.nb = "Skole"\nkinds = ["school"]\n[[variant.school.level]]\ncode = "9"\n{TEXT}',
         "variant.school.level", "adds or removes 9"),
        ('[variant.a]\nname.nb = "A"\nkinds = ["school"]\n[variant.b]\nname.nb = "B"\nkinds = ["school"]\n',
         "variant.b.kinds", "as another variant has"),
        ('[variant.k]\nname.nb = "K"\nkinds = ["kindergarten"]\n[[variant.k.deadline]]\ncode = "environment_case"\n'
         'value = 3\nunit = "week"\n', "variant.k.deadline.environment_case", "BHL § 42"),
        ('[variant.k]\nname.nb = "K"\nkinds = ["kindergarten"]\n[[variant.k.step]]\ncode = "talk"\nlevel = "0"\n'
         'who = ["mayor"]\n', "variant.k.step.0/talk.who", "has 'mayor'"),
        ('[variant.k]\nname.nb = "K"\nkinds = ["kindergarten"]\n[[variant.k.step]]\ncode = "none"\nlevel = "0"\n'
         'remove = true\n', "variant.k.step.0/none", "removes what is not there"),
    ],
)  # fmt: skip
def test_each_fault_is_said_with_its_place_and_what_is_allowed(body, place, said):
    found = faults(body)
    assert any(where == place and said in message for where, message, _ in found), found


def test_a_fault_names_the_line_in_the_file_that_says_it():
    body = '\n[[deadline]]\ncode = "environment_case"\nvalue = 2\nunit = "week"\n'
    assert [(place, line) for place, _, line in faults(body)] == [("deadline.environment_case", 8)]
    inner = '[variant.k]\nname.nb = "K"\nkinds = ["kindergarten"]\n[[variant.k.role]]\ncode = "r"\nname.en = "x"\n'
    assert faults(inner)[0][0] == "variant.k.role.r.name.nb" and faults(inner)[0][2] == 10


def test_missing_words_in_one_language_are_faults():
    both = HEAD.replace('["nb"]', '["nb", "en"]\nname.en = "Ours"')
    assert faults('[[tool]]\ncode = "t"\nname.nb = "x"\n', both)[0][0] == "tool.t.name.en"
    assert faults('[word.team]\nnb = ["a", "b", "c"]\n', both)[0][0] == "word.team.en"
    for head in (HEAD.replace('["nb"]', '["en"]'), HEAD.replace('written = "nb"', 'written = "nn"')):
        assert "guide.languages" in {place for place, _, _ in faults("", head)}


def test_a_kindergarten_may_take_two_weeks_where_a_school_may_not():
    body = (
        '[variant.k]\nname.nb = "K"\nkinds = ["kindergarten"]\n'
        '[[variant.k.deadline]]\ncode = "environment_case"\nvalue = 2\nunit = "week"\n'
    )
    guide = read_guide(HEAD + body)
    assert guide.variant("k").guide.deadline_rule("environment_case").value == 2
    assert guide.deadline_rule("environment_case").value == 1
    assert "OPPL § 12-4" in faults(body.replace("kindergarten", "school"))[0][1]


def test_a_decision_on_consent_carries_its_reason_and_its_day():
    moved = '[[moved]]\nrule = "E/15/nav"\nask = "child"\n'
    assert {place for place, _, _ in faults(moved)} == {"moved.E/15/nav.reason", "moved.E/15/nav.decided"}
    guide = read_guide(HEAD + moved + 'decided = 2027-01-01\nreason.nb = "Kommunestyret har bestemt det."\n')
    (decision,) = guide.consent.decisions
    assert decision.reason.nb.startswith("Kommunestyret") and decision.decided.year == 2027
