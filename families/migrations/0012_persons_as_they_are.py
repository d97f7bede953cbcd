"""Names in full, how one speaks with somebody, municipality, citizen service number, kinds of home, one human in two cases."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_user_inside_until'),
        ('families', '0011_documents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CitizenNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gets_help', models.BooleanField(db_default=True, default=True)),
                ('value', models.BinaryField()),
                ('code', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='CitizenNumberEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('noted', 'noted'), ('changed', 'changed'), ('shown', 'shown')], max_length=7)),
                ('reason', models.CharField(blank=True, choices=[('identity', 'to be sure that this is the right person'), ('request', 'to ask for help, or for a decision about it'), ('provider', 'to tell it to who gives the help'), ('report', 'for a report to Veilig Thuis or a request to the Raad'), ('other', 'something else')], max_length=8)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Residence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.BinaryField(null=True)),
                ('is_hidden', models.BooleanField(verbose_name='nobody outside the team may know')),
                ('since', models.DateField(blank=True, null=True, verbose_name='from')),
                ('checked_where', models.CharField(blank=True, max_length=120, verbose_name='where was this looked up')),
                ('noted_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SamePersonEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('asked', 'asked'), ('agreed', 'agreed'), ('undone', 'undone'), ('different', 'said that these are two')], max_length=9)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='Speech',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('nl', 'Dutch'), ('ar', 'Arabic'), ('ti', 'Tigrinya'), ('tr', 'Turkish'), ('pl', 'Polish'), ('uk', 'Ukrainian'), ('en', 'English'), ('fa', 'Farsi or Dari'), ('so', 'Somali'), ('ber', 'Tamazight'), ('pap', 'Papiamento'), ('ngt', 'Dutch sign language')], max_length=3), default=list, size=None)),
                ('other_language', models.CharField(blank=True, max_length=60, verbose_name='another language')),
                ('interpreter', models.CharField(blank=True, choices=[('phone', 'by telephone'), ('present', 'is present')], max_length=7, verbose_name='interpreter')),
                ('interpreter_who', models.CharField(blank=True, max_length=120, verbose_name='who interprets')),
                ('plain', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('short', 'short sentences, ordinary words'), ('pictures', 'with pictures'), ('aloud', 'read aloud'), ('steps', 'calmly, one thing at a time'), ('writing', 'reading and writing is difficult')], max_length=8), default=list, size=None)),
                ('noted_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='household',
            name='kind',
            field=models.CharField(choices=[('family', 'home of the family'), ('other', 'with somebody else'), ('shelter', 'shelter'), ('foster', 'foster family'), ('care', 'institution or clinic'), ('prison', 'prison'), ('abroad', 'abroad')], db_default='family', default='family', max_length=8, verbose_name='what kind of home'),
        ),
        migrations.AddField(
            model_name='person',
            name='gets_help',
            field=models.BooleanField(db_default=False, default=False, verbose_name='gets help through the municipality'),
        ),
        migrations.AddField(
            model_name='person',
            name='initials',
            field=models.CharField(blank=True, db_default='', default='', max_length=20, verbose_name='initials'),
        ),
        migrations.AddField(
            model_name='person',
            name='official_names',
            field=models.CharField(blank=True, db_default='', default='', max_length=120, verbose_name='first names in full'),
        ),
        migrations.AddField(
            model_name='sameperson',
            name='ref',
            field=models.CharField(db_default='', max_length=16),
        ),
        migrations.AddField(
            model_name='sameperson',
            name='state',
            field=models.CharField(choices=[('asked', 'asked'), ('linked', 'linked'), ('undone', 'undone'), ('different', 'two different persons')], db_default='linked', default='asked', max_length=9),
        ),
        AddConstraintNotValid(
            model_name='household',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['family', 'other', 'shelter', 'foster', 'care', 'prison', 'abroad'])), name='household_kind_known'),
        ),
        AddConstraintNotValid(
            model_name='sameperson',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'linked', 'undone', 'different'])), name='same_person_state_known'),
        ),
        migrations.AddField(
            model_name='citizennumber',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='citizen_number', to='families.person'),
        ),
        migrations.AddField(
            model_name='citizennumberevent',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='citizennumberevent',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citizen_number_events', to='families.person'),
        ),
        migrations.AddField(
            model_name='residence',
            name='noted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='residence',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='residences', to='families.person'),
        ),
        migrations.AddField(
            model_name='samepersonevent',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='samepersonevent',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='families.case'),
        ),
        migrations.AddField(
            model_name='samepersonevent',
            name='link',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='families.sameperson'),
        ),
        migrations.AddField(
            model_name='speech',
            name='noted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='speech',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='speech', to='families.person'),
        ),
        migrations.AddIndex(
            model_name='citizennumber',
            index=models.Index(fields=['code'], name='citizen_number_code'),
        ),
        migrations.AddConstraint(
            model_name='citizennumber',
            constraint=models.CheckConstraint(condition=models.Q(('gets_help', True)), name='citizen_number_only_with_help'),
        ),
        migrations.AddConstraint(
            model_name='citizennumberevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act', 'shown'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='citizen_number_shown_says_why'),
        ),
        migrations.AddConstraint(
            model_name='citizennumberevent',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['noted', 'changed', 'shown'])), name='citizen_number_act_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citizennumberevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='982def3750a7d4a25978ed58f8ba5f654e0f7e20', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_21e9e', table='families_citizennumberevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='residence',
            constraint=models.CheckConstraint(condition=models.Q(('is_hidden', False), ('municipality__isnull', False), _connector='OR'), name='residence_hidden_has_a_name'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='residence',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='522414e705335de95769bdf8939e5294a3d0e4d3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d762b', table='families_residence', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='samepersonevent',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['asked', 'agreed', 'undone', 'different'])), name='same_person_act_known'),
        ),
        migrations.AddConstraint(
            model_name='samepersonevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act', 'undone'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='same_person_undone_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='samepersonevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4311ea0bc2579bb107c4303d959cdb75e9229a70', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e2c9d', table='families_samepersonevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='speech',
            constraint=models.CheckConstraint(condition=models.Q(('interpreter_who', ''), models.Q(('interpreter', ''), _negated=True), _connector='OR'), name='speech_names_who_when_needed'),
        ),
        migrations.AddConstraint(
            model_name='speech',
            constraint=models.CheckConstraint(condition=models.Q(('interpreter__in', ['', 'phone', 'present'])), name='speech_how_known'),
        ),
        migrations.AddConstraint(
            model_name='speech',
            constraint=models.CheckConstraint(condition=models.Q(('languages__contained_by', ['nl', 'ar', 'ti', 'tr', 'pl', 'uk', 'en', 'fa', 'so', 'ber', 'pap', 'ngt'])), name='speech_language_known'),
        ),
        migrations.AddConstraint(
            model_name='speech',
            constraint=models.CheckConstraint(condition=models.Q(('plain__contained_by', ['short', 'pictures', 'aloud', 'steps', 'writing'])), name='speech_plain_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speech',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d8b99ddb43c59b9d91423d51250dcfaa882b1cb0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4a63b', table='families_speech', when='BEFORE')),
        ),
    ]
