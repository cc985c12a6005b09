/* <dispute-words data-address="/posts/…/report/" data-version="2">: offers to dispute or copy what is
   selected in the post, and, for those who do not select, a mode in which each paragraph has a link of
   its own. Both lead to the form with the words and their neighbours; where that is, the server finds. */

import { BLOCKS, NOT_THEIRS, button, join, taken, textOf } from "./selected-words.js";

const NEIGHBOURS = 64; // signs kept on each side
const MOST = 1200; // signs that an address has to carry; the form asks for fewer
const FIRST_WORDS = 8;
const END_OF_WORD = /[\p{L}\p{M}\p{N}]+$/u;
const BEGIN_OF_WORD = /^[\p{L}\p{M}\p{N}]+/u;
const TEXT = ".post__text .prose";

function textBefore(range, from) {
  const before = document.createRange();
  before.setStart(from, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return textOf(before);
}

/* What stands around the range. The line that it begins in has not ended before it. */
function around(range, text) {
  const at = range.startContainer;
  const block = (at.nodeType === Node.ELEMENT_NODE ? at : at.parentElement).closest(BLOCKS);
  const line = block && text.contains(block) ? textBefore(range, block) : "";
  const space = line.trim() ? line.match(/\s*$/)[0] : "\n";
  const after = document.createRange();
  after.setStart(range.endContainer, range.endOffset);
  after.setEnd(text, text.childNodes.length);
  return [textBefore(range, text).trimEnd() + space, textOf(after)];
}

/* The words, made whole at both ends, and what stands beside them. Signs are counted, not units. */
function captured(range, text) {
  let words = textOf(range);
  let [before, after] = around(range, text);
  const begun = BEGIN_OF_WORD.test(words) ? before.match(END_OF_WORD)?.[0] ?? "" : "";
  const cut = END_OF_WORD.test(words) ? after.match(BEGIN_OF_WORD)?.[0] ?? "" : "";
  words = `${begun}${words}${cut}`.trim();
  before = before.slice(0, before.length - begun.length);
  after = after.slice(cut.length);
  return {
    words: [...words].slice(0, MOST).join(""),
    before: [...before].slice(-NEIGHBOURS).join(""),
    after: [...after].slice(0, NEIGHBOURS).join(""),
  };
}

class DisputeWords extends HTMLElement {
  connectedCallback() {
    const [dispute, copy, mode, here] = this.querySelector("template").content.children;
    this.status = this.querySelector("[role=status]");
    this.here = here;
    this.buttons = [button(dispute, () => this.dispute())];
    if (navigator.clipboard) this.copies = [button(copy, () => this.copy())];
    this.mode = button(mode, () => this.turn());
    this.append(this.mode);
    this.leave = [
      join(this, { first: true }),
      join({ buttons: this.copies ?? [], takes: (text) => text.matches(TEXT), say: () => {} }),
    ];
    this.listen = (event) => {
      if (event.key === "Escape" && this.isOn) this.turn();
    };
    document.addEventListener("keydown", this.listen);
  }

  disconnectedCallback() {
    for (const leave of this.leave) leave();
    document.removeEventListener("keydown", this.listen);
  }

  takes(text) {
    return text.matches(TEXT);
  }

  say(now) {
    this.status.textContent = now ? this.status.dataset.says : "";
  }

  dispute() {
    const { range, text } = taken();
    location.assign(this.addressFor(range, text));
  }

  addressFor(range, text) {
    const { address, version } = this.dataset;
    return `${address}?${new URLSearchParams({ version, ...captured(range, text) })}`;
  }

  async copy() {
    const { range } = taken();
    await navigator.clipboard.writeText(textOf(range).trim());
    this.status.textContent = this.status.dataset.copied;
  }

  get isOn() {
    return this.mode.getAttribute("aria-pressed") === "true";
  }

  /* The mode on or off; on, the first link has the focus, off, the button that leads back in. */
  turn() {
    const on = !this.isOn;
    this.mode.setAttribute("aria-pressed", on);
    for (const link of document.querySelectorAll(".dispute-here")) link.remove();
    if (!on) {
      this.mode.focus();
      return;
    }
    const links = [...document.querySelectorAll(TEXT)].flatMap((text) => this.linksIn(text));
    links[0]?.focus();
  }

  linksIn(text) {
    const blocks = [...text.querySelectorAll(BLOCKS)].filter(
      (block) => !block.querySelector(BLOCKS) && !block.closest(NOT_THEIRS) && block.innerText.trim(),
    );
    const made = blocks.map((block) => [block, this.linkTo(block, text)]);
    for (const [block, link] of made) block.append(link);
    return made.map(([, link]) => link);
  }

  linkTo(block, text) {
    const range = document.createRange();
    range.selectNodeContents(block);
    const link = this.here.cloneNode(true);
    link.href = this.addressFor(range, text);
    const first = textOf(range).trim().split(" ").slice(0, FIRST_WORDS).join(" ");
    link.querySelector(".visually-hidden").append(` “${first}…”`);
    return link;
  }
}

customElements.define("dispute-words", DisputeWords);
