import comments.models.house
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("comments", "0001_initial"),
        ("comments", "0002_the_conversation"),
        ("comments", "0003_participants_of_earlier_comments"),
        ("comments", "0004_check_again_after_an_edit"),
        ("comments", "0005_decisions_about_many"),
        ("comments", "0006_who_undid_a_batch"),
        ("comments", "0007_wishes_to_hear_nothing"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_up_to_part_three"),
        ("blog", "0001_up_to_part_three"),
        ("django_comments_xtd", "0008_auto_20200920_2037"),
    ]

    operations = [
        migrations.CreateModel(
            name="DiscardedSpam",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "discarded spam",
                "verbose_name_plural": "discarded spam",
                "ordering": ("-day",),
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("held", "Held"),
                            ("published", "Published"),
                            ("spam", "Spam"),
                            ("rejected", "Rejected"),
                            ("removed", "Removed"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("held", "Held"),
                            ("published", "Published"),
                            ("spam", "Spam"),
                            ("rejected", "Rejected"),
                            ("removed", "Removed"),
                        ],
                        max_length=9,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("off_topic", "It is off topic"),
                            ("abusive", "It attacks a person"),
                            ("private", "It holds private information"),
                            ("empty", "It adds nothing that others could answer"),
                            ("repeated", "It was said already"),
                            ("advertising", "It advertises"),
                            ("other", "Another reason"),
                        ],
                        max_length=11,
                    ),
                ),
                ("pks", models.JSONField(default=list)),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("left", models.PositiveIntegerField(default=0, verbose_name="left as they were")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "batch",
                "verbose_name_plural": "batches",
                "ordering": ("-created_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="CheckerHealth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("alert_code", models.CharField(blank=True, max_length=20)),
                ("alert", models.CharField(blank=True, max_length=300)),
                ("alert_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "health of the spam check",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="checker_health_is_one_row"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="House",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at_once",
                    models.CharField(
                        choices=[
                            ("ham", "Everybody whom the spam check finds nothing against"),
                            (
                                "known",
                                "People with an earlier published comment and a confirmed address",
                            ),
                            ("signed_in", "Only people who are signed in"),
                            ("nobody", "Nobody: every comment is held"),
                        ],
                        default="known",
                        max_length=9,
                        verbose_name="published at once",
                    ),
                ),
                ("rules", models.TextField(blank=True, verbose_name="house rules")),
                ("rules_html", models.TextField(blank=True, editable=False)),
                ("banned_words", models.TextField(blank=True, verbose_name="banned words")),
                (
                    "suspect_words",
                    models.TextField(
                        blank=True,
                        default=comments.models.house.suspect_words,
                        verbose_name="suspect words",
                    ),
                ),
                (
                    "most_links",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="links without being held"
                    ),
                ),
                (
                    "only_logs",
                    models.BooleanField(
                        default=False, verbose_name="only write down what the spam check says"
                    ),
                ),
                (
                    "sends_email",
                    models.BooleanField(
                        default=True, verbose_name="show the spam check e-mail addresses"
                    ),
                ),
                (
                    "sends_address",
                    models.BooleanField(
                        default=True, verbose_name="show the spam check network addresses"
                    ),
                ),
                (
                    "keeps_addresses_days",
                    models.PositiveSmallIntegerField(
                        default=90, verbose_name="days to keep network addresses"
                    ),
                ),
                (
                    "keeps_spam_days",
                    models.PositiveSmallIntegerField(default=15, verbose_name="days to keep spam"),
                ),
                (
                    "moderators_see_addresses",
                    models.BooleanField(
                        default=False, verbose_name="moderators see e-mail and network addresses"
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of the discussions",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="house_is_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("at_once__in", ["ham", "known", "signed_in", "nobody"])
                        ),
                        name="house_publishes_by_a_known_rule",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "guest_email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="address of a guest"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "pace",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("hourly", "Once an hour"),
                            ("daily", "Once a day"),
                        ],
                        default="at_once",
                        max_length=7,
                        verbose_name="pace of mails",
                    ),
                ),
                ("digest_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "person",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participant",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "participant",
                "verbose_name_plural": "participants",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("guest_email"),
                        condition=models.Q(("guest_email", ""), _negated=True),
                        name="participant_has_an_address_of_their_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("guest_email", ""), ("person__isnull", False)),
                            models.Q(
                                ("person", None), models.Q(("guest_email", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="participant_is_a_person_or_an_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pace__in", ["at_once", "hourly", "daily"])),
                        name="participant_has_a_known_pace",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("replies", "Replies to me"),
                            ("discussion", "The whole discussion"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="blog.post",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="comments.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "subscription",
                "verbose_name_plural": "subscriptions",
                "ordering": ("-created_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participant", "post"),
                        name="follow_is_one_for_a_participant_and_post",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["replies", "discussion"])),
                        name="follow_has_a_known_scope",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Browser",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=50)),
                ("url", models.URLField(blank=True)),
                ("proved_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="browsers",
                        to="comments.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "browser",
                "verbose_name_plural": "browsers",
            },
        ),
        migrations.CreateModel(
            name="ParticipantNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="note")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="comments.participant",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "note about a participant",
                "verbose_name_plural": "notes about participants",
                "ordering": ("-written_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="PostComment",
            fields=[
                (
                    "xtdcomment_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="django_comments_xtd.xtdcomment",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Held"),
                            ("published", "Published"),
                            ("spam", "Spam"),
                            ("rejected", "Rejected"),
                            ("removed", "Removed"),
                        ],
                        default="held",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "voice",
                    models.CharField(
                        choices=[("reader", "Reader"), ("official", "Official answer")],
                        default="reader",
                        max_length=8,
                        verbose_name="voice",
                    ),
                ),
                ("path", models.CharField(editable=False, max_length=35)),
                ("depth", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("policy", models.CharField(blank=True, editable=False, max_length=20)),
                (
                    "phase",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("limits", "Limits"),
                            ("open", "Is the discussion open?"),
                            ("staff", "Known staff"),
                            ("sanctions", "Sanctions"),
                            ("duplicate", "Duplicate"),
                            ("flood", "Flood"),
                            ("banned", "Banned words"),
                            ("suspect", "Suspect words"),
                            ("links", "Links"),
                            ("checker", "Spam check"),
                            ("newcomer", "Who may be published at once"),
                            ("person", "Decided by a person"),
                        ],
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("featured_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("read_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("respects", models.PositiveIntegerField(default=0, editable=False)),
                ("html", models.TextField(editable=False)),
                ("fragment", models.TextField(blank=True, editable=False)),
                ("on_page", models.BooleanField(default=False, editable=False)),
                ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                (
                    "said",
                    models.CharField(
                        blank=True, editable=False, max_length=64, null=True, unique=True
                    ),
                ),
                ("user_agent", models.CharField(blank=True, editable=False, max_length=300)),
                ("referrer", models.CharField(blank=True, editable=False, max_length=500)),
                ("honeypot", models.CharField(blank=True, editable=False, max_length=200)),
                ("sent", models.JSONField(blank=True, default=dict, editable=False)),
                ("verdict", models.CharField(blank=True, editable=False, max_length=7)),
                ("guid", models.CharField(blank=True, editable=False, max_length=100)),
                ("checks", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("check_after", models.DateTimeField(blank=True, editable=False, null=True)),
                ("report_due", models.CharField(blank=True, editable=False, max_length=4)),
                (
                    "in_reply_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to="comments.postcomment",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="comments",
                        to="comments.participant",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="blog.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "indexes": [
                    models.Index(
                        condition=models.Q(("on_page", True)),
                        fields=["post", "path", "depth", "state", "on_page"],
                        name="comment_on_its_page",
                    ),
                    models.Index(fields=["state", "xtdcomment_ptr"], name="comment_by_state"),
                    models.Index(
                        condition=models.Q(("featured_at__isnull", False)),
                        fields=["post", "path"],
                        name="comment_that_is_featured",
                    ),
                    models.Index(
                        condition=models.Q(("on_page", True), ("read_at", None)),
                        fields=["state", "xtdcomment_ptr"],
                        name="comment_nobody_looked_at",
                    ),
                    models.Index(
                        condition=models.Q(("check_after__isnull", False)),
                        fields=["check_after"],
                        name="comment_due_for_a_check",
                    ),
                    models.Index(
                        condition=models.Q(("report_due", ""), _negated=True),
                        fields=["report_due"],
                        name="comment_due_for_a_report",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["held", "published", "spam", "rejected", "removed"])
                        ),
                        name="comment_has_a_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("voice__in", ["reader", "official"])),
                        name="comment_has_a_known_voice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("depth__lt", 5)), name="comment_is_not_too_deep"
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("path"),
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("depth"), "+", models.Value(1)
                                ),
                                "*",
                                models.Value(7),
                            ),
                        ),
                        name="comment_has_a_step_for_each_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fragment__gt", ""), ("on_page", True)),
                            models.Q(("fragment", ""), ("on_page", False)),
                            _connector="OR",
                        ),
                        name="comment_on_the_page_has_something_to_show",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("on_page", True),
                            _connector="OR",
                        ),
                        name="comment_that_is_published_is_on_the_page",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("check_after__isnull", True),
                            ("state", "held"),
                            models.Q(("edited_at__isnull", False), ("state", "published")),
                            _connector="OR",
                        ),
                        name="comment_is_checked_while_held_or_after_an_edit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__in", ["", "ham", "spam", "blatant", "unknown"])
                        ),
                        name="comment_has_a_known_verdict",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "phase__in",
                                [
                                    "",
                                    "limits",
                                    "open",
                                    "staff",
                                    "sanctions",
                                    "duplicate",
                                    "flood",
                                    "banned",
                                    "suspect",
                                    "links",
                                    "checker",
                                    "newcomer",
                                    "person",
                                ],
                            )
                        ),
                        name="comment_has_a_known_phase",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("featured_at", None), ("state", "published"), _connector="OR"
                        ),
                        name="comment_is_featured_only_while_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("report_due__in", ["", "ham", "spam"])),
                        name="comment_report_says_ham_or_spam",
                    ),
                ],
            },
            bases=("django_comments_xtd.xtdcomment",),
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reply", "A reply to you"),
                            ("comment", "A new comment"),
                            ("approved", "Your comment was published"),
                            ("refused", "Your comment was not published"),
                            ("looked_at", "What became of your report"),
                        ],
                        max_length=9,
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=11)),
                ("words", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to="comments.participant",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to="comments.postcomment",
                    ),
                ),
            ],
            options={
                "verbose_name": "notification",
                "verbose_name_plural": "notifications",
                "ordering": ("created_at", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at__isnull", True)),
                        fields=["due_at"],
                        name="notification_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participant", "comment", "kind"), name="notification_is_given_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["reply", "comment", "approved", "refused", "looked_at"])
                        ),
                        name="notification_has_a_known_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reporter", models.CharField(editable=False, max_length=64)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("spam", "It is spam"),
                            ("abusive", "It is abusive"),
                            ("off_topic", "It is off topic"),
                            ("private", "It holds private information"),
                            ("other", "Another reason"),
                        ],
                        max_length=9,
                        verbose_name="reason",
                    ),
                ),
                (
                    "words",
                    models.CharField(blank=True, max_length=500, verbose_name="in your words"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waits for a moderator"),
                            ("agreed", "The moderator agreed"),
                            ("dismissed", "The moderator saw no reason to act"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="flags",
                        to="comments.participant",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="raised_flags",
                        to="comments.postcomment",
                    ),
                ),
            ],
            options={
                "verbose_name": "report on a comment",
                "verbose_name_plural": "reports on comments",
                "ordering": ("created_at", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["comment"], name="flag_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "reporter"), name="flag_is_raised_once_by_a_reader"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="flag_that_is_decided_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in", ["spam", "abusive", "off_topic", "private", "other"])
                        ),
                        name="flag_has_a_known_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommentVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("html", models.TextField()),
                ("written_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="comments.postcomment",
                    ),
                ),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "ordering": ("replaced_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="CommentEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("posted", "Posted"),
                            ("confirmed", "Address confirmed"),
                            ("checked", "Checked"),
                            ("decided", "Decided"),
                            ("undone", "Undone"),
                            ("edited", "Edited"),
                            ("withdrawn", "Withdrawn by its writer"),
                            ("featured", "Featured"),
                            ("erased", "Personal data erased"),
                            ("told", "Told"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("held", "Held"),
                            ("published", "Published"),
                            ("spam", "Spam"),
                            ("rejected", "Rejected"),
                            ("removed", "Removed"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("held", "Held"),
                            ("published", "Published"),
                            ("spam", "Spam"),
                            ("rejected", "Rejected"),
                            ("removed", "Removed"),
                        ],
                        max_length=9,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "phase",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("limits", "Limits"),
                            ("open", "Is the discussion open?"),
                            ("staff", "Known staff"),
                            ("sanctions", "Sanctions"),
                            ("duplicate", "Duplicate"),
                            ("flood", "Flood"),
                            ("banned", "Banned words"),
                            ("suspect", "Suspect words"),
                            ("links", "Links"),
                            ("checker", "Spam check"),
                            ("newcomer", "Who may be published at once"),
                            ("person", "Decided by a person"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("off_topic", "It is off topic"),
                            ("abusive", "It attacks a person"),
                            ("private", "It holds private information"),
                            ("empty", "It adds nothing that others could answer"),
                            ("repeated", "It was said already"),
                            ("advertising", "It advertises"),
                            ("other", "Another reason"),
                        ],
                        max_length=11,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="comments.batch",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="comments.postcomment",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ("at", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("kind", "decided")),
                        fields=["actor", "id"],
                        name="comment_event_of_a_moderator",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "posted",
                                    "confirmed",
                                    "checked",
                                    "decided",
                                    "undone",
                                    "edited",
                                    "withdrawn",
                                    "featured",
                                    "erased",
                                    "told",
                                ],
                            )
                        ),
                        name="comment_event_has_a_known_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Respect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="respected_by",
                        to="comments.postcomment",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="respects",
                        to="comments.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "respect",
                "verbose_name_plural": "respects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "participant"), name="respect_is_given_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sanction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hold", "Every comment is held"),
                            ("suspension", "Suspended"),
                            ("ban", "Banned"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sanctions",
                        to="comments.participant",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "sanction",
                "verbose_name_plural": "sanctions",
                "ordering": ("-set_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["hold", "suspension", "ban"])),
                        name="sanction_has_a_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "suspension"), ("until__isnull", False)),
                            models.Q(
                                models.Q(("kind", "suspension"), _negated=True), ("until", None)
                            ),
                            _connector="OR",
                        ),
                        name="sanction_ends_by_itself_only_as_a_suspension",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.CharField(max_length=500)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved filter",
                "verbose_name_plural": "saved filters",
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "name"), name="saved_filter_has_a_name_of_its_own"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Silence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="silences",
                        to="comments.participant",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="silences",
                        to="blog.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "wish to hear nothing",
                "verbose_name_plural": "wishes to hear nothing",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participant", "post"),
                        name="silence_is_one_for_a_participant_and_post",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("post", None)),
                        fields=("participant",),
                        name="silence_about_everything_is_one",
                    ),
                ],
            },
        ),
    ]
