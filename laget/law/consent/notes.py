"""What a worker must know beside the names: short notes to an answer, as msgids."""

from __future__ import annotations

from laget.kernel.text import N_

WHEN_ABLE = N_("Hear the child as soon as it can form a view, and write down what it says.")
HEARD_FROM_7 = N_("From the age of 7 the child must always be heard first.")
GREAT_WEIGHT = N_("From the age of 12 what the child says must count heavily.")
OWN_MATTER = N_(
    "From 12 to 15 the child decides alone about health help that the parents are not told of, "
    "or whose nature calls for it."
)
NOT_COMPETENT = N_("If the young person cannot decide, the next of kin may consent.")
BOTH = N_("Everyone with parental responsibility must say yes. One no is enough to stop sharing on this ground.")
ONE_IS_ENOUGH = N_("One of those with parental responsibility is enough, as the municipality has decided.")
ONLY_ONE = N_("Only one parent has parental responsibility, and consents alone.")
PROVE = N_("Parental responsibility must be proven first. Nobody is asked for the parents until it is.")
DAILY = N_("For daily, ordinary care one parent is enough, also one without parental responsibility.")
VACCINATION = N_("For the childhood vaccination programme the parent must have parental responsibility.")
EDUCATION = N_("From the age of 15 the pupil decides on questions about the education.")
TOGETHER = N_(
    "The statutes do not say who consents here. The careful reading is asked: the young person and the parents."
)
CARE_ORDER = N_("The parents are not asked after a care order. Tell them if it is safe.")
CARER = N_("Foster parents or the institution consent together with child welfare, which has the last word.")
ADULT = N_("From the age of 18 the young person decides alone. The parents' powers have ended.")
CRISIS_CENTRE = N_(
    "Nobody is asked, because asking would reveal the contact with the crisis centre. "
    "Talk with your leader about other grounds."
)
MOVED = N_("The municipality has decided who consents here.")
OTHERS = N_("What is about a parent or a sibling needs that person's own consent.")
CHILD_WELFARE_TELLS = N_("Tell the child first what the information is used for and who may see it.")
NO_DAILY_CARE = N_("Daily care is a rule for health help only. The ordinary rule for sharing is used.")
NO_EDUCATION = N_("The rule on education is for school and PPT only. The ordinary rule for sharing is used.")
