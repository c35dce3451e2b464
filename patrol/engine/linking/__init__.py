"""Posts that belong together: tied by a contact, by the same text, by the same picture (`campaign` of `assess --link`).

Who only quotes a ring's number, text or picture is no member: victims, warnings, news, the agency that is impersonated. Pure. `marks`
says what of one post can tie it, `texts` and `flyers` when two of them are the same, `shared` what
strangers have in common, `groups` ties a list of posts (`assess --link`);
the pipeline ties stored posts one after another by the same marks (`patrol.campaigns`).
"""

from patrol.engine.linking.flyers import is_stock
from patrol.engine.linking.groups import Linker
from patrol.engine.linking.marks import CONTACTS, Mark, Marks, is_board, marks
from patrol.engine.linking.texts import is_another_ad, is_retold

__all__ = ["CONTACTS", "Linker", "Mark", "Marks", "is_another_ad", "is_board", "is_retold", "is_stock", "marks"]
