"""Elements of an article ticked in a case, with what shows them, and taken back: rows of the timeline, none of them rewritten."""

import django.db.models.deletion
from django.db import migrations, models

SQL = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON patrol_elementtick FOR EACH ROW EXECUTE FUNCTION patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON patrol_elementtick FOR EACH STATEMENT EXECUTE FUNCTION patrol_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON patrol_elementuntick FOR EACH ROW EXECUTE FUNCTION patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON patrol_elementuntick FOR EACH STATEMENT EXECUTE FUNCTION patrol_refuse_change();
"""


KEY = {"auto_created": True, "primary_key": True, "serialize": False, "verbose_name": "ID"}
KINDS = [
    "opened",
    "flag_added",
    "flag_removed",
    "escalated",
    "taken",
    "passed_on",
    "returned",
    "note",
    "message",
    "kind_set",
    "article_added",
    "article_removed",
    "ticked",
    "unticked",
    "closed",
    "reopened",
    "attached",
    "attachment_withdrawn",
    "merged",
    "unmerged",
    "task_added",
    "task_assigned",
    "task_due",
    "task_done",
    "task_reopened",
    "task_dropped",
    "flag_near",
    "link_down",
    "link_back",
]


def kept(to, name="+", one=False, **given):
    field = models.OneToOneField if one else models.ForeignKey
    return field(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=f"patrol.{to}", **given)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0053_links_looked_at_again")]

    operations = [
        migrations.CreateModel(
            name="ElementTick",
            fields=[
                ("id", models.BigAutoField(**KEY)),
                ("element", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=10)),
                ("claim", models.PositiveSmallIntegerField(null=True)),
                ("capture", kept("capture", null=True)),
                ("edition", kept("articleedition")),
                ("event", kept("caseevent", "ticks")),
                ("flag", kept("flag")),
                ("licence_check", kept("licencecheck", null=True)),
                ("reading", kept("reading", null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ElementUntick",
            fields=[
                ("id", models.BigAutoField(**KEY)),
                ("event", kept("caseevent", "untick", one=True)),
                ("tick", kept("elementtick", "untick", one=True)),
            ],
        ),
        migrations.AddConstraint(
            "elementtick",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("capture__isnull", True),
                        ("claim__isnull", False),
                        ("kind", "claim"),
                        ("licence_check__isnull", True),
                        ("reading__isnull", False),
                    ),
                    models.Q(
                        ("capture__isnull", False),
                        ("claim__isnull", True),
                        ("kind", "capture"),
                        ("licence_check__isnull", True),
                        ("reading__isnull", True),
                    ),
                    models.Q(
                        ("capture__isnull", True),
                        ("claim__isnull", True),
                        ("kind", "check"),
                        ("licence_check__isnull", False),
                        ("reading__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="element_tick_shown_by_one_thing",
            ),
        ),
        migrations.RemoveConstraint("caseevent", "case_event_kind"),
        migrations.AddConstraint("caseevent", models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="case_event_kind")),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
