/* <write-editor>: turns its text area into a rich-text editor of django-prose-editor.
   The text area stays the form's field; what the editor cannot show is what the server would not
   keep (blog/richtext.py). No style or script is put into the page: the policy forbids it. */

import { Pasting } from "./write-paste.js";
import { Pictures, withRole } from "./write-pictures.js";
import { count, numbered, signs } from "./write-signs.js";

const MARKS = ["Underline", "Subscript", "Superscript", "Code"];
const BLOCKS = ["Blockquote", "CodeBlock", "HorizontalRule", "BulletList", "ListItem"];
const TABLES = ["Table", "TableRow", "TableCell", "TableHeader"];
const BASE = ["Document", "Paragraph", "Text", "HardBreak", "History", "Dropcursor", "Gapcursor"];
const PICTURES = ["Figure", "Caption"];
const LEVELS = [2, 3, 4];
const BARE_HOST = /^[\w-]+(\.[\w-]+)+([/?#:]|$)/;

const TAG = /<[a-z][^>]*>/gi;
const FORBIDDEN = /\s(style|on[a-z]+)(\s*=)/gi;
const HEAVY = /font-weight:\s*(bold|[6-9]00)/i;
const LIGHT = /font-weight:\s*(normal|400)/i;
const SLANTED = /font-style:\s*italic/i;

/* The policy blinds the browser to style attributes, and word processors say "bold" in them: keep
   what they say under another name, where it may be read but does nothing. */
function readable(html) {
  return html.replace(TAG, (tag) => tag.replace(FORBIDDEN, " data-$1$2"));
}

function styled(pattern) {
  const says = (element) => pattern.test(element.dataset.style) && null;
  return { tag: "span[data-style]", consuming: false, getAttrs: says };
}

function marks(kit) {
  const isHeavy = (element) => !LIGHT.test(element.dataset.style ?? "") && null;
  const bold = [{ tag: "strong" }, { tag: "b", getAttrs: isHeavy }, styled(HEAVY)];
  const simple = (name, tag) =>
    kit.Mark.create({ name, parseHTML: () => [{ tag }], renderHTML: () => [tag, 0] });
  return [
    kit.Bold.extend({ parseHTML: () => bold }),
    kit.Italic.extend({ parseHTML: () => [{ tag: "em" }, { tag: "i" }, styled(SLANTED)] }),
    kit.Strike.extend({ parseHTML: () => [{ tag: "s" }, { tag: "strike" }] }),
    simple("deletion", "del"),
    simple("insertion", "ins"),
  ];
}

/* Other levels become the nearest one that a post may have. */
function headings() {
  const nearest = (level) => Math.min(Math.max(level, LEVELS[0]), LEVELS.at(-1));
  return [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: nearest(level) } }));
}

function extensions(kit) {
  const plain = [...BASE, ...MARKS, ...BLOCKS, ...TABLES, ...PICTURES].map((name) => kit[name]);
  const heading = kit.Heading.extend({ parseHTML: headings }).configure({ levels: LEVELS });
  const link = kit.Link.configure({ enableTarget: false, linkOnPaste: true, autolink: false });
  return [...plain, withRole(kit.Image), ...marks(kit), heading, link, numbered(kit)];
}

/* Lists as people write them: an item with one paragraph holds its words alone. */
function written(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const words of page.querySelectorAll("li > p:first-child")) {
    if (![...words.parentElement.children].slice(1).some((next) => next.matches("p"))) {
      words.replaceWith(...words.childNodes);
    }
  }
  const isEmpty = !page.body.textContent.trim() && !page.body.querySelector("img, hr");
  return isEmpty ? "" : page.body.innerHTML;
}

function address(typed) {
  const text = typed.trim();
  return BARE_HOST.test(text) ? `https://${text}` : text;
}

class WriteEditor extends HTMLElement {
  async connectedCallback() {
    if (this.area) return;
    this.area = this.querySelector("textarea");
    this.tools = this.querySelector(".editor__tools");
    this.words = this.readWords();
    window.gettext ??= (word) => this.words.get(word) ?? word;
    this.kit = await import(this.dataset.library);
    this.start();
  }

  readWords() {
    const words = this.querySelector("[data-words]").content.querySelectorAll("[data-word]");
    return new Map([...words].map((word) => [word.dataset.word, word.textContent]));
  }

  start() {
    const surface = document.createElement("div");
    surface.className = "editor__surface";
    this.area.before(surface);
    this.editor = new this.kit.Editor({
      element: surface,
      extensions: [...extensions(this.kit), this.signs()],
      content: readable(this.area.value),
      injectCSS: false,
      editorProps: {
        attributes: this.names(),
        handlePaste: (_view, event) => this.take(event),
        handleDrop: (view, event, _slice, isMoved) => !isMoved && this.takeDrop(view, event),
        transformPastedHTML: readable,
      },
      onUpdate: () => this.keep(),
      onTransaction: () => this.show(),
    });
    this.area.hidden = true;
    const address = this.closest("[data-pasted]")?.dataset.pasted;
    if (address) this.pasting = new Pasting(this.editor, address, this.area.form);
    const dialog = document.getElementById("picture-dialog");
    if (dialog) this.pictures = new Pictures(this.editor, dialog, this.area.form);
    this.tools.hidden = false;
    this.tools.addEventListener("mousedown", (event) => this.keepFocus(event));
    this.tools.addEventListener("click", (event) => this.press(event.target.closest("button")));
    this.tools.addEventListener("keydown", (event) => this.walk(event));
    this.tools.querySelector("[data-kind]").addEventListener("change", (event) => this.turn(event));
    this.stops().forEach((stop, place) => (stop.tabIndex = place ? -1 : 0));
    this.show();
  }

  /* Selects words, so that what is typed takes their place; else the cursor is where it was. */
  pick(words) {
    if (!this.editor) return this.area.focus();
    const { doc } = this.editor.state;
    let place = null;
    doc.descendants((node, at) => {
      if (place || !node.isTextblock) return !place;
      const found = words ? node.textBetween(0, node.content.size, null, "\ufffc").indexOf(words) : -1;
      if (found >= 0) place = { from: at + 1 + found, to: at + 1 + found + words.length };
      return false;
    });
    if (place) this.editor.commands.setTextSelection(place);
    this.editor.view.focus();
    this.editor.commands.scrollIntoView();
  }

  signs() {
    return signs(this.kit, () => this.askLink());
  }

  names() {
    const label = document.querySelector(`label[for="${this.area.id}"]`);
    label?.addEventListener("click", () => this.editor.commands.focus());
    const names = { class: "prose editor__text", role: "textbox", "aria-multiline": "true" };
    if (label) names["aria-label"] = label.textContent.trim();
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (this.area.hasAttribute(name)) names[name] = this.area.getAttribute(name);
    }
    return names;
  }

  keep() {
    this.area.value = written(this.editor.getHTML());
    if (this.pasting) count(this.editor.getText({ blockSeparator: "\n" }));
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show() {
    if (!this.editor) return;
    for (const button of this.tools.querySelectorAll("[data-on]")) {
      button.setAttribute("aria-pressed", String(this.editor.isActive(button.dataset.on)));
    }
    for (const group of this.tools.querySelectorAll("[data-when]")) {
      group.hidden = !this.editor.isActive(group.dataset.when);
    }
    const level = LEVELS.find((one) => this.editor.isActive("heading", { level: one }));
    this.tools.querySelector("[data-kind]").value = String(level ?? 0);
  }

  /* A pressed button does not take the focus: what is typed at once goes into the text. */
  keepFocus(event) {
    if (event.target.closest("button, summary")) event.preventDefault();
  }

  take(event) {
    return this.pictures?.take(event.clipboardData) || (this.pasting?.take(event) ?? false);
  }

  takeDrop(view, event) {
    const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
    return this.pictures?.take(event.dataTransfer, at) ?? false;
  }

  press(button) {
    if (!button) return;
    if (button.dataset.do === "insertFigure" && this.pictures) return this.pictures.ask();
    if (button.dataset.ask === "link") this.askLink();
    else if (button.dataset.ask === "table") this.run("insertTable", { rows: 3, cols: 2, withHeaderRow: true });
    else this.run(button.dataset.do);
  }

  run(command, options) {
    this.editor.view.focus(); // at once: the editor's own command waits for the next frame
    this.editor.chain().focus()[command](options).run();
  }

  turn(event) {
    const level = Number(event.target.value);
    if (level) this.run("setHeading", { level });
    else this.run("setParagraph");
  }

  async askLink() {
    const { editor } = this;
    const isNew = editor.state.selection.empty && !editor.isActive("link");
    const fields = { href: { title: this.words.get("Address") } };
    if (isNew) fields.words = { title: this.words.get("Words") };
    const ask = this.kit.updateAttrsDialog(fields, { title: this.words.get("Link") });
    const given = await ask(editor, { href: editor.getAttributes("link").href ?? "" });
    if (given) this.link(address(given.href), isNew ? given.words.trim() || given.href : "");
  }

  link(href, words) {
    const chain = this.editor.chain().focus();
    if (!href) return chain.extendMarkRange("link").unsetLink().run();
    if (!words) return chain.extendMarkRange("link").setLink({ href }).run();
    const text = { type: "text", text: words, marks: [{ type: "link", attrs: { href } }] };
    return chain.insertContent(text).run();
  }

  stops() {
    return [...this.tools.querySelectorAll("button, summary")];
  }

  /* All buttons are one stop of the Tab key; arrows walk among them. */
  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !event.target.matches("button, summary")) return;
    const stops = this.stops().filter((stop) => stop.offsetParent);
    const next = stops[(stops.indexOf(event.target) + step + stops.length) % stops.length];
    event.preventDefault();
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

customElements.define("write-editor", WriteEditor);
