/* <quote-words data-address="/posts/…/comments/new/">: offers to quote what is selected in the post or
   in a comment. The button stands beside the words, on a touch screen at the foot of the screen; it
   opens the form in its place, or fills the one that is open. Its words are cut after 600 letters. */

const MOST = 600;
const PAUSE = 200; // milliseconds without a change until a selection is taken for finished
const EDGE = 8; // pixels kept free around the button
const TEXTS = ".post__text .prose, .thread .comment__text";
const NOT_THEIRS = ".note, .note-ref, .mark-ref, .mark-details, .quote-words, .visually-hidden";
const LINES = "li, td, th, br";
const PARTS = "p, h2, h3, h4, blockquote, pre, ul, ol, table, figcaption";
const COARSE = matchMedia("(pointer: coarse)");

/* The words of a selection without what the editor painted in, with a line for each block. */
function wordsIn(range) {
  const copy = document.createElement("div");
  copy.append(range.cloneContents());
  for (const other of copy.querySelectorAll(NOT_THEIRS)) other.remove();
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace(/\s+/g, " ");
  for (const line of copy.querySelectorAll(LINES)) line.after("\n");
  for (const part of copy.querySelectorAll(PARTS)) part.after("\n\n");
  const text = copy.textContent.replace(/ *\n */g, "\n").replace(/\n{3,}/g, "\n\n");
  return shortened(text.replace(/ {2,}/g, " ").trim());
}

function shortened(text) {
  if (text.length <= MOST) return text;
  const cut = text.slice(0, MOST - 1);
  return `${cut.slice(0, cut.lastIndexOf(" ") + 1 || MOST).trimEnd()}…`;
}

function elementOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
}

class QuoteWords extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("template").content.firstElementChild.cloneNode(true);
    this.status = this.querySelector("[role=status]");
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.button.addEventListener("pointerdown", (event) => event.preventDefault());
    this.button.addEventListener("click", () => this.quote());
    document.addEventListener("selectionchange", () => this.wait(), { signal });
    document.addEventListener("keydown", (event) => this.press(event), { signal });
    document.addEventListener("scroll", () => this.place(), { signal, passive: true });
    addEventListener("resize", () => this.place(), { signal });
  }

  disconnectedCallback() {
    this.stop.abort();
    this.hide();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PAUSE);
  }

  look() {
    if (document.activeElement === this.button) return;
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const text = range && this.textAround(range);
    const words = text ? wordsIn(range) : "";
    if (words) this.offer(range, text, words);
    else this.hide();
  }

  /* The one text that holds the whole selection; an editor's note in it is another voice. */
  textAround(range) {
    const [start, end] = [elementOf(range.startContainer), elementOf(range.endContainer)];
    if (start.closest(NOT_THEIRS) || end.closest(NOT_THEIRS)) return null;
    const text = elementOf(range.commonAncestorContainer).closest(TEXTS);
    return text;
  }

  offer(range, text, words) {
    Object.assign(this, { range, words, comment: text.closest(".thread article") });
    const block = elementOf(range.endContainer).closest("p, li, h2, h3, h4, td, th, pre, figcaption");
    const near = block && text.contains(block) ? block : text;
    (COARSE.matches ? this : near).append(this.button);
    this.status.textContent = this.status.dataset.says;
    this.place();
  }

  place() {
    if (!this.button.isConnected || COARSE.matches) return;
    const last = [...this.range.getClientRects()].at(-1);
    if (!last) return;
    const { offsetWidth, offsetHeight } = this.button;
    const below = last.bottom + EDGE;
    const fits = below + offsetHeight + EDGE < innerHeight;
    const start = Math.max(last.left, last.right - offsetWidth);
    const left = Math.max(Math.min(start, innerWidth - offsetWidth - EDGE), EDGE);
    this.button.style.setProperty("--left", `${left}px`);
    this.button.style.setProperty("--top", `${fits ? below : last.top - offsetHeight - EDGE}px`);
  }

  hide() {
    clearTimeout(this.timer);
    this.button.remove();
    this.status.textContent = "";
  }

  press(event) {
    if (!this.button.isConnected) return;
    if (event.key === "Escape") this.hide();
    if (event.key !== "Tab" || event.shiftKey || document.activeElement !== document.body) return;
    event.preventDefault();
    this.button.focus();
  }

  quote() {
    const pk = this.comment ? this.comment.id.replace("comment-", "") : "";
    const words = this.words;
    this.hide();
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
