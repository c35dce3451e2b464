"""A row of the register as evidence of a tick: the agency's, its SIP's, or that there is none of a name, on the day of the post."""

import django.db.models.deletion
from django.db import migrations, models

HELD = """
CREATE FUNCTION public.patrol_tick_row_held() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    held boolean := CASE NEW.kind
        WHEN 'agency' THEN EXISTS (
            SELECT FROM patrol_agency a WHERE a.id = NEW.agency_id AND (a.gone_since IS NULL OR NEW.day < a.gone_since))
        WHEN 'licence' THEN EXISTS (
            SELECT FROM patrol_licence l WHERE l.id = NEW.licence_id AND NEW.day BETWEEN l.valid_from AND l.valid_to
                AND (l.gone_since IS NULL OR NEW.day < l.gone_since))
        WHEN 'no_row' THEN NOT EXISTS (
            SELECT FROM patrol_agency a WHERE a.edition_id = NEW.register_id AND a.name = NEW.searched
                AND (a.gone_since IS NULL OR NEW.day < a.gone_since))
        ELSE true
    END;
BEGIN
    IF held THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_elementtick: the register says otherwise on %', NEW.day USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER row_held BEFORE INSERT ON public.patrol_elementtick FOR EACH ROW EXECUTE FUNCTION public.patrol_tick_row_held();
"""

THINGS = ("reading", "claim", "capture", "licence_check", "agency", "licence", "register")


def kept(to):
    return models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=f"patrol.{to}")


def words():
    return {"field": models.TextField(blank=True, default=""), "preserve_default": False}


def shown_by(kind, *things, row=False):
    said = models.Q(("day__isnull", False)) & ~models.Q(("words_id", "")) & ~models.Q(("words_en", ""))
    name = models.Q(("searched", ""))
    return models.Q(
        models.Q(*sorted((("kind", kind), *((f"{one}__isnull", one not in things) for one in THINGS)))),
        said if row else models.Q(("day__isnull", True), ("words_en", ""), ("words_id", "")),
        ~name if kind == "no_row" else name,
    )


class Migration(migrations.Migration):
    dependencies = [("patrol", "0062_copies_looked_at")]

    operations = [
        migrations.AddField("elementtick", "agency", kept("agency")),
        migrations.AddField("elementtick", "licence", kept("licence")),
        migrations.AddField("elementtick", "register", kept("registeredition")),
        migrations.AddField("elementtick", "searched", models.CharField(blank=True, default="", max_length=300), preserve_default=False),
        migrations.AddField("elementtick", "day", models.DateField(null=True)),
        migrations.AddField("elementtick", "words_id", **words()),
        migrations.AddField("elementtick", "words_en", **words()),
        migrations.RemoveConstraint("elementtick", "element_tick_shown_by_one_thing"),
        migrations.AddConstraint(
            "elementtick",
            models.CheckConstraint(
                condition=shown_by("claim", "reading", "claim")
                | shown_by("capture", "capture")
                | shown_by("check", "licence_check")
                | shown_by("agency", "agency", row=True)
                | shown_by("licence", "licence", row=True)
                | shown_by("no_row", "register", row=True),
                name="element_tick_shown_by_one_thing",
            ),
        ),
        migrations.RunSQL(HELD, "DROP TRIGGER row_held ON public.patrol_elementtick; DROP FUNCTION public.patrol_tick_row_held();"),
    ]
