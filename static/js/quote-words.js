/* <quote-words data-address="/posts/…/comments/new/">: offers to quote what is selected in the post or
   in a comment. Its button opens the form in its place, or fills the one that is open. Its words are
   cut after 600 letters. */

import { button, join, taken, textOf } from "./selected-words.js";

const MOST = 600;

function shortened(text) {
  if (text.length <= MOST) return text;
  const cut = text.slice(0, MOST - 1);
  return `${cut.slice(0, cut.lastIndexOf(" ") + 1 || MOST).trimEnd()}…`;
}

class QuoteWords extends HTMLElement {
  connectedCallback() {
    const shape = this.querySelector("template").content.firstElementChild;
    this.status = this.querySelector("[role=status]");
    this.buttons = [button(shape, () => this.quote())];
    this.leave = join(this);
  }

  disconnectedCallback() {
    this.leave();
  }

  takes() {
    return true;
  }

  say(now) {
    this.status.textContent = now ? this.status.dataset.says : "";
  }

  quote() {
    const { range, text } = taken();
    const pk = text.closest(".thread article")?.id.replace("comment-", "") ?? "";
    const words = shortened(textOf(range).trim());
    getSelection().removeAllRanges();
    const field = document.getElementById(`comment-${pk || "new"}-quote`);
    if (field) this.fill(field, words);
    else this.open(pk, words);
  }

  fill(field, words) {
    field.value = field.value.trim() ? `${field.value.trim()}\n\n${words}`.slice(0, MOST) : words;
    field.closest("details").open = true;
    this.show(field);
  }

  open(pk, words) {
    const { address } = this.dataset;
    const path = pk ? `${address}?reply_to=${pk}` : address;
    const way = document.querySelector(`a[data-hx-get="${path}"]`);
    if (!way || !window.htmx) {
      location.assign(`${address}?${new URLSearchParams({ quote: words, reply_to: pk })}`);
      return;
    }
    const add = (event) => event.detail.parameters.append("quote", words);
    way.addEventListener("htmx:configRequest", add, { once: true });
    const show = () => this.show(document.getElementById(`comment-${pk || "new"}-quote`));
    document.addEventListener("htmx:afterSettle", show, { once: true });
    way.click();
  }

  /* What comes next is to say something about it. */
  show(field) {
    const text = field?.form.querySelector("[name=text]");
    text?.scrollIntoView({ block: "center", behavior: "instant" });
    text?.focus({ preventScroll: true });
  }
}

customElements.define("quote-words", QuoteWords);
