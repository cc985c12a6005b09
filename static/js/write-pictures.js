/* Pictures in the editor: a file that is dropped, pasted or chosen is sent at once, and while it
   travels the writer says what it shows, or that it only decorates. The text is touched when both
   are there; whatever goes wrong is said in the dialog, and no word is lost. */

const ROLE = "presentation"; // of a picture that only decorates (blog/pictures.py)
const OWN = "data-pm-slice"; // copied in an editor of ours
const SENT = 201;

/* The kit's picture, which also knows that it only decorates. */
export function withRole(image) {
  const role = {
    default: null,
    parseHTML: (element) => (element.getAttribute("role") === ROLE ? ROLE : null),
  };
  return image.extend({
    addAttributes() {
      return { ...this.parent?.(), role };
    },
  });
}

function picturesAmong(files) {
  return [...(files ?? [])].filter((file) => file.type.startsWith("image/"));
}

/* A program that copies words copies a picture of them as well: then the words are meant. */
function isWords(given) {
  const html = given.getData("text/html");
  if (!html) return false;
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return html.includes(OWN) || body.textContent.trim() !== "";
}

export class Pictures {
  constructor(editor, dialog, form) {
    Object.assign(this, { editor, dialog, form, waiting: [], at: null, node: null });
    this.fields = dialog.querySelector("form").elements;
    this.progress = dialog.querySelector("progress");
    this.thumbnail = Object.assign(new Image(), { className: "picture-dialog__picture", alt: "" });
    this.progress.after(this.thumbnail);
    this.trouble = dialog.querySelector("[data-trouble]");
    this.shelf = dialog.querySelector("[data-at-hand]");
    this.shelf.addEventListener("toggle", () => this.shelf.open && this.lay());
    this.shelf.addEventListener("click", (event) => this.choose(event.target.closest("button")));
    this.fields.file.addEventListener("change", () => this.send(this.fields.file.files[0]));
    this.fields.decorative.addEventListener("change", () => this.settle());
    dialog.querySelector("form").addEventListener("submit", (event) => this.submit(event));
    dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => this.closed());
  }

  /* Whether this paste or drop is taken care of here. */
  take(given, at = null) {
    const files = picturesAmong(given?.files);
    if (!files.length || isWords(given)) return false;
    this.waiting.push(...files);
    if (!this.dialog.open) this.next(at);
    return true;
  }

  /* A new picture at the cursor, or the one that is chosen there. */
  ask() {
    this.node = this.chosen();
    this.open(null);
    const { attrs } = this.node?.image ?? { attrs: {} };
    this.src = attrs.src ?? null;
    this.fields.alt.value = attrs.alt ?? "";
    this.fields.decorative.checked = attrs.role === ROLE;
    this.fields.caption.value = this.node?.caption?.textContent ?? "";
    this.settle();
  }

  chosen() {
    const { selection } = this.editor.state;
    if (selection.node?.type.name === "image") return this.around(selection.from);
    const { $from } = selection;
    for (let depth = $from.depth; depth > 0; depth -= 1) {
      if ($from.node(depth).type.name === "figure") return this.around($from.before(depth) + 1);
    }
    return selection.node?.type.name === "figure" ? this.around(selection.from + 1) : null;
  }

  around(at) {
    const { doc } = this.editor.state;
    const place = doc.resolve(at);
    const isFramed = place.parent.type.name === "figure";
    const caption = isFramed && place.parent.childCount > 1 ? place.parent.child(1) : null;
    return { at, image: doc.nodeAt(at), caption, isFramed };
  }

  next(at) {
    this.node = null;
    this.open(at);
    this.send(this.waiting.shift());
  }

  open(at) {
    this.at = at ?? this.editor.state.selection.to;
    this.src = null;
    this.dialog.querySelector("form").reset();
    this.shelf.open = false;
    this.say("");
    this.settle();
    this.dialog.showModal();
  }

  send(file) {
    if (!file) return;
    this.request?.abort();
    this.src = null;
    this.say("");
    if (file.size > Number(this.dialog.dataset.most)) {
      this.settle();
      return this.say(this.dialog.dataset.large);
    }
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    body.set("file", file);
    const request = new XMLHttpRequest(); // fetch does not tell how far it is
    request.open("POST", this.dialog.dataset.upload);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => this.travel(event);
    request.onload = () => this.arrived(request);
    request.onerror = () => this.failed(null);
    this.request = request;
    this.progress.removeAttribute("value");
    request.send(body);
    this.settle();
    return this.fields.alt.focus();
  }

  /* The pictures that are there already, laid out when somebody looks for them. */
  async lay() {
    const list = this.shelf.querySelector("ul");
    const answer = await fetch(this.shelf.dataset.atHand).catch(() => null);
    if (!answer?.ok || answer.redirected) return this.say(this.dialog.dataset.failed);
    const { pictures } = await answer.json();
    this.shelf.querySelector("[data-none]").hidden = pictures.length > 0;
    return list.replaceChildren(...pictures.map((one) => this.laid(one)));
  }

  laid({ src, thumbnail, alt, name }) {
    const [item, button, picture] = ["li", "button", "img"].map((tag) => document.createElement(tag));
    Object.assign(button, { type: "button", title: name });
    Object.assign(button.dataset, { src, alt });
    Object.assign(picture, { src: thumbnail, alt: name, loading: "lazy" });
    button.append(picture);
    item.append(button);
    return item;
  }

  choose(button) {
    if (!button) return;
    this.request?.abort();
    this.request = null;
    this.src = button.dataset.src;
    this.fields.file.value = "";
    this.fields.alt.value ||= button.dataset.alt;
    this.shelf.open = false;
    this.say("");
    this.settle();
    this.fields.alt.focus();
  }

  travel({ lengthComputable, loaded, total }) {
    if (lengthComputable && loaded < total) this.progress.value = loaded / total;
    else this.progress.removeAttribute("value"); // it is being read there
  }

  arrived(request) {
    if (request.status !== SENT || !request.response) return this.failed(request.response);
    this.request = null;
    this.src = request.response.src;
    return this.settle();
  }

  failed(answer) {
    this.request = null;
    this.fields.file.value = "";
    this.settle();
    this.say(answer?.error ?? this.dialog.dataset.failed);
  }

  say(sentence) {
    this.trouble.textContent = sentence;
    this.trouble.hidden = !sentence;
  }

  settle() {
    const { alt, decorative, insert } = this.fields;
    this.progress.hidden = !this.request;
    this.thumbnail.hidden = !this.src;
    if (this.src) this.thumbnail.src = this.src;
    alt.disabled = decorative.checked;
    alt.required = !decorative.checked;
    insert.disabled = !this.src;
  }

  submit(event) {
    event.preventDefault();
    if (!this.src) return;
    const { alt, decorative, caption } = this.fields;
    const said = decorative.checked ? { alt: "", role: ROLE } : { alt: alt.value.trim(), role: null };
    if (!decorative.checked && !said.alt) {
      alt.value = "";
      alt.reportValidity();
      return;
    }
    this.put({ src: this.src, ...said }, caption.value.trim());
    this.dialog.close();
  }

  put(attrs, words) {
    const caption = words ? [{ type: "caption", content: [{ type: "text", text: words }] }] : [];
    const figure = { type: "figure", content: [{ type: "image", attrs }, ...caption] };
    const chain = this.editor.chain().focus();
    if (!this.node) return chain.insertContentAt(this.at, figure).run() && this.goOn(attrs.src);
    const { at, image, isFramed } = this.node;
    const whole = this.editor.state.doc.resolve(at).parent;
    const [from, size] = isFramed ? [at - 1, whole.nodeSize] : [at, image.nodeSize];
    return chain.insertContentAt({ from, to: from + size }, figure).run();
  }

  /* The caret goes below the new picture: what is typed next must not take its place. */
  goOn(src) {
    const { doc } = this.editor.state;
    let end = 0;
    doc.descendants((node, at) => {
      const isIt = node.type.name === "figure" && node.firstChild?.attrs.src === src;
      if (isIt && at + node.nodeSize > this.at && !end) end = at + node.nodeSize;
    });
    if (!end) return false;
    const chain = this.editor.chain();
    if (!doc.resolve(end).nodeAfter?.isTextblock) chain.insertContentAt(end, { type: "paragraph" });
    return chain.setTextSelection(end + 1).run();
  }

  closed() {
    this.request?.abort();
    this.request = null;
    if (this.waiting.length) this.next(null);
    else this.editor.commands.focus();
  }
}
