"""One sentence about each of the demonstration's people: who they are, and what to look at."""

from __future__ import annotations

from laget.kernel.text import N_

STORY: dict[str, str] = {
    "maja": N_(
        "Leads the team around Nora, 5, and holds the baton. See what the family is asked, and write in the log."
    ),
    "otto": N_("Works beside Maja, and is to stand in when she is away. Until then he sees nothing about Nora."),
    "liv": N_("Leads the kindergarten. Answers Anders, who asks why Maja looked."),
    "ingrid": N_("Follows up Amina, whose father asks how she is, and Vilde, whose address is protected."),
    "frode": N_("Leads Bergheim kindergarten. Has to confirm whether Vilde's mother may have her pages."),
    "vera": N_("Leads the team around Jonas, 12. Has reported about another pupil, and waits for the answer."),
    "randi": N_("Jonas' aunt. Was in his team until she said so; now she sees nothing about him."),
    "anne": N_("Head of the school. Sees that Randi was kept away, and reads about no child."),
    "omar": N_("Public health nurse. Has become the neighbour of Nora's family, and has said so."),
    "tone": N_("Leads the health clinic. Has to decide whether Omar can go on with Nora."),
    "ellen": N_("Nora's physiotherapist. See what she may read."),
    "rune": N_("Organises respite for Nora's and Jonas' families. Reads nothing about learning."),
    "siri": N_("Helps with how Nora and Jonas learn best. Is asked to take over Jonas' baton."),
    "geir": N_("Leads the educational psychological service. Reads no case."),
    "hamid": N_("Was on duty for child welfare when Jonas was missing, and opened his record."),
    "berit": N_("Leads child welfare. Has to review why Hamid opened Jonas' record."),
    "jon": N_("Advises families on money and work. Sees nothing until a family says yes."),
    "nina": N_("Jonas' therapist at BUP. See how little of school she may read."),
    "ada": N_("Administers services and people, and proposes a new model. Reads no case."),
    "eir": N_("Data protection officer. Has an opening to review, and a look at night to ask about. Reads no case."),
    "eivind": N_("Administers too: may confirm what Ada proposed. Reads no case."),
    "kristin": N_("Nora's mother. See what she has said yes to, take one back, and see who has looked."),
    "anders": N_("Nora's father. Has a question to answer: may the school know?"),
    "mona": N_("Jonas' mother. See who opened his record the night he was gone."),
    "stian": N_("Jonas' father. Is asked who is to lead."),
    "hodan": N_("Amina's mother. Answered aloud, with an interpreter: see how that was noted."),
    "jonas": N_('12 years old, with a page of his own. See who may know what, and say "not now".'),
    "selma": N_("16 years old. Decides herself who may know what: take back a yes."),
    "marit": N_("Vilde's mother, at a protected address. Her pages wait for Frode to confirm."),
    "roar": N_("Vilde's father, who may not know where she is. Sees an ordinary, quiet page."),
    "lene": N_("Mother of Ella, Tobias and Selma. Has just been asked about Ella: say yes or no."),
}
