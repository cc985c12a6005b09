/* What is pasted is read by the server, which knows the habits of word processors and web pages
   (blog/pasting.py); without an answer the editor takes what it understands by itself. */

const PICTURES_IN_TEXT = /\ssrc\s*=\s*(["'])data:[^"']*\1/gi;
const LONGEST_WAIT = 8000; // milliseconds
const OWN = "data-pm-slice"; // copied in an editor of ours: it needs no reading

export class Pasting {
  constructor(editor, address, form) {
    Object.assign(this, { editor, address, form, waiting: 0 });
    form.addEventListener("submit", (event) => this.holdBack(event), true);
  }

  /* Whether this paste is taken care of here. */
  take(event) {
    const html = event.clipboardData?.getData("text/html");
    if (!html || html.includes(OWN) || this.editor.isActive("codeBlock")) return false;
    event.preventDefault();
    this.read(html);
    return true;
  }

  async read(html) {
    this.waiting += 1;
    try {
      this.editor.view.pasteHTML((await this.cleaned(html)) ?? html);
    } finally {
      this.waiting -= 1;
      if (this.held && !this.waiting) this.letGo();
    }
  }

  async cleaned(html) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    body.set("html", html.replace(PICTURES_IN_TEXT, ""));
    const asked = { method: "POST", body, signal: AbortSignal.timeout(LONGEST_WAIT) };
    try {
      const answer = await fetch(this.address, asked);
      return answer.ok ? (await answer.json()).html : null;
    } catch {
      return null;
    }
  }

  /* Nothing is sent before it is whole. */
  holdBack(event) {
    if (!this.waiting) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.held = { by: event.submitter };
  }

  letGo() {
    const { by } = this.held;
    this.held = null;
    this.form.requestSubmit(by);
  }
}
