"""What was laid in 0011 is checked; a citizen service number can only stand with somebody who gets help."""

import casusregie.core.references
from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('families', '0012_persons_as_they_are'),
    ]

    operations = [
        ValidateConstraint(model_name='household', name='household_kind_known'),
        ValidateConstraint(model_name='sameperson', name='same_person_state_known'),
        migrations.RunSQL(
            "UPDATE families_sameperson SET ref = upper(substr(md5(random()::text || id::text), 1, 12)) WHERE ref = ''",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name='sameperson',
            name='ref',
            field=models.CharField(default=casusregie.core.references.party_ref, max_length=16, unique=True),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    'CREATE UNIQUE INDEX CONCURRENTLY "person_with_help" ON "families_person" ("id", "gets_help")',
                    'DROP INDEX CONCURRENTLY IF EXISTS "person_with_help"',
                ),
                # With the index made beforehand this takes no time, however many persons there are.
                migrations.RunSQL(
                    'ALTER TABLE "families_person" ADD CONSTRAINT "person_with_help" UNIQUE USING INDEX "person_with_help"',
                    'ALTER TABLE "families_person" DROP CONSTRAINT "person_with_help"',
                ),
            ],
            state_operations=[
                migrations.AddConstraint(
                    model_name='person',
                    constraint=models.UniqueConstraint(fields=('id', 'gets_help'), name='person_with_help'),
                ),
            ],
        ),
        # No trigger, which a setting could switch off: what points at a person must point at one who gets help.
        migrations.RunSQL(
            'ALTER TABLE "families_citizennumber" ADD CONSTRAINT "citizen_number_of_who_gets_help"'
            ' FOREIGN KEY ("person_id", "gets_help") REFERENCES "families_person" ("id", "gets_help")',
            'ALTER TABLE "families_citizennumber" DROP CONSTRAINT "citizen_number_of_who_gets_help"',
        ),
    ]
