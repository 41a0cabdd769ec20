"""The only writers of the plan: agree on a goal, add a measure, rewrite, evaluate, tell what matters."""

from laget.plans.actions.evaluations import evaluate
from laget.plans.actions.goals import agree_goal, revise_goal
from laget.plans.actions.looking import hold_back, look_through
from laget.plans.actions.matters import tell_what_matters
from laget.plans.actions.measures import add_measure, revise_measure
from laget.plans.actions.readers import choose_readers

__all__ = [
    "add_measure",
    "agree_goal",
    "choose_readers",
    "evaluate",
    "hold_back",
    "look_through",
    "revise_goal",
    "revise_measure",
    "tell_what_matters",
]
