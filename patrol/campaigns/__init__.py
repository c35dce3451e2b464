"""Campaigns: posts that belong together, proposed by the machine, judged by people.

`keeping` writes what of a post can tie it, in the transaction that keeps its reading; `showing` finds pictures again; `tying` looks up who
has the same, by indexes and to a bound, so that a new post costs the same whether a thousand or a million came before; `judging` holds
what people do: confirm, cut, split, merge, dissolve; `proposing` finds two that came to share something strong; `deciding` decides the
open flags of a ring at once. `trusted` knows which contacts tie nothing because they are known to be good.
"""

from patrol.campaigns.keeping import Kept, keep, name_by_id, picture_key
from patrol.campaigns.tying import Tied, due, link_due

__all__ = ["Kept", "Tied", "due", "keep", "link_due", "name_by_id", "picture_key"]
