"""Words of exports for peers: what for, with whom they may be shared further, and why an indicator is withheld."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from patrol.admin.shared import words
from patrol.domain.peers import Purpose, Sharing, Withheld

PURPOSES: Final[dict[str, words.Title]] = {
    Purpose.BLOCK: gettext_lazy("take numbers, accounts or addresses out of service"),
    Purpose.FUNDS: gettext_lazy("stop or trace payments"),
    Purpose.INVESTIGATION: gettext_lazy("investigation"),
    Purpose.MATCHING: gettext_lazy("compare with what the body has itself"),
}
SHARING: Final[dict[str, words.Title]] = {
    Sharing.AMBER: gettext_lazy("TLP:AMBER, within the body and with whoever must act"),
    Sharing.RED: gettext_lazy("TLP:RED, nobody but who receives it"),
    Sharing.GREEN: gettext_lazy("TLP:GREEN, also among its partners"),
}
WITHHELD: Final[dict[str, words.Title]] = {
    Withheld.HARMED: gettext_lazy("a contact of somebody harmed"),
    Withheld.TRUSTED: gettext_lazy("known to be good"),
    Withheld.AGENCY: gettext_lazy("the register lists it for an agency"),
    Withheld.OURS: gettext_lazy("our own number or site"),
    Withheld.STATE: gettext_lazy("a site or mailbox of the state"),
    Withheld.STAFF: gettext_lazy("an address of a member of staff"),
    Withheld.EVERYBODYS: gettext_lazy("a platform or a shortener as a whole"),
    Withheld.UNDECIDED: gettext_lazy("in no post that a person confirmed, as it was when it was decided"),
    Withheld.TOLD: gettext_lazy("only in what somebody told an officer, or an officer typed in"),
    Withheld.SENT_ON: gettext_lazy("whoever sent it on"),
    Withheld.OLD: gettext_lazy("last seen more than a year ago"),
    Withheld.MENTIONED: gettext_lazy("mentioned, it stands in no offer"),
    Withheld.SHAPE: gettext_lazy("in no form a peer could compare"),
}
OF_CAMPAIGN: Final[dict[str, words.Title]] = {
    Withheld.UNDECIDED: gettext_lazy("in no post that a person confirmed, as it was when it was decided, and that hangs on a confirmed tie")
}
