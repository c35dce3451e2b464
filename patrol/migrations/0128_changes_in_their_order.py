"""Each event says which transaction wrote it, so that a reader who comes back misses none that was committed late (ADR 78).

The default is no volatile one: rows that are there get this migration's transaction, without being written again.
"""

from django.db import migrations, models


def in_transaction():
    return models.BigIntegerField(db_default=models.Func(function="txid_current", output_field=models.BigIntegerField()))


def order(model, name):
    return [
        migrations.AddField(model_name=model, name="transaction", field=in_transaction()),
        migrations.AddIndex(model_name=model, index=models.Index(fields=["transaction", "id"], name=name)),
    ]


class Migration(migrations.Migration):
    dependencies = [("patrol", "0124_log_from_the_first")]

    operations = [
        *order("flagevent", "flag_event_order"),
        *order("decision", "decision_order"),
        *order("caseevent", "case_event_order"),
        *order("referralevent", "referral_event_order"),
    ]
