"""One sentence about each of the demonstration's people: who they are in the stories."""

from __future__ import annotations

from laget.kernel.text import N_

STORY: dict[str, str] = {
    "maja": N_("Leads the team around Nora, 5, and holds the baton."),
    "otto": N_("Works beside Maja, but has no place around Nora: he sees nothing about her."),
    "liv": N_("Leads the kindergarten. Steps in if a baton is left without a holder."),
    "ingrid": N_("Follows up Amina, 3, and Vilde, 4, whose address is protected."),
    "frode": N_("Leads Bergheim kindergarten. Is asked to confirm something about Vilde."),
    "vera": N_("Jonas' teacher. Leads the team around Jonas, 12."),
    "anne": N_("Head of the school. Leads without reading about any child."),
    "omar": N_("Public health nurse. Has a place around Nora and Jonas, each with its own consent."),
    "tone": N_("Leads the health clinic."),
    "ellen": N_("Nora's physiotherapist, twice a week in the kindergarten."),
    "rune": N_("Organises respite for Nora's and Jonas' families."),
    "siri": N_("Helps kindergarten and school with how Nora and Jonas learn best."),
    "geir": N_("Leads the educational psychological service."),
    "hamid": N_("Works in child welfare. Sees nothing until a family says yes."),
    "berit": N_("Leads child welfare."),
    "jon": N_("Advises families on money and work."),
    "nina": N_("Jonas' therapist at BUP."),
    "ada": N_("Administers services and people, and proposes a new model. Reads no case."),
    "eir": N_("Data protection officer. Sees who has looked and what waits for an answer, and reads no case."),
    "eivind": N_("Administers too: may confirm what Ada proposed. Reads no case."),
    "kristin": N_("Nora's mother. Reads all of it, writes, and says yes or no."),
    "anders": N_("Nora's father. Has a consent to answer."),
    "mona": N_("Jonas' mother. Tired, and wants things to hang together."),
    "stian": N_("Jonas' father. Is asked who is to lead."),
    "hodan": N_("Amina's mother. Speaks Somali, and answers with an interpreter."),
    "jonas": N_("12 years old, with a page of his own. Has chosen whom he trusts most."),
    "selma": N_("16 years old. Decides herself who may know what, together with her mother."),
    "marit": N_("Vilde's mother, at an address that is protected. Her pages wait for Frode to confirm."),
    "roar": N_("Vilde's father, who may not know where she is. Sees a page as if she were not here."),
    "lene": N_("Mother of Ella and Tobias. Has just been asked for consent."),
}
