/* <moderation-keys>: the keys of the desk, and a help that shows them. Letters mean the same in
   every list. They do nothing in text fields, with Ctrl, Alt or Meta, or while the help is open. */

const WRITING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

class ModerationKeys extends HTMLElement {
  connectedCallback() {
    this.desk = document.querySelector("moderation-desk");
    this.dialog = this.querySelector("dialog");
    const help = this.querySelector("[data-help]");
    help.hidden = false;
    help.addEventListener("click", () => this.dialog.showModal());
    document.addEventListener("keydown", (event) => this.onKey(event));
    if (document.activeElement === document.body) this.desk.chosen();
  }

  onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (this.dialog.open || event.target.closest?.(WRITING)) return;
    const act = this.acts()[event.key] ?? (/^[1-9]$/.test(event.key) && this.digit(event.key));
    if (!act) return;
    event.preventDefault();
    act();
  }

  acts() {
    const { desk } = this;
    return {
      j: () => desk.step(1),
      k: () => desk.step(-1),
      x: () => this.tick(),
      X: () => this.tickAll(),
      a: () => this.press("publish"),
      s: () => this.press("spam"),
      d: () => this.refuse(),
      r: () => this.reply("published"),
      R: () => this.reply(),
      u: () => desk.undo(),
      h: () => this.follow("h"),
      b: () => this.follow("b"),
      c: () => this.follow("c"),
      f: () => this.filter(),
      "?": () => this.dialog.showModal(),
    };
  }

  /* A digit is a reason while reasons are open, else a list. */
  digit(key) {
    const panel = document.activeElement.closest('[data-panel="refuse"][open]');
    const reason = panel?.querySelector(`[data-digit="${key}"]`);
    const list = document.querySelectorAll("[data-list]")[Number(key) - 1];
    if (reason) return () => reason.click();
    return list && (() => list.click());
  }

  ticked() {
    return document.querySelectorAll('input[name="comment"]:checked').length > 0;
  }

  many() {
    return this.ticked() ? document.getElementById("many") : null;
  }

  press(act) {
    const where = this.many() ?? this.desk.chosen();
    if (where && !("stale" in (where.dataset ?? {}))) where.querySelector(`[data-act="${act}"]`)?.click();
  }

  refuse() {
    this.desk.open(this.many() ?? this.desk.chosen(), "refuse");
  }

  reply(state) {
    const item = this.desk.chosen();
    const isPublished = item?.dataset.state === "published";
    if (item && (!state || isPublished || item.dataset.state === "held")) this.desk.open(item, "reply");
  }

  tick() {
    const box = this.desk.chosen()?.querySelector('input[name="comment"]');
    if (box) box.checked = !box.checked;
  }

  tickAll() {
    const boxes = this.desk.cards().map((item) => item.querySelector('input[name="comment"]'));
    const isNew = boxes.some((box) => !box.checked);
    boxes.forEach((box) => (box.checked = isNew));
  }

  follow(key) {
    this.desk.chosen()?.querySelector(`[data-key="${key}"]`)?.click();
  }

  filter() {
    const field = document.querySelector("[data-filter]");
    field.closest("details").open = true;
    field.focus();
  }
}

customElements.define("moderation-keys", ModerationKeys);
