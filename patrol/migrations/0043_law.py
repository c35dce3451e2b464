"""Law as rows: acts, articles, their editions, and the legal unit's word on an edition, which is never its author's.

What an installation begins with is loaded after the migrations (patrol.cases.law.load): rows of the product, no part of its tables.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON patrol_articleedition FOR EACH ROW EXECUTE FUNCTION patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON patrol_articleedition FOR EACH STATEMENT EXECUTE FUNCTION patrol_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON patrol_lawconfirmation FOR EACH ROW EXECUTE FUNCTION patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON patrol_lawconfirmation FOR EACH STATEMENT EXECUTE FUNCTION patrol_refuse_change();

CREATE FUNCTION public.patrol_law_pair() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE why text;
BEGIN
    SELECT public.patrol_pair_refused(e.by_id, NEW.by_id, NEW.at) INTO STRICT why
        FROM public.patrol_articleedition e WHERE e.id = NEW.edition_id;
    IF why <> '' THEN
        RAISE EXCEPTION '% %: no second person (%)', TG_TABLE_NAME, NEW.id, why USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER by_pair BEFORE INSERT ON patrol_lawconfirmation FOR EACH ROW EXECUTE FUNCTION public.patrol_law_pair();
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0042_outcome_of_a_case")]

    operations = [
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, unique=True)),
                ("short", models.CharField(max_length=60, unique=True, verbose_name="short name")),
                ("title", models.TextField(verbose_name="full title")),
                ("remark", models.TextField(blank=True)),
            ],
            options={"verbose_name": "act", "verbose_name_plural": "acts"},
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=20, unique=True)),
                ("number", models.CharField(blank=True, max_length=20, verbose_name="number")),
                ("beside", models.CharField(blank=True, max_length=20)),
                ("title_id", models.CharField(max_length=150)),
                ("title_en", models.CharField(max_length=150)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("place", models.PositiveSmallIntegerField(default=100)),
                ("act", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="articles", to="patrol.act")),
            ],
            options={"verbose_name": "article", "verbose_name_plural": "articles"},
        ),
        migrations.CreateModel(
            name="ArticleEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wording", models.TextField(blank=True)),
                ("elements", models.JSONField(default=list)),
                ("penalty", models.TextField(blank=True)),
                ("in_force_from", models.DateField(null=True)),
                ("in_force_to", models.DateField(null=True)),
                ("ended", models.BooleanField(default=False)),
                ("source", models.TextField()),
                ("at", models.DateTimeField()),
                ("article", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="patrol.article")),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"verbose_name": "edition of an article", "verbose_name_plural": "editions of articles"},
        ),
        migrations.CreateModel(
            name="LawConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("letter_number", models.CharField(max_length=100, verbose_name="number of the letter")),
                ("letter_date", models.DateField(verbose_name="date of the letter")),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="confirmation", to="patrol.articleedition"
                    ),
                ),
                ("scan", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.capture")),
            ],
            options={"verbose_name": "confirmation by the legal unit", "verbose_name_plural": "confirmations by the legal unit"},
        ),
        migrations.AddConstraint(model_name="article", constraint=models.UniqueConstraint(fields=("act", "number"), name="article_once")),
        migrations.AddConstraint(
            model_name="articleedition",
            constraint=models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="article_edition_source"),
        ),
        migrations.AddConstraint(
            model_name="articleedition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_force_to__isnull", True),
                    ("in_force_from__isnull", True),
                    ("in_force_to__gte", models.F("in_force_from")),
                    _connector="OR",
                ),
                name="article_edition_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="articleedition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended", False),
                    models.Q(
                        ("elements", []), ("in_force_from__isnull", False), ("in_force_to__isnull", True), ("penalty", ""), ("wording", "")
                    ),
                    _connector="OR",
                ),
                name="article_edition_ended_is_bare",
            ),
        ),
        migrations.AddConstraint(
            model_name="lawconfirmation",
            constraint=models.CheckConstraint(condition=models.Q(("letter_number", ""), _negated=True), name="law_confirmation_letter"),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
