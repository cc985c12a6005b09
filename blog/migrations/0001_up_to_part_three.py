import blog.models.notice
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("blog", "0001_initial"),
        ("blog", "0002_discussions_by_rule"),
        ("blog", "0003_what_readers_are_told_to_the_end"),
        ("blog", "0004_what_is_done_to_a_whole_post"),
        ("blog", "0005_corrections_that_were_undone"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_up_to_part_three"),
        ("accounts", "0001_up_to_part_three"),
    ]

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("slug", models.SlugField(max_length=70, unique=True, verbose_name="address")),
                (
                    "description",
                    models.CharField(blank=True, max_length=300, verbose_name="description"),
                ),
                (
                    "shows_disclosure",
                    models.BooleanField(
                        default=False, verbose_name="show the disclosure on its posts"
                    ),
                ),
                (
                    "shows_disclaimer",
                    models.BooleanField(
                        default=False, verbose_name="show the disclaimer on its posts"
                    ),
                ),
                (
                    "discussion",
                    models.CharField(
                        choices=[
                            ("auto", "By rule"),
                            ("open", "Open"),
                            ("hold", "Open, every comment is held"),
                            ("closed", "Closed"),
                        ],
                        default="auto",
                        max_length=6,
                        verbose_name="discussion of its posts",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="address")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="summary")),
                ("body", models.TextField(blank=True, verbose_name="text")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("in_review", "In review"),
                            ("changes_requested", "Changes requested"),
                            ("accepted", "Accepted"),
                            ("scheduled", "Scheduled"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                            ("withdrawn", "Withdrawn"),
                            ("removed", "Removed"),
                        ],
                        db_index=True,
                        default="draft",
                        max_length=18,
                        verbose_name="state",
                    ),
                ),
                (
                    "state_changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "title_label",
                    models.CharField(
                        blank=True,
                        choices=[("", "Nothing"), ("corrected", "Corrected")],
                        default="",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "disclosure",
                    models.CharField(
                        choices=[("auto", "By rule"), ("always", "Always"), ("never", "Never")],
                        default="auto",
                        max_length=6,
                        verbose_name="disclosure",
                    ),
                ),
                (
                    "disclaimer",
                    models.CharField(
                        choices=[("auto", "By rule"), ("always", "Always"), ("never", "Never")],
                        default="auto",
                        max_length=6,
                        verbose_name="disclaimer",
                    ),
                ),
                (
                    "discussion",
                    models.CharField(
                        choices=[
                            ("auto", "By rule"),
                            ("open", "Open"),
                            ("hold", "Open, every comment is held"),
                            ("closed", "Closed"),
                        ],
                        default="auto",
                        max_length=6,
                        verbose_name="discussion",
                    ),
                ),
                (
                    "invitation",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="invitation to comment"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="published"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Moves only when readers are told.",
                        null=True,
                        verbose_name="updated",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "saved_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="accounts.profile",
                        verbose_name="author",
                    ),
                ),
            ],
            options={
                "verbose_name": "post",
                "verbose_name_plural": "posts",
                "ordering": ("-published_at", "-pk"),
                "indexes": [
                    models.Index(fields=["state", "-published_at"], name="post_by_state_and_date")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("updated_at__isnull", True),
                            ("updated_at__gte", models.F("published_at")),
                            _connector="OR",
                        ),
                        name="post_is_not_updated_before_it_is_published",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("body", "In the text"),
                            ("title", "The title"),
                            ("summary", "The summary"),
                            ("image", "An image"),
                            ("whole", "The whole post"),
                        ],
                        default="body",
                        max_length=7,
                    ),
                ),
                ("exact", models.TextField(verbose_name="words")),
                ("prefix", models.CharField(blank=True, max_length=80)),
                ("suffix", models.CharField(blank=True, max_length=80)),
                ("image", models.CharField(blank=True, max_length=500)),
                ("captured_start", models.PositiveIntegerField(blank=True, null=True)),
                ("captured_end", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No mark"),
                            ("disputed", "disputed"),
                            ("corrected", "corrected"),
                            ("clarified", "clarified"),
                            ("updated", "updated"),
                        ],
                        default="",
                        max_length=9,
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=24)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="blog.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "passage",
                "verbose_name_plural": "passages",
            },
        ),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="address")),
                (
                    "left_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="blog.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
            },
        ),
        migrations.CreateModel(
            name="PostEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("from_state", models.CharField(blank=True, max_length=18)),
                ("to_state", models.CharField(blank=True, max_length=18)),
                ("message", models.TextField(blank=True)),
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
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="blog.post",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="RelatedPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="blog.post",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="picks",
                        to="blog.post",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "other"), name="related_post_is_picked_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("post", models.F("other")), _negated=True),
                        name="related_post_is_another_post",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="post",
            name="related",
            field=models.ManyToManyField(
                blank=True, related_name="+", through="blog.RelatedPost", to="blog.post"
            ),
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("summary", models.CharField(blank=True, max_length=300)),
                ("body_html", models.TextField()),
                ("text", models.TextField()),
                ("projection_version", models.PositiveSmallIntegerField()),
                ("has_affiliate_links", models.BooleanField(default=False)),
                (
                    "label",
                    models.CharField(
                        choices=[
                            ("draft", "Not published yet"),
                            ("first", "First published"),
                            ("cosmetic", "Cosmetic"),
                            ("update", "Update"),
                            ("clarification", "Clarification"),
                            ("correction", "Correction"),
                            ("retraction", "Retraction"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=300, verbose_name="what changed"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="blog.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ("post", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "number"), name="revision_number_is_used_once_in_a_post"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="post",
            name="head",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="blog.revision",
            ),
        ),
        migrations.CreateModel(
            name="PassagePosition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("start", models.PositiveIntegerField(blank=True, null=True)),
                ("end", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("exact", "The same words"),
                            ("changed", "The words changed"),
                            ("moved", "The words moved"),
                            ("placed", "Placed by an editor"),
                            ("orphan", "The words are gone"),
                        ],
                        max_length=7,
                    ),
                ),
                ("candidates", models.JSONField(blank=True, default=list)),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="blog.passage",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="blog.revision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("passage", "revision"),
                        name="passage_has_one_position_in_a_revision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", None), ("start", None), ("status", "orphan")),
                            models.Q(("end__gt", models.F("start")), ("start__isnull", False)),
                            _connector="OR",
                        ),
                        name="passage_position_is_a_span_or_an_orphan",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="passage",
            name="captured_revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="blog.revision"
            ),
        ),
        migrations.CreateModel(
            name="Notice",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("correction", "Correction"),
                            ("clarification", "Clarification"),
                            ("editors_note", "Editor's note"),
                            ("update", "Update"),
                            ("concern", "Expression of concern"),
                            ("retraction", "Retraction"),
                            ("removal", "Removal"),
                        ],
                        max_length=13,
                        verbose_name="kind",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("minor", "Minor: at the end of the post"),
                            ("significant", "Significant: a line under the byline, and at the end"),
                            (
                                "premise",
                                "Headline or premise: in the title, under the byline, and at the end",
                            ),
                        ],
                        default="minor",
                        max_length=11,
                        verbose_name="gravity",
                    ),
                ),
                ("text", models.TextField(verbose_name="notice")),
                (
                    "statement",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="the claim it is about"
                    ),
                ),
                ("before", models.TextField(blank=True, verbose_name="before")),
                ("after", models.TextField(blank=True, verbose_name="after")),
                ("sources", models.JSONField(blank=True, default=list, verbose_name="sources")),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("superseded", "Superseded"),
                            ("lifted", "Lifted"),
                            ("taken_back", "Taken back"),
                        ],
                        default="published",
                        max_length=10,
                    ),
                ),
                ("lifted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "lifted_because",
                    models.CharField(blank=True, max_length=500, verbose_name="why it was lifted"),
                ),
                ("withheld_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "byline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.profile",
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="blog.notice",
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="blog.passage",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="blog.post",
                    ),
                ),
                (
                    "revision_after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="blog.revision",
                    ),
                ),
                (
                    "revision_before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="blog.revision",
                    ),
                ),
                (
                    "undone_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="blog.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ("-published_at", "-pk"),
                "indexes": [models.Index(fields=["-published_at"], name="notice_by_date")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "superseded"), ("superseded_by__isnull", False)),
                            models.Q(
                                models.Q(("state", "superseded"), _negated=True),
                                ("superseded_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="notice_that_is_superseded_says_by_which",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", False), ("state", "lifted")),
                            models.Q(
                                models.Q(("state", "lifted"), _negated=True), ("lifted_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="notice_that_is_lifted_says_when",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="post",
            name="topics",
            field=models.ManyToManyField(
                blank=True, related_name="posts", to="blog.topic", verbose_name="topics"
            ),
        ),
        migrations.CreateModel(
            name="EditorNote",
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
                            ("introduction", "Editor's introduction"),
                            ("inline", "Inline editor's note"),
                            ("closing", "Closing editor's note"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(verbose_name="note")),
                ("html", models.TextField(editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "byline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.profile",
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "passage",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="note",
                        to="blog.passage",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="blog.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "editor's note",
                "verbose_name_plural": "editor's notes",
                "ordering": ("created_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "inline"), ("passage__isnull", False)),
                            models.Q(
                                models.Q(("kind", "inline"), _negated=True), ("passage", None)
                            ),
                            _connector="OR",
                        ),
                        name="editor_note_has_a_passage_only_inline",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(default="Corrigible", max_length=80, verbose_name="name"),
                ),
                ("tagline", models.CharField(blank=True, max_length=160, verbose_name="tagline")),
                ("disclosure_html", models.TextField(blank=True, verbose_name="disclosure")),
                (
                    "disclosure_page_html",
                    models.TextField(blank=True, verbose_name="disclosure policy"),
                ),
                ("disclaimer_html", models.TextField(blank=True, verbose_name="disclaimer")),
                (
                    "affiliate_hosts",
                    models.TextField(
                        blank=True,
                        help_text="One host a line: a post that links there shows the disclosure.",
                        verbose_name="affiliate hosts",
                    ),
                ),
                (
                    "invitation",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="invitation to comment"
                    ),
                ),
                (
                    "closes_after_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="close discussions after so many days"
                    ),
                ),
                (
                    "closes_when_retracted",
                    models.BooleanField(
                        default=True, verbose_name="close the discussion of a retracted post"
                    ),
                ),
                ("about_html", models.TextField(blank=True, verbose_name="about")),
                ("policy_html", models.TextField(blank=True, verbose_name="corrections policy")),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.profile",
                        verbose_name="host",
                    ),
                ),
            ],
            options={
                "verbose_name": "publication",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="publication_is_one_row"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("published", "retracted")), _negated=True),
                    models.Q(("head__isnull", False), ("published_at__isnull", False)),
                    _connector="OR",
                ),
                name="post_that_is_public_has_a_revision_and_a_date",
            ),
        ),
    ]
