"""A referral may ask about an e-mail address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0072_stations")]

    operations = [
        migrations.RemoveConstraint(model_name="referralitem", name="referral_item_kind"),
        migrations.AddConstraint(
            model_name="referralitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["link", "phone", "bank_account", "account", "email", "agency", "person"])),
                name="referral_item_kind",
            ),
        ),
    ]
