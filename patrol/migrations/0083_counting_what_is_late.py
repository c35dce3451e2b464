"""What of the queue is over its limit is counted in two indexes: without a look at the flags, nor at how each came into the queue.

The one that counting walks is made anew with the state in it. On a large installation that takes some seconds, in which no flag changes.
"""

from django.db import migrations, models
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

_OPEN = models.Q(state__in=["needs_information", "waiting"])
_ENTERS = models.Q(Exact(KT("after__state"), "waiting")) & (
    models.Q(kind="raised") | ~models.Q(Exact(Coalesce(KT("before__state"), models.Value("", models.TextField())), "waiting"))
)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0082_sent_again")]

    operations = [
        migrations.RemoveIndex("flag", "flag_row_open"),
        migrations.AddIndex(
            "flag",
            models.Index(
                fields=["office", "row_key", "urgency", "raised_at", "id"],
                include=["snoozed_until", "state"],
                condition=_OPEN,
                name="flag_row_open",
            ),
        ),
        migrations.AddIndex("flagevent", models.Index(fields=["flag", "at"], condition=_ENTERS, name="flag_event_entered")),
    ]
