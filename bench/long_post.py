"""A published post of many words and images, and what its writers do with it."""

from collections.abc import Callable
from random import Random
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import Role
from blog import publishing, workflow
from blog.models import Image, Post, Revision
from blog.workflow import Draft
from tests.blog.prose import PARAGRAPHS
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.images import an_image

PLACES = 200


class LongPost:
    def __init__(self, *, words: int, images: int, random: Random) -> None:
        self.random = random
        self.author = PersonFactory(role=Role.AUTHOR)
        self.editor = PersonFactory(editor=True)
        self.paragraphs = self._prose(words)
        post = workflow.begin(
            author=ProfileFactory(person=self.author), by=self.editor, title="A very long post"
        )
        self.images = [an_image(post) for _ in range(images)]
        self.body = self._set(self.paragraphs)
        post = workflow.write(
            post, by=self.editor, draft=Draft(post.title, "", self.body), version=post.version
        )
        post = workflow.accept(post, editor=self.editor)
        self.post = publishing.publish(post, editor=self.editor)
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(self.editor)

    def acts(self) -> dict[str, Callable[[], Any]]:
        changed = self._set(self._with_changes())
        turned = self._set([*self.paragraphs[40:], *self.paragraphs[:40]][::-1])
        other = self._set([text[::-1] for text in self.paragraphs])
        long = [
            " ".join(self.paragraphs[at : at + 20]) for at in range(0, len(self.paragraphs), 20)
        ]
        mixed = [" ".join(self.random.sample(text.split(), len(text.split()))) for text in long]
        return {
            "save as it is": lambda: self.save(self.body),
            "save with words changed in 200 places": lambda: self.save(changed),
            "keep what is typed": lambda: self.keep(changed),
            "diff view, 200 places": self.look_after(changed),
            "diff view, paragraphs in another order": self.look_after(turned),
            "diff view, all words new": self.look_after(other),
            "diff view, long paragraphs turned inside out": self.look_after(
                self._set(mixed), before=self._set(long)
            ),
            "both texts beside each other": lambda: self.meet(changed),
        }

    def save(self, body: str) -> None:
        response = self.client.post(self._at("write_post"), self._typed(body))
        self._expect(response.status_code, 302)

    def keep(self, body: str) -> None:
        response = self.client.post(self._at("write_keep"), self._typed(body))
        self._expect(response.status_code, 200)

    def look_after(self, body: str, *, before: str = "") -> Callable[[], None]:
        """The diff view when this is the working text, and `before` what readers see."""

        def look() -> None:
            Post.objects.filter(pk=self.post.pk).update(body=body)
            Revision.objects.filter(post=self.post).update(body_html=before or self.body)
            self._expect(self.client.get(self._at("desk_revise")).status_code, 200)

        return look

    def meet(self, body: str) -> None:
        typed = self._typed(body) | {"version": 0}
        self._expect(self.client.post(self._at("write_post"), typed).status_code, 200)

    def _typed(self, body: str) -> dict[str, Any]:
        version = Post.objects.values_list("version", flat=True).get(pk=self.post.pk)
        words = {"title": self.post.title, "summary": "", "body": body}
        return words | {"version": version, "sitting": "0123456789abcdef"}

    def _at(self, name: str) -> str:
        return reverse(f"blog:{name}", kwargs={"pk": self.post.pk})

    def _expect(self, status: int, wanted: int) -> None:
        if status != wanted:
            raise RuntimeError(f"the site answered {status}")

    def _prose(self, words: int) -> list[str]:
        """Paragraphs of known words in an order of their own."""
        vocabulary = " ".join(PARAGRAPHS).split()
        made: list[str] = []
        while words > 0:
            size = min(words, self.random.randint(20, 120))
            made.append(" ".join(self.random.choices(vocabulary, k=size)))
            words -= size
        return made

    def _set(self, paragraphs: list[str]) -> str:
        """Headings, lists, links and emphasis among the paragraphs, and all images."""
        parts = [self._block(number, text) for number, text in enumerate(paragraphs)]
        step = max(1, len(parts) // max(1, len(self.images)))
        for number, image in enumerate(self.images):
            parts.insert(number * (step + 1), self._figure(image, number))
        return "\n".join(parts)

    def _block(self, number: int, text: str) -> str:
        first, _space, rest = text.partition(" ")
        if number % 10 == 0:
            return f"<h2>{first}</h2>\n<p>{rest}</p>"
        if number % 10 == 5:
            return f"<ul><li><strong>{first}</strong> {rest}</li><li>{first}</li></ul>"
        return f'<p><a href="https://a.example/{number}">{first}</a> {rest}</p>'

    def _figure(self, image: Image, number: int) -> str:
        caption = f"<figcaption>Picture {number}</figcaption>"
        return f'<figure><img src="/images/{image.key}/" alt="A hub">{caption}</figure>'

    def _with_changes(self) -> list[str]:
        changed = list(self.paragraphs)
        for number in range(PLACES):
            at = self.random.randrange(len(changed))
            words = changed[at].split()
            words[self.random.randrange(len(words))] = f"changed{number}"
            changed[at] = " ".join(words)
        return changed
