"""Two campaigns that share something strong are proposed to be merged, once, and a person answers."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = "".join(
    f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.{table} FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();\n"
    f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();\n"
    for table in ("patrol_mergerproposal", "patrol_mergeranswer")
)
# Of ties that are there: whose posts lie in two campaigns now.
CROSSING = """
UPDATE public.patrol_tie t SET crosses = true FROM public.patrol_linkedpost l, public.patrol_linkedpost e
WHERE l.post_id = t.later_id AND e.post_id = t.earlier_id AND l.campaign_id <> e.campaign_id AND t.state = 'proposed'
"""
EVENTS = [
    "proposed",
    "confirmed",
    "named",
    "tie_confirmed",
    "tie_cut",
    "split",
    "merged",
    "unmerged",
    "merger_proposed",
    "merger_refused",
    "dissolved",
    "decided",
    "decision_reversed",
    "case_opened",
]


def to(model, **given):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **given)


def key():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [("patrol", "0063_register_rows_ticked")]

    operations = [
        migrations.CreateModel(
            name="MergerProposal",
            fields=[
                key(),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), size=None)),
                ("at", models.DateTimeField()),
                ("one", to("patrol.campaign")),
                ("other", to("patrol.campaign")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("one__lt", models.F("other"))), name="merger_elder_first"),
                    models.CheckConstraint(condition=models.Q(("keys", []), _negated=True), name="merger_by_something"),
                ]
            },
        ),
        migrations.CreateModel(
            name="MergerAnswer",
            fields=[
                key(),
                ("outcome", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("by", to(settings.AUTH_USER_MODEL)),
                (
                    "proposal",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="patrol.mergerproposal"),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("outcome__in", ["merged", "refused"])), name="merger_outcome")]
            },
        ),
        migrations.AddField("notice", "campaign", to("patrol.campaign", null=True)),
        migrations.AddField("tie", "crosses", models.BooleanField(default=False)),
        migrations.RunSQL(CROSSING, migrations.RunSQL.noop),
        migrations.AddIndex(
            "tie", models.Index(condition=models.Q(("crosses", True), ("state", "proposed")), fields=["id"], name="tie_crossing")
        ),
        migrations.RemoveConstraint("campaignevent", "campaign_event_kind"),
        migrations.AddConstraint(
            "campaignevent", models.CheckConstraint(condition=models.Q(("kind__in", EVENTS)), name="campaign_event_kind")
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
