
import django.contrib.postgres.fields
import django.db.models.deletion
import patrol.models.people
import patrol.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patrol", "0009_order_of_the_queue"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnSettings",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="own_settings",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("keys_on", models.BooleanField(default=True)),
                ("keys", models.JSONField(default=dict)),
                ("tour_seen_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AlterModelOptions(
            name="agency",
            options={"ordering": ["name", "id"], "verbose_name": "P3MI", "verbose_name_plural": "P3MI"},
        ),
        migrations.AlterModelOptions(
            name="auditentry",
            options={"ordering": ["-seq"], "verbose_name": "entri audit", "verbose_name_plural": "jejak audit"},
        ),
        migrations.AlterModelOptions(
            name="capture",
            options={"verbose_name": "rekaman", "verbose_name_plural": "rekaman"},
        ),
        migrations.AlterModelOptions(
            name="case",
            options={"verbose_name": "perkara", "verbose_name_plural": "perkara"},
        ),
        migrations.AlterModelOptions(
            name="caseevent",
            options={
                "ordering": ["id"],
                "verbose_name": "peristiwa perkara",
                "verbose_name_plural": "peristiwa perkara",
            },
        ),
        migrations.AlterModelOptions(
            name="credential",
            options={"ordering": ["name"], "verbose_name": "kredensial", "verbose_name_plural": "kredensial"},
        ),
        migrations.AlterModelOptions(
            name="decision",
            options={"ordering": ["-id"], "verbose_name": "keputusan", "verbose_name_plural": "keputusan"},
        ),
        migrations.AlterModelOptions(
            name="fetch",
            options={"ordering": ["-id"], "verbose_name": "pengambilan", "verbose_name_plural": "pengambilan"},
        ),
        migrations.AlterModelOptions(
            name="finding",
            options={"ordering": ["-points", "id"], "verbose_name": "temuan", "verbose_name_plural": "temuan"},
        ),
        migrations.AlterModelOptions(
            name="flag",
            options={"verbose_name": "tanda", "verbose_name_plural": "tanda"},
        ),
        migrations.AlterModelOptions(
            name="flagevent",
            options={"ordering": ["id"], "verbose_name": "peristiwa tanda", "verbose_name_plural": "peristiwa tanda"},
        ),
        migrations.AlterModelOptions(
            name="importedfile",
            options={"ordering": ["-id"], "verbose_name": "impor", "verbose_name_plural": "impor"},
        ),
        migrations.AlterModelOptions(
            name="indicator",
            options={"verbose_name": "indikator", "verbose_name_plural": "indikator"},
        ),
        migrations.AlterModelOptions(
            name="keywordpack",
            options={"ordering": ["name"], "verbose_name": "paket kata", "verbose_name_plural": "paket kata"},
        ),
        migrations.AlterModelOptions(
            name="licence",
            options={"ordering": ["number", "id"], "verbose_name": "SIP", "verbose_name_plural": "SIP"},
        ),
        migrations.AlterModelOptions(
            name="licencecheck",
            options={"verbose_name": "hasil cek SIP", "verbose_name_plural": "hasil cek SIP"},
        ),
        migrations.AlterModelOptions(
            name="office",
            options={"ordering": ["name"], "verbose_name": "kantor", "verbose_name_plural": "kantor"},
        ),
        migrations.AlterModelOptions(
            name="person",
            options={"ordering": ["name", "id"], "verbose_name": "pengguna", "verbose_name_plural": "pengguna"},
        ),
        migrations.AlterModelOptions(
            name="pointsedition",
            options={"ordering": ["-number"], "verbose_name": "edisi poin", "verbose_name_plural": "edisi poin"},
        ),
        migrations.AlterModelOptions(
            name="post",
            options={"verbose_name": "unggahan", "verbose_name_plural": "unggahan"},
        ),
        migrations.AlterModelOptions(
            name="postversion",
            options={"verbose_name": "versi", "verbose_name_plural": "versi"},
        ),
        migrations.AlterModelOptions(
            name="reading",
            options={"verbose_name": "bacaan", "verbose_name_plural": "bacaan"},
        ),
        migrations.AlterModelOptions(
            name="registeredition",
            options={
                "ordering": ["-number"],
                "verbose_name": "edisi register",
                "verbose_name_plural": "edisi register",
            },
        ),
        migrations.AlterModelOptions(
            name="sighting",
            options={"verbose_name": "kemunculan", "verbose_name_plural": "kemunculan"},
        ),
        migrations.AlterModelOptions(
            name="standing",
            options={"ordering": ["since", "id"], "verbose_name": "status P3MI", "verbose_name_plural": "status P3MI"},
        ),
        migrations.AlterModelOptions(
            name="watch",
            options={"ordering": ["name", "id"], "verbose_name": "pantauan", "verbose_name_plural": "pantauan"},
        ),
        migrations.AlterField(
            model_name="agency",
            name="accounts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200), default=list, verbose_name="akun"
            ),
        ),
        migrations.AlterField(
            model_name="agency",
            name="address",
            field=models.TextField(blank=True, verbose_name="alamat"),
        ),
        migrations.AlterField(
            model_name="agency",
            name="aliases",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=300), default=list, verbose_name="nama lain"
            ),
        ),
        migrations.AlterField(
            model_name="agency",
            name="city",
            field=models.CharField(blank=True, max_length=100, verbose_name="kota"),
        ),
        migrations.AlterField(
            model_name="agency",
            name="gone_since",
            field=models.DateField(null=True, verbose_name="tidak ada lagi dalam berkas sejak"),
        ),
        migrations.AlterField(
            model_name="agency",
            name="name",
            field=models.CharField(max_length=300, verbose_name="nama"),
        ),
        migrations.AlterField(
            model_name="agency",
            name="phones",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60), default=list, verbose_name="telepon"
            ),
        ),
        migrations.AlterField(
            model_name="agency",
            name="province",
            field=models.CharField(blank=True, max_length=100, verbose_name="provinsi"),
        ),
        migrations.AlterField(
            model_name="agency",
            name="sip3mi_number",
            field=models.CharField(blank=True, max_length=200, verbose_name="Nomor SIP3MI"),
        ),
        migrations.AlterField(
            model_name="agency",
            name="websites",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=300), default=list, verbose_name="situs web"
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="closed_at",
            field=models.DateTimeField(null=True, verbose_name="ditutup"),
        ),
        migrations.AlterField(
            model_name="case",
            name="escalated_at",
            field=models.DateTimeField(null=True, verbose_name="dieskalasi"),
        ),
        migrations.AlterField(
            model_name="case",
            name="number",
            field=models.CharField(max_length=20, unique=True, verbose_name="nomor"),
        ),
        migrations.AlterField(
            model_name="case",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="patrol.office",
                verbose_name="kantor",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="opened_at",
            field=models.DateTimeField(verbose_name="dibuka"),
        ),
        migrations.AlterField(
            model_name="case",
            name="responsible",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to=settings.AUTH_USER_MODEL,
                verbose_name="penanggung jawab",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="state",
            field=models.CharField(default=patrol.states.CaseState["OPENED"], max_length=20, verbose_name="keadaan"),
        ),
        migrations.AlterField(
            model_name="case",
            name="title",
            field=models.CharField(max_length=150, verbose_name="judul"),
        ),
        migrations.AlterField(
            model_name="credential",
            name="changed_at",
            field=models.DateTimeField(verbose_name="diubah"),
        ),
        migrations.AlterField(
            model_name="credential",
            name="expires_at",
            field=models.DateTimeField(null=True, verbose_name="kedaluwarsa"),
        ),
        migrations.AlterField(
            model_name="credential",
            name="name",
            field=models.CharField(max_length=100, unique=True, verbose_name="nama"),
        ),
        migrations.AlterField(
            model_name="credential",
            name="refused_at",
            field=models.DateTimeField(null=True, verbose_name="ditolak"),
        ),
        migrations.AlterField(
            model_name="credential",
            name="retired_at",
            field=models.DateTimeField(null=True, verbose_name="tidak dipakai lagi"),
        ),
        migrations.AlterField(
            model_name="device",
            name="name",
            field=models.CharField(max_length=100, verbose_name="nama"),
        ),
        migrations.AlterField(
            model_name="flag",
            name="decided_at",
            field=models.DateTimeField(null=True, verbose_name="diputuskan"),
        ),
        migrations.AlterField(
            model_name="flag",
            name="level",
            field=models.CharField(max_length=10, verbose_name="tingkat"),
        ),
        migrations.AlterField(
            model_name="flag",
            name="number",
            field=models.CharField(max_length=20, unique=True, verbose_name="nomor"),
        ),
        migrations.AlterField(
            model_name="flag",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="flags",
                to="patrol.office",
                verbose_name="kantor",
            ),
        ),
        migrations.AlterField(
            model_name="flag",
            name="raised_at",
            field=models.DateTimeField(verbose_name="ditandai"),
        ),
        migrations.AlterField(
            model_name="flag",
            name="state",
            field=models.CharField(max_length=20, verbose_name="keadaan"),
        ),
        migrations.AlterField(
            model_name="indicator",
            name="first_seen",
            field=models.DateTimeField(verbose_name="pertama terlihat"),
        ),
        migrations.AlterField(
            model_name="indicator",
            name="kind",
            field=models.CharField(max_length=20, verbose_name="jenis"),
        ),
        migrations.AlterField(
            model_name="indicator",
            name="last_seen",
            field=models.DateTimeField(verbose_name="terakhir terlihat"),
        ),
        migrations.AlterField(
            model_name="indicator",
            name="value",
            field=models.CharField(max_length=500, verbose_name="nilai"),
        ),
        migrations.AlterField(
            model_name="intake",
            name="kind",
            field=models.CharField(max_length=20, verbose_name="jenis"),
        ),
        migrations.AlterField(
            model_name="intake",
            name="name",
            field=models.CharField(blank=True, max_length=300, verbose_name="nama"),
        ),
        migrations.AlterField(
            model_name="intake",
            name="note",
            field=models.TextField(blank=True, verbose_name="catatan"),
        ),
        migrations.AlterField(
            model_name="keywordpack",
            name="about",
            field=models.CharField(max_length=20, verbose_name="tentang"),
        ),
        migrations.AlterField(
            model_name="keywordpack",
            name="changed_at",
            field=models.DateTimeField(verbose_name="diubah"),
        ),
        migrations.AlterField(
            model_name="keywordpack",
            name="name",
            field=models.CharField(max_length=100, unique=True, verbose_name="nama"),
        ),
        migrations.AlterField(
            model_name="keywordpack",
            name="words",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=100), verbose_name="kata"
            ),
        ),
        migrations.AlterField(
            model_name="licence",
            name="country",
            field=models.CharField(max_length=2, verbose_name="negara"),
        ),
        migrations.AlterField(
            model_name="licence",
            name="employer",
            field=models.CharField(blank=True, max_length=300, verbose_name="pemberi kerja"),
        ),
        migrations.AlterField(
            model_name="licence",
            name="gone_since",
            field=models.DateField(null=True, verbose_name="tidak ada lagi dalam berkas sejak"),
        ),
        migrations.AlterField(
            model_name="licence",
            name="number",
            field=models.CharField(max_length=200, verbose_name="Nomor SIP"),
        ),
        migrations.AlterField(
            model_name="licence",
            name="positions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200), default=list, verbose_name="jabatan"
            ),
        ),
        migrations.AlterField(
            model_name="licence",
            name="quota",
            field=models.PositiveIntegerField(null=True, verbose_name="kuota"),
        ),
        migrations.AlterField(
            model_name="licence",
            name="status_from",
            field=models.DateField(null=True, verbose_name="status sejak"),
        ),
        migrations.AlterField(
            model_name="licence",
            name="valid_from",
            field=models.DateField(verbose_name="berlaku mulai"),
        ),
        migrations.AlterField(
            model_name="licence",
            name="valid_to",
            field=models.DateField(verbose_name="berlaku s.d."),
        ),
        migrations.AlterField(
            model_name="notice",
            name="note",
            field=models.TextField(blank=True, verbose_name="catatan"),
        ),
        migrations.AlterField(
            model_name="office",
            name="active",
            field=models.BooleanField(default=True, verbose_name="aktif"),
        ),
        migrations.AlterField(
            model_name="office",
            name="code",
            field=models.SlugField(unique=True, verbose_name="kode"),
        ),
        migrations.AlterField(
            model_name="office",
            name="kind",
            field=models.CharField(
                default=patrol.models.people.OfficeKind["BP3MI"], max_length=20, verbose_name="jenis"
            ),
        ),
        migrations.AlterField(
            model_name="office",
            name="name",
            field=models.CharField(max_length=100, unique=True, verbose_name="nama"),
        ),
        migrations.AlterField(
            model_name="office",
            name="provinces",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=2), blank=True, default=list, verbose_name="provinsi"
            ),
        ),
        migrations.AlterField(
            model_name="office",
            name="short_name",
            field=models.CharField(max_length=30, verbose_name="nama singkat"),
        ),
        migrations.AlterField(
            model_name="office",
            name="zone",
            field=models.CharField(default="Asia/Jakarta", max_length=40, verbose_name="zona waktu"),
        ),
        migrations.AlterField(
            model_name="person",
            name="created_at",
            field=models.DateTimeField(verbose_name="dibuat"),
        ),
        migrations.AlterField(
            model_name="person",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="aktif"),
        ),
        migrations.AlterField(
            model_name="person",
            name="last_login",
            field=models.DateTimeField(blank=True, null=True, verbose_name="masuk terakhir"),
        ),
        migrations.AlterField(
            model_name="person",
            name="name",
            field=models.CharField(max_length=100, verbose_name="nama"),
        ),
        migrations.AlterField(
            model_name="person",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="patrol.office",
                verbose_name="kantor",
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="password",
            field=models.CharField(max_length=128, verbose_name="sandi"),
        ),
        migrations.AlterField(
            model_name="person",
            name="role",
            field=models.CharField(max_length=20, verbose_name="peran"),
        ),
        migrations.AlterField(
            model_name="person",
            name="username",
            field=models.CharField(max_length=50, unique=True, verbose_name="nama pengguna"),
        ),
        migrations.AlterField(
            model_name="pointsedition",
            name="approved_at",
            field=models.DateTimeField(verbose_name="disetujui"),
        ),
        migrations.AlterField(
            model_name="pointsedition",
            name="approved_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="disetujui oleh",
            ),
        ),
        migrations.AlterField(
            model_name="pointsedition",
            name="number",
            field=models.PositiveIntegerField(unique=True, verbose_name="edisi"),
        ),
        migrations.AlterField(
            model_name="post",
            name="first_seen",
            field=models.DateTimeField(verbose_name="pertama terlihat"),
        ),
        migrations.AlterField(
            model_name="post",
            name="gone_at",
            field=models.DateTimeField(null=True, verbose_name="hilang"),
        ),
        migrations.AlterField(
            model_name="post",
            name="last_seen",
            field=models.DateTimeField(verbose_name="terakhir terlihat"),
        ),
        migrations.AlterField(
            model_name="post",
            name="origin",
            field=models.CharField(blank=True, max_length=200, verbose_name="muncul di"),
        ),
        migrations.AlterField(
            model_name="post",
            name="posted_at",
            field=models.DateTimeField(null=True, verbose_name="diunggah"),
        ),
        migrations.AlterField(
            model_name="protection",
            name="note",
            field=models.TextField(blank=True, verbose_name="catatan"),
        ),
        migrations.AlterField(
            model_name="registeredition",
            name="imported_at",
            field=models.DateTimeField(verbose_name="diimpor"),
        ),
        migrations.AlterField(
            model_name="registeredition",
            name="imported_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diimpor oleh",
            ),
        ),
        migrations.AlterField(
            model_name="registeredition",
            name="number",
            field=models.PositiveIntegerField(unique=True, verbose_name="edisi"),
        ),
        migrations.AlterField(
            model_name="registeredition",
            name="register_date",
            field=models.DateField(verbose_name="register per"),
        ),
        migrations.AlterField(
            model_name="standing",
            name="decree",
            field=models.CharField(blank=True, max_length=300, verbose_name="keputusan (SK)"),
        ),
        migrations.AlterField(
            model_name="standing",
            name="since",
            field=models.DateField(verbose_name="sejak"),
        ),
        migrations.AlterField(
            model_name="standing",
            name="until",
            field=models.DateField(null=True, verbose_name="sampai"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="created_at",
            field=models.DateTimeField(verbose_name="dibuat"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="credential",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="watches",
                to="patrol.credential",
                verbose_name="kredensial",
            ),
        ),
        migrations.AlterField(
            model_name="watch",
            name="daily_quota",
            field=models.PositiveIntegerField(null=True, verbose_name="unggahan per hari paling banyak"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="due_at",
            field=models.DateTimeField(null=True, verbose_name="pengambilan berikutnya"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="every_seconds",
            field=models.PositiveIntegerField(verbose_name="setiap (detik)"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="healthy_high",
            field=models.PositiveIntegerField(verbose_name="kisaran sehat sampai (unggahan per hari)"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="healthy_low",
            field=models.PositiveIntegerField(verbose_name="kisaran sehat dari (unggahan per hari)"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="kind",
            field=models.CharField(max_length=20, verbose_name="jenis permintaan"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="last_good_at",
            field=models.DateTimeField(null=True, verbose_name="pengambilan baik terakhir"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="last_problem",
            field=models.JSONField(null=True, verbose_name="masalah terakhir"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="name",
            field=models.CharField(max_length=100, verbose_name="nama"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="watches",
                to="patrol.office",
                verbose_name="kantor",
            ),
        ),
        migrations.AlterField(
            model_name="watch",
            name="packs",
            field=models.ManyToManyField(related_name="watches", to="patrol.keywordpack", verbose_name="paket kata"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="priority",
            field=models.PositiveSmallIntegerField(default=2, verbose_name="prioritas"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="query",
            field=models.CharField(blank=True, max_length=500, verbose_name="yang dicari"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="quiet_from",
            field=models.TimeField(null=True, verbose_name="tenang dari"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="quiet_to",
            field=models.TimeField(null=True, verbose_name="tenang sampai"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="state",
            field=models.CharField(default=patrol.states.WatchState["ACTIVE"], max_length=20, verbose_name="keadaan"),
        ),
        migrations.AlterField(
            model_name="watch",
            name="windows",
            field=models.JSONField(default=list, verbose_name="jam"),
        ),
        migrations.CreateModel(
            name="Comparison",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("same", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.flag"),
                ),
                (
                    "second",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.flag"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="comparison_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="comparison_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("query", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [models.UniqueConstraint(fields=("person", "name"), name="saved_filter_name_once")],
            },
        ),
    ]
