import blog.models.notice
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("editorial", "0001_initial"),
        ("editorial", "0002_follow_ups_that_end"),
        ("editorial", "0003_reports_are_checked_for_spam"),
        ("editorial", "0004_disputes_to_the_end"),
        ("editorial", "0005_readers_are_told_of_corrections"),
        ("editorial", "0006_authors_answer_in_words_or_not"),
        ("editorial", "0007_addresses_are_confirmed_by_the_mailed_link"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_up_to_part_three"),
        ("blog", "0001_up_to_part_three"),
        ("comments", "0001_up_to_part_three"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("statement", models.CharField(max_length=300, verbose_name="statement")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "passages",
                    models.ManyToManyField(
                        related_name="claims", to="blog.passage", verbose_name="passages"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="blog.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
                "abstract": False,
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("statement", ""), _negated=True),
                        name="claim_states_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("inaccurate", "It was wrong"),
                            ("incomplete", "It is true in some cases, but misleading as worded"),
                            ("outdated", "It was true when published; things have changed since"),
                            ("unverifiable", "We could not establish it"),
                            ("stands", "We checked it, and it stands"),
                            ("not_checkable", "It is opinion, not a statement of fact"),
                            ("not_in_post", "The post does not say this"),
                            ("already_addressed", "It was dealt with before"),
                        ],
                        max_length=17,
                        verbose_name="finding",
                    ),
                ),
                (
                    "remedy",
                    models.CharField(
                        choices=[
                            ("correction", "Correction"),
                            ("clarification", "Clarification"),
                            ("update", "Update"),
                            ("editors_note", "Editor's note"),
                            ("concern", "Expression of concern"),
                            ("retraction", "Retraction"),
                            ("removal", "Removal"),
                            ("no_change", "No change"),
                        ],
                        max_length=13,
                        verbose_name="remedy",
                    ),
                ),
                (
                    "reason_public",
                    models.TextField(blank=True, verbose_name="reason, as readers see it"),
                ),
                (
                    "decided_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("consulted", models.PositiveSmallIntegerField(default=0)),
                ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("undone_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "base_revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="blog.revision",
                    ),
                ),
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
                    "earlier_notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="blog.notice",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="blog.notice",
                    ),
                ),
                (
                    "result_revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="blog.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ("decided_at", "pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "finding__in",
                                [
                                    "inaccurate",
                                    "incomplete",
                                    "outdated",
                                    "unverifiable",
                                    "stands",
                                    "not_checkable",
                                    "not_in_post",
                                    "already_addressed",
                                ],
                            )
                        ),
                        name="decision_has_a_known_finding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "remedy__in",
                                [
                                    "correction",
                                    "clarification",
                                    "update",
                                    "editors_note",
                                    "concern",
                                    "retraction",
                                    "removal",
                                    "no_change",
                                ],
                            )
                        ),
                        name="decision_has_a_known_remedy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="decision_is_numbered_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("remedy__in", ("correction", "retraction")), _negated=True),
                            ("result_revision__isnull", False),
                            _connector="OR",
                        ),
                        name="decision_that_changes_the_text_names_the_new_revision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("notice", None), ("remedy", "no_change"), ("result_revision", None)
                            ),
                            models.Q(
                                models.Q(("remedy", "no_change"), _negated=True),
                                ("notice__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="decision_has_a_notice_unless_nothing_changed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("remedy", "no_change"), _negated=True),
                            models.Q(("reason_public", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_to_change_nothing_gives_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("earlier_notice__isnull", False), ("finding", "already_addressed")
                            ),
                            models.Q(
                                models.Q(("finding", "already_addressed"), _negated=True),
                                ("earlier_notice", None),
                            ),
                            _connector="OR",
                        ),
                        name="decision_that_refers_to_a_notice_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding", "inaccurate"), _negated=True),
                            ("remedy__in", ("correction", "retraction", "removal")),
                            _connector="OR",
                        ),
                        name="decision_calls_an_error_a_correction",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=blog.models.notice.public_id,
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("comment", "From a comment"),
                            ("selection", "From words selected on the page"),
                            ("form", "From the form"),
                            ("editor", "On our own initiative"),
                            ("author", "From the author"),
                            ("email", "From a letter"),
                        ],
                        max_length=9,
                        verbose_name="origin",
                    ),
                ),
                (
                    "comment_quote",
                    models.TextField(blank=True, verbose_name="words of the comment"),
                ),
                ("raiser_name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "wants_credit",
                    models.BooleanField(default=False, verbose_name="wants to be thanked by name"),
                ),
                (
                    "grounds",
                    models.CharField(
                        choices=[
                            ("error", "It is factually wrong"),
                            ("outdated", "It is out of date"),
                            ("context", "Important context is missing"),
                            ("unverified", "It is stated as a fact but not verified"),
                            (
                                "misquoted",
                                "Somebody is misquoted, or it is attributed to the wrong source",
                            ),
                            ("image", "A picture or other media misleads"),
                            ("source", "The source does not say so, or no longer exists"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="grounds",
                    ),
                ),
                ("statement", models.TextField(blank=True, verbose_name="what is wrong")),
                ("wanted", models.TextField(blank=True, verbose_name="what would be right")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("needs_information", "Waiting for an answer"),
                            ("under_review", "Under review"),
                            ("resolved", "Decided"),
                            ("not_accepted", "Not taken up"),
                            ("withdrawn", "Withdrawn"),
                            ("merged", "Merged with another"),
                        ],
                        default="received",
                        max_length=17,
                        verbose_name="state",
                    ),
                ),
                (
                    "public_summary",
                    models.CharField(blank=True, max_length=500, verbose_name="public summary"),
                ),
                (
                    "declined_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_a_fact", "It is not about a statement of fact"),
                            ("unclear", "It does not say what is wrong"),
                            ("already_open", "The same statement is under review already"),
                            ("already_addressed", "It was dealt with before"),
                            ("abuse", "It attacks a person"),
                            ("spam", "It is spam"),
                            ("unanswered", "Our question was not answered"),
                        ],
                        max_length=17,
                        verbose_name="reason",
                    ),
                ),
                (
                    "wish",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withdraw", "Asks to take it back"),
                            ("reopen", "Asks to open it again"),
                        ],
                        max_length=8,
                    ),
                ),
                ("wished_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("withheld_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ("sent", models.JSONField(blank=True, default=dict, editable=False)),
                ("check_after", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("taken_up_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="disputes_assigned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="editorial.claim",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="editorial.decision",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="editorial.dispute",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="disputes_raised",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source_comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="disputes",
                        to="comments.postcomment",
                    ),
                ),
            ],
            options={
                "verbose_name": "dispute",
                "verbose_name_plural": "disputes",
                "ordering": ("created_at", "pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "view"),
                "indexes": [
                    models.Index(fields=["state", "created_at"], name="dispute_by_state_and_age"),
                    models.Index(
                        condition=models.Q(("check_after__isnull", False)),
                        fields=["check_after"],
                        name="dispute_due_for_a_check",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "received",
                                    "needs_information",
                                    "under_review",
                                    "resolved",
                                    "not_accepted",
                                    "withdrawn",
                                    "merged",
                                ],
                            )
                        ),
                        name="dispute_has_a_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "origin__in",
                                ["comment", "selection", "form", "editor", "author", "email"],
                            )
                        ),
                        name="dispute_has_a_known_origin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "grounds__in",
                                [
                                    "error",
                                    "outdated",
                                    "context",
                                    "unverified",
                                    "misquoted",
                                    "image",
                                    "source",
                                    "other",
                                ],
                            )
                        ),
                        name="dispute_has_known_grounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("under_review", "resolved")), _negated=True),
                            models.Q(
                                models.Q(("public_summary", ""), _negated=True),
                                ("taken_up_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_that_is_public_has_a_neutral_summary",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision__isnull", False), ("state", "resolved")),
                            models.Q(
                                models.Q(("state", "resolved"), _negated=True), ("decision", None)
                            ),
                            _connector="OR",
                        ),
                        name="dispute_is_resolved_by_a_decision_only",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "declined_because__in",
                                    [
                                        "not_a_fact",
                                        "unclear",
                                        "already_open",
                                        "already_addressed",
                                        "abuse",
                                        "spam",
                                        "unanswered",
                                    ],
                                ),
                                ("state", "not_accepted"),
                            ),
                            models.Q(
                                models.Q(("state", "not_accepted"), _negated=True),
                                ("declined_because", ""),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_is_declined_for_a_known_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("state__in", ("resolved", "not_accepted", "withdrawn")),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("resolved", "not_accepted", "withdrawn")),
                                    _negated=True,
                                ),
                                ("closed_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_that_is_closed_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", False), ("state", "merged")),
                            models.Q(
                                models.Q(("state", "merged"), _negated=True), ("merged_into", None)
                            ),
                            _connector="OR",
                        ),
                        name="dispute_that_is_merged_says_into_which",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("pk")), _negated=True),
                        name="dispute_is_merged_into_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("wish", ""), ("wished_at", None)),
                            models.Q(
                                ("wish__in", ["withdraw", "reopen"]), ("wished_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="dispute_with_a_wish_says_since_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("raised_by", None),
                            models.Q(("contact_email", ""), ("raiser_name", "")),
                            _connector="OR",
                        ),
                        name="dispute_of_a_person_keeps_no_name_of_its_own",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="disputes",
            field=models.ManyToManyField(related_name="decisions", to="editorial.dispute"),
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("question", models.TextField(verbose_name="question")),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="consultations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="editorial.dispute",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation",
                "verbose_name_plural": "consultations",
                "ordering": ("asked_at", "pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("question", ""), _negated=True),
                        name="consultation_asks_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person", None), models.Q(("email", ""), ("name", "")), _connector="OR"
                        ),
                        name="consultation_of_a_person_keeps_no_name_of_its_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="consultation_is_answered_in_words_and_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("due_at", models.DateTimeField(editable=False)),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("text", models.TextField(blank=True, verbose_name="the author's reply")),
                ("replied_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("is_passed_on", models.BooleanField(default=False, editable=False)),
                (
                    "proposed",
                    models.TextField(blank=True, verbose_name="wording offered to the author"),
                ),
                ("agreed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "dispute",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="author_reply",
                        to="editorial.dispute",
                    ),
                ),
            ],
            options={
                "verbose_name": "author's reply",
                "verbose_name_plural": "authors' replies",
                "ordering": ("asked_at", "pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("text", ""), ("replied_at__isnull", False), _connector="OR"
                        ),
                        name="author_reply_in_words_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_at", None),
                            models.Q(("proposed", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="author_reply_agrees_to_a_wording",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisputeEvent",
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
                            ("raised", "Raised"),
                            ("opened", "Opened by an editor"),
                            ("accepted", "Taken up"),
                            ("declined", "Not taken up"),
                            ("asked", "The raiser was asked a question"),
                            ("answered", "The raiser answered"),
                            ("lapsed", "Not taken up: our question was not answered"),
                            ("source_added", "A source was added"),
                            ("assigned", "Given to an editor"),
                            ("placed", "Placed anew"),
                            ("reworded", "The disputed words were edited"),
                            ("progress", "Readers were told how far we are"),
                            ("concern", "An expression of concern was published"),
                            ("consulted", "A colleague was asked"),
                            ("advised", "A colleague answered"),
                            ("heard", "The author was asked for a reply"),
                            ("replied", "The author replied"),
                            ("asked_to_withdraw", "The raiser asks to take it back"),
                            ("continued", "Carried on, on our own initiative"),
                            ("withdrawn", "Withdrawn"),
                            ("merged", "Merged with another"),
                            ("unmerged", "Taken apart again"),
                            ("spam", "Not taken up: its comment is spam"),
                            ("restored", "Back, with its comment"),
                            ("decided", "Decided"),
                            ("undone", "The decision was taken back before anybody was told"),
                            ("asked_to_reopen", "Asked to open it again"),
                            ("left_closed", "Not opened again"),
                            ("reopened", "Opened again"),
                            ("withheld", "Withheld on legal grounds"),
                            ("released", "No longer withheld"),
                            ("kept", "Follow-up published"),
                            ("dropped", "Follow-up dropped"),
                        ],
                        max_length=17,
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("received", "Received"),
                            ("needs_information", "Waiting for an answer"),
                            ("under_review", "Under review"),
                            ("resolved", "Decided"),
                            ("not_accepted", "Not taken up"),
                            ("withdrawn", "Withdrawn"),
                            ("merged", "Merged with another"),
                        ],
                        max_length=17,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("needs_information", "Waiting for an answer"),
                            ("under_review", "Under review"),
                            ("resolved", "Decided"),
                            ("not_accepted", "Not taken up"),
                            ("withdrawn", "Withdrawn"),
                            ("merged", "Merged with another"),
                        ],
                        max_length=17,
                    ),
                ),
                ("message", models.TextField(blank=True)),
                ("told", models.TextField(blank=True)),
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
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="editorial.dispute",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ("at", "pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "raised",
                                    "opened",
                                    "accepted",
                                    "declined",
                                    "asked",
                                    "answered",
                                    "lapsed",
                                    "source_added",
                                    "assigned",
                                    "placed",
                                    "reworded",
                                    "progress",
                                    "concern",
                                    "consulted",
                                    "advised",
                                    "heard",
                                    "replied",
                                    "asked_to_withdraw",
                                    "continued",
                                    "withdrawn",
                                    "merged",
                                    "unmerged",
                                    "spam",
                                    "restored",
                                    "decided",
                                    "undone",
                                    "asked_to_reopen",
                                    "left_closed",
                                    "reopened",
                                    "withheld",
                                    "released",
                                    "kept",
                                    "dropped",
                                ],
                            )
                        ),
                        name="dispute_event_has_a_known_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.URLField(max_length=1000, verbose_name="address")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("disputes", "Speaks against the statement"),
                            ("supports", "Supports the statement"),
                            ("context", "Gives context"),
                        ],
                        default="disputes",
                        max_length=8,
                        verbose_name="stance",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="editorial.dispute",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ("pk",),
                "abstract": False,
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("url__startswith", "https://"),
                            ("url__startswith", "http://"),
                            _connector="OR",
                        ),
                        name="evidence_is_a_web_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["disputes", "supports", "context"])),
                        name="evidence_has_a_known_stance",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "promised_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("promised", "Promised"),
                            ("published", "Published"),
                            ("dropped", "Dropped"),
                        ],
                        default="promised",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "dropped_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it was dropped"),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="editorial.claim",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keeps_promises",
                        to="blog.post",
                    ),
                ),
                (
                    "promised_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up",
                "verbose_name_plural": "follow-ups",
                "ordering": ("promised_at", "pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["promised", "published", "dropped"])),
                        name="follow_up_has_a_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("post__isnull", False), ("state", "published")),
                            models.Q(
                                models.Q(("state", "published"), _negated=True), ("post", None)
                            ),
                            _connector="OR",
                        ),
                        name="follow_up_has_a_post_once_it_is_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dropped"), _negated=True),
                            models.Q(("dropped_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="follow_up_is_dropped_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="follow_up",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="editorial.followup",
            ),
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="question")),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="editorial.dispute",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ("asked_at", "pk"),
                "abstract": False,
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="question_asks_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="question_is_answered_in_words_and_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "begun_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recall",
                        to="blog.notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "recall",
                "verbose_name_plural": "recalls",
            },
        ),
        migrations.CreateModel(
            name="Recalled",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="comments.participant",
                    ),
                ),
                (
                    "recall",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="editorial.recall",
                    ),
                ),
            ],
            options={
                "verbose_name": "reader who was told",
                "verbose_name_plural": "readers who were told",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recall", "participant"), name="reader_is_told_of_a_notice_once"
                    )
                ],
            },
        ),
    ]
