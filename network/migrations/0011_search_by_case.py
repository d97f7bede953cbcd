from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('network', '0010_say_afterwards_of_which_family'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='contactsearch',
            index=models.Index(fields=['case'], name='contact_search_case'),
        ),
    ]
