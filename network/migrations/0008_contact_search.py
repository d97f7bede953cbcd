import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# Dutch as PostgreSQL knows it, with accents folded first, so that "Zoë" and "zoe" are one word.
_CONFIGURATION = """
    CREATE TEXT SEARCH CONFIGURATION casusregie_dutch (COPY = pg_catalog.dutch);
    ALTER TEXT SEARCH CONFIGURATION casusregie_dutch
        ALTER MAPPING FOR hword, hword_part, word WITH unaccent, dutch_stem;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0003_keepapart'),
        ('network', '0007_withdrawal'),
    ]

    operations = [
        # Where a superuser made it already, this does nothing; elsewhere the owner of the database may.
        migrations.RunSQL('CREATE EXTENSION IF NOT EXISTS btree_gin', migrations.RunSQL.noop),
        migrations.RunSQL(_CONFIGURATION, 'DROP TEXT SEARCH CONFIGURATION casusregie_dutch'),
        migrations.CreateModel(
            name='ContactSearch',
            fields=[
                ('contact', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='found_by', serialize=False, to='network.contact')),
                ('at', models.DateTimeField()),
                ('words', django.contrib.postgres.search.SearchVectorField()),
                ('closed_words', django.contrib.postgres.search.SearchVectorField(null=True)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='families.case')),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['case', 'words'], name='contact_search_words'),
                    django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed_words__isnull', False)), fastupdate=False, fields=['case', 'closed_words'], name='contact_search_closed'),
                ],
            },
        ),
    ]
