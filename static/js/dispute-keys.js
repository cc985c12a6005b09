/* <dispute-keys>: the keys of the disputes' desk; a letter means one thing on all of its pages. The
   cursor is the focus: a dispute in a list, or one of the statements that are decided together.
   Ctrl and Enter go on to what is still missing, and send when nothing is. */

const FINDINGS = {
  correction: "inaccurate",
  clarification: "incomplete",
  editors_note: "incomplete",
  update: "outdated",
  no_change: "stands",
};
const GAP = "[…]";
const STOPS = "a[data-open], remedy-choice";
const FORMS = "form.deciding, #points";

class DisputeKeys extends customElements.get("desk-keys") {
  begin() {
    document.addEventListener("keydown", (event) => this.onCommand(event), true);
    document.addEventListener("focusin", (event) => this.remember(event.target));
    if (location.hash) addEventListener("load", () => setTimeout(() => this.start()));
    else this.start();
  }

  acts() {
    return {
      j: () => this.step(1),
      k: () => this.step(-1),
      o: () => this.here()?.click(),
      a: () => this.follow("a"),
      r: () => this.follow("r"),
      c: () => this.choose("correction"),
      l: () => this.choose("clarification"),
      n: () => this.choose("editors_note"),
      d: () => this.choose("update"),
      s: () => this.choose("no_change"),
      w: () => this.reword(),
      f: () => this.promise(),
      t: () => this.follow("t"),
      x: () => this.together(),
      m: () => this.follow("m"),
      p: () => this.press("preview"),
      u: () => this.press("undo"),
    };
  }

  /* --- where we are --- */

  stops() {
    return [...document.querySelectorAll(STOPS)];
  }

  /* A fragment in the address takes the focus away when the page has loaded. */
  start() {
    if (document.activeElement !== document.body) return;
    const first = document.querySelector('#points textarea[name$="-words"]') ?? this.stops()[0];
    (first ?? document.querySelector("[data-next]"))?.focus({ preventScroll: true });
  }

  remember(element) {
    this.last = element.closest(STOPS) ?? this.last;
  }

  here() {
    return this.last?.isConnected ? this.last : this.stops()[0];
  }

  step(by) {
    const stops = this.stops();
    const at = stops.indexOf(this.here());
    const isThere = document.activeElement.closest(STOPS);
    (isThere ? stops[at + by] ?? stops[at] : stops[at])?.focus();
  }

  /* --- letters --- */

  /* What is folded away cannot take the focus. */
  unfold(place) {
    place?.closest("details")?.setAttribute("open", "");
    return place;
  }

  press(act) {
    this.unfold(document.querySelector(`[data-act="${act}"]`))?.click();
  }

  follow(key) {
    const place = this.unfold(document.querySelector(`[data-key="${key}"]`));
    place?.querySelector("textarea, select")?.focus();
  }

  promise() {
    this.unfold(this.here())?.querySelector('[name$="-promises_follow_up"]')?.click();
  }

  choose(remedy) {
    const box = this.unfold(this.here());
    if (box?.choose) this.write(box.choose(FINDINGS[remedy], remedy));
  }

  /* Focus a field; a gap in a suggestion is selected, so that typing fills it. */
  write(field) {
    field.focus();
    const at = field.value.indexOf(GAP);
    if (at >= 0) field.setSelectionRange(at, at + GAP.length);
  }

  reword() {
    const editor = this.unfold(document.querySelector("form.deciding write-editor"));
    editor?.pick(this.here()?.dataset.words ?? "");
  }

  together() {
    const button = document.querySelector('[data-act="together"]');
    if (!button) return;
    for (const box of button.form.querySelectorAll("input[type=checkbox]")) box.checked = true;
    button.click();
  }

  /* --- from a field: out of it, and on --- */

  onCommand(event) {
    if (this.dialog.open) return;
    if (event.key === "Escape" && this.isWriting(event.target)) this.leave(event.target);
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest("main form") ?? document.querySelector(FORMS);
    if (!form || form.closest("details:not([open])")) return;
    event.preventDefault();
    event.stopPropagation(); // the editor would begin a line
    if (form.matches(FORMS)) this.goOn(form, event.target);
    else form.requestSubmit();
  }

  /* To where we are; where that is folded away, just out. */
  leave(field) {
    this.here()?.focus();
    field.blur();
  }

  goOn(form, from) {
    const missing = this.missing(form);
    const follows = (one) => from.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
    const next = missing.find(follows) ?? (form.id === "points" ? null : missing[0]);
    if (!next) (form.querySelector("[data-result]") ?? form.querySelector("[type=submit]")).click();
    else if (next.choose) next.focus();
    else this.write(next);
  }

  missing(form) {
    const fields = form.querySelectorAll('textarea[name$="-words"], textarea[name$="-summary"]');
    if (form.id === "points") return [...fields].filter((field) => !field.value);
    return [...form.querySelectorAll("remedy-choice")].map((box) => box.missing(GAP)).filter(Boolean);
  }
}

customElements.define("dispute-keys", DisputeKeys);
