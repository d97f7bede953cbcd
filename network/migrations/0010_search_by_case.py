from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('network', '0009_fill_search'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='contactsearch',
            index=models.Index(fields=['case'], name='contact_search_case'),
        ),
    ]
