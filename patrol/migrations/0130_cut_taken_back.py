"""Ties of a campaign that were cut at once can be taken back: one more move of a tie, and one more kind of event."""

from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION public.patrol_tie_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (('confirmed', 'cut'), ('proposed', 'confirmed'), ('proposed', 'cut'){more}) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_tie: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;
"""
EVENTS = [
    "proposed",
    "confirmed",
    "named",
    "tie_confirmed",
    "tie_cut",
    "tie_cut_reversed",
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


def _becomes(more):
    return lambda _apps, schema_editor: schema_editor.execute(FUNCTION.replace("{more}", more), params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0129_walls_and_custody")]

    operations = [
        migrations.RunPython(_becomes(", ('cut', 'proposed')"), _becomes("")),
        migrations.RemoveConstraint("campaignevent", "campaign_event_kind"),
        migrations.AddConstraint(
            "campaignevent", models.CheckConstraint(condition=models.Q(("kind__in", EVENTS)), name="campaign_event_kind")
        ),
    ]
