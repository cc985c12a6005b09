/* What is selected in a text, and the bar of what can be done with it. Each offer adds its buttons by
   `join`: they stand together beside the words, on a touch screen at the foot of it, so that the
   system's own menu keeps its place. */

const PAUSE = 200; // milliseconds without a change until a selection is taken for finished
const EDGE = 8; // pixels kept free around the bar
const TURNED = 600; // milliseconds after a turn of the screen in which a lost selection is kept
const NOT_THEIRS =
  ".note, .note-ref, .mark-ref, .mark-details, .word-bar, .dispute-here, .visually-hidden";
const TEXTS = ".post__text .prose, .thread .comment__text";
const BLOCKS = "p, li, h2, h3, h4, td, th, pre, figcaption";
const LINES = "li, td, th, br";
const PARTS = "p, h2, h3, h4, blockquote, pre, ul, ol, table, figcaption";
const COARSE = matchMedia("(pointer: coarse)");

export { BLOCKS, NOT_THEIRS };

/* The words of a range without what the editor painted in, with a line for each block. */
export function textOf(range) {
  const copy = document.createElement("div");
  copy.append(range.cloneContents());
  for (const other of copy.querySelectorAll(NOT_THEIRS)) other.remove();
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace(/\s+/g, " ");
  for (const line of copy.querySelectorAll(LINES)) line.after("\n");
  for (const part of copy.querySelectorAll(PARTS)) part.after("\n\n");
  const text = copy.textContent.replace(/ *\n */g, "\n").replace(/\n{3,}/g, "\n\n");
  return text.replace(/ {2,}/g, " ");
}

function elementOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
}

/* The one text that holds the whole selection; an editor's note in it is another voice. */
function textAround(range) {
  const [start, end] = [elementOf(range.startContainer), elementOf(range.endContainer)];
  if (start.closest(NOT_THEIRS) || end.closest(NOT_THEIRS)) return null;
  return elementOf(range.commonAncestorContainer).closest(TEXTS);
}

class WordBar {
  constructor() {
    this.offers = [];
    this.bar = document.createElement("div");
    this.bar.className = "word-bar";
    this.bar.addEventListener("pointerdown", (event) => event.preventDefault());
    document.addEventListener("selectionchange", () => this.wait());
    document.addEventListener("keydown", (event) => this.press(event));
    document.addEventListener("scroll", () => this.place(), { passive: true });
    addEventListener("resize", () => {
      this.turned = Date.now();
      this.place();
    });
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PAUSE);
  }

  look() {
    if (this.bar.contains(document.activeElement)) return;
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    if (!range && Date.now() - (this.turned ?? 0) < TURNED) return;
    const text = range && textAround(range);
    if (text && textOf(range).trim()) this.offer(range, text);
    else this.hide();
  }

  offer(range, text) {
    const made = this.offers.filter((one) => one.takes(text));
    if (!made.length) return this.hide();
    Object.assign(this, { range: range.cloneRange(), text, made });
    this.bar.replaceChildren(...made.flatMap((one) => one.buttons));
    const block = elementOf(range.endContainer).closest(BLOCKS);
    const near = block && text.contains(block) ? block : text;
    (COARSE.matches ? document.body : near).append(this.bar);
    for (const one of this.offers) one.say(one === made[0]);
    this.place();
  }

  place() {
    if (!this.bar.isConnected || COARSE.matches) return;
    const last = [...this.range.getClientRects()].at(-1);
    if (!last) return;
    const { offsetWidth, offsetHeight } = this.bar;
    const below = last.bottom + EDGE;
    const fits = below + offsetHeight + EDGE < innerHeight;
    const start = Math.max(last.left, last.right - offsetWidth);
    const left = Math.max(Math.min(start, innerWidth - offsetWidth - EDGE), EDGE);
    this.bar.style.setProperty("--left", `${left}px`);
    this.bar.style.setProperty("--top", `${fits ? below : last.top - offsetHeight - EDGE}px`);
  }

  hide() {
    clearTimeout(this.timer);
    this.bar.remove();
    for (const one of this.offers) one.say(false);
  }

  press(event) {
    if (!this.bar.isConnected) return;
    if (event.key === "Escape") this.hide();
    if (event.key !== "Tab" || event.shiftKey || document.activeElement !== document.body) return;
    event.preventDefault();
    this.bar.querySelector("button").focus();
  }
}

let bar;

/* An offer has `buttons`, `takes(text)` whether it is for this text, and `say(now)` for those who
   listen. Returns how to leave. */
export function join(offer, { first = false } = {}) {
  bar ??= new WordBar();
  bar.offers.splice(first ? 0 : bar.offers.length, 0, offer);
  return () => {
    bar.offers = bar.offers.filter((one) => one !== offer);
    bar.hide();
  };
}

/* What was offered for, and the end of the offer. */
export function taken() {
  const { range, text } = bar;
  bar.hide();
  return { range, text };
}

/* A button of the bar from a template's, doing this when pressed. */
export function button(template, act) {
  const made = template.cloneNode(true);
  made.addEventListener("click", act);
  return made;
}
