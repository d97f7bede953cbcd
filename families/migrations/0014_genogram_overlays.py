"""Arrangements about a child and conditions of a person; what keeps two persons apart gets its kind and its hours."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_user_inside_until'),
        ('families', '0013_persons_checked'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrangement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='source')),
                ('noted_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_why', models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='why')),
                ('kind', models.CharField(choices=[('contact', 'contact arrangement'), ('supervision', 'supervision order (OTS)'), ('placement', 'out-of-home placement')], max_length=12, verbose_name='what was arranged')),
                ('body', models.CharField(blank=True, default='', max_length=120, verbose_name='organisation')),
                ('words', models.CharField(blank=True, default='', max_length=200, verbose_name='how it was arranged')),
                ('since', models.DateField(blank=True, null=True, verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until and including')),
                ('seen_in', models.CharField(choices=[('ruling', 'ruling, seen'), ('plan', 'parenting plan, seen'), ('brp', 'population register (BRP)'), ('other', 'told or seen elsewhere')], max_length=8, verbose_name='seen in')),
            ],
        ),
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='source')),
                ('noted_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_why', models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='why')),
                ('kind', models.CharField(choices=[('physical', 'physical illness'), ('psychological', 'psychological illness'), ('alcohol', 'alcohol'), ('drugs', 'drugs')], max_length=16, verbose_name='what')),
                ('state', models.CharField(choices=[('present', 'now'), ('suspected', 'suspected'), ('recovery', 'in remission or recovery')], default='present', max_length=12, verbose_name='how it is')),
                ('words', models.CharField(blank=True, default='', max_length=120, verbose_name='in a few words')),
                ('since', models.DateField(blank=True, null=True, verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
        ),
        migrations.AddField(
            model_name='keepapart',
            name='body',
            field=models.CharField(blank=True, db_default='', default='', max_length=120, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='keepapart',
            name='ends_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ends at, as the decision says'),
        ),
        migrations.AddField(
            model_name='keepapart',
            name='kind',
            field=models.CharField(choices=[('own', 'kept apart by the case director'), ('agreement', 'agreed to stay apart'), ('contact_ban', 'contact ban'), ('home_ban', 'home ban'), ('location_ban', 'location ban')], db_default='own', default='own', max_length=12, verbose_name='what keeps them apart'),
        ),
        migrations.AddField(
            model_name='keepapart',
            name='known_to',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.audience'),
        ),
        migrations.AddField(
            model_name='keepapart',
            name='source',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='source'),
        ),
        migrations.AddField(
            model_name='keepapart',
            name='starts_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='takes effect at'),
        ),
        migrations.AddField(
            model_name='keepapart',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='keepapart',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='keepapart',
            name='withdrawn_why',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='why'),
        ),
        migrations.AlterField(
            model_name='keepapart',
            name='noted_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='keepapart',
            name='noted_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        AddConstraintNotValid(
            model_name='keepapart',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['own', 'agreement', 'contact_ban', 'home_ban', 'location_ban'])), name='kept_apart_kind_known'),
        ),
        AddConstraintNotValid(
            model_name='keepapart',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['contact_ban', 'home_ban', 'location_ban']), _negated=True), models.Q(('body', ''), _negated=True), _connector='OR'), name='kept_apart_ban_says_by_whom'),
        ),
        AddConstraintNotValid(
            model_name='keepapart',
            constraint=models.CheckConstraint(condition=models.Q(('starts_at__isnull', True), ('ends_at__isnull', True), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='kept_apart_hours_in_order'),
        ),
        AddConstraintNotValid(
            model_name='keepapart',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'home_ban'), _negated=True), models.Q(('ends_at__isnull', False), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('starts_at'), '+', models.Value(datetime.timedelta(days=28, seconds=3600)))), ('starts_at__isnull', False)), _connector='OR'), name='kept_apart_home_ban_four_weeks'),
        ),
        AddConstraintNotValid(
            model_name='keepapart',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_by__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='kept_apart_withdrawn_says_why'),
        ),
        migrations.AddField(
            model_name='arrangement',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='arrangements', to='families.case'),
        ),
        migrations.AddField(
            model_name='arrangement',
            name='child',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='arrangements', to='families.person'),
        ),
        migrations.AddField(
            model_name='arrangement',
            name='known_to',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.audience'),
        ),
        migrations.AddField(
            model_name='arrangement',
            name='noted_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='arrangement',
            name='other',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='families.person'),
        ),
        migrations.AddField(
            model_name='arrangement',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='condition',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='families.case'),
        ),
        migrations.AddField(
            model_name='condition',
            name='known_to',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.audience'),
        ),
        migrations.AddField(
            model_name='condition',
            name='noted_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='condition',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='families.person'),
        ),
        migrations.AddField(
            model_name='condition',
            name='view',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.party'),
        ),
        migrations.AddField(
            model_name='condition',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='arrangement',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['contact', 'supervision', 'placement'])), name='arrangement_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='arrangement',
            constraint=models.CheckConstraint(condition=models.Q(('seen_in__in', ['ruling', 'plan', 'brp', 'other'])), name='arrangement_seen_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='arrangement',
            constraint=models.CheckConstraint(condition=models.Q(('other__isnull', True), models.Q(('child', models.F('other')), _negated=True), _connector='OR'), name='arrangement_with_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='arrangement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'contact'), ('other__isnull', False)), models.Q(('kind', 'supervision'), ('other__isnull', True), models.Q(('body', ''), _negated=True)), models.Q(('kind', 'placement'), models.Q(('other__isnull', False), models.Q(('body', ''), _negated=True), _connector='OR')), _connector='OR'), name='arrangement_says_with_whom'),
        ),
        migrations.AddConstraint(
            model_name='arrangement',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('since__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='arrangement_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='arrangement',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_by__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='arrangement_withdrawn_says_why'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['physical', 'psychological', 'alcohol', 'drugs'])), name='condition_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['present', 'suspected', 'recovery'])), name='condition_state_known'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'suspected'), _negated=True), ('kind__in', ['alcohol', 'drugs']), _connector='OR'), name='condition_illness_is_not_suspected'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('since__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='condition_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True), ('withdrawn_at__isnull', True)), fields=('kind', 'person', 'view'), name='condition_runs_once'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_by__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='condition_withdrawn_says_why'),
        ),
    ]
