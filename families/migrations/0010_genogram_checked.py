"""What was laid in 0007 is checked, and the rule that a relation runs once is laid without stopping anybody's work."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations, models

from families.migrations._aside import kept_aside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('families', '0009_genogram'),
    ]

    operations = [
        ValidateConstraint(model_name='person', name='person_sex_known'),
        ValidateConstraint(model_name='relation', name='relation_nature_known'),
        ValidateConstraint(model_name='relation', name='relation_withdrawn_says_why'),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    'CREATE UNIQUE INDEX CONCURRENTLY "relation_runs_once" ON "families_relation"'
                    ' ("kind", "one_id", "other_id")'
                    " WHERE (\"ended_how\" = '' AND \"until\" IS NULL AND \"withdrawn_at\" IS NULL)",
                    'DROP INDEX CONCURRENTLY "relation_runs_once"',
                ),
            ],
            state_operations=[
                migrations.AddConstraint(
                    model_name='relation',
                    constraint=models.UniqueConstraint(condition=models.Q(('ended_how', ''), ('until__isnull', True), ('withdrawn_at__isnull', True)), fields=('kind', 'one', 'other'), name='relation_runs_once'),
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='relation',
            name='relation_once',
        ),
        # An earlier database knows partners and parents, each pair once, and nothing that was taken back.
        kept_aside(
            'families_relation',
            "DELETE FROM families_relation a WHERE a.withdrawn_at IS NOT NULL OR a.kind NOT IN ('partner', 'parent')"
            " OR EXISTS (SELECT 1 FROM families_relation b WHERE b.kind = a.kind AND b.one_id = a.one_id"
            " AND b.other_id = a.other_id AND b.withdrawn_at IS NULL AND b.id > a.id)",
        ),
    ]
