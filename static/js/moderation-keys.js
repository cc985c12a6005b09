/* <moderation-keys>: the keys of the desk of comments. Letters mean the same in every list. */

class ModerationKeys extends customElements.get("desk-keys") {
  begin() {
    this.desk = document.querySelector("moderation-desk");
    if (document.activeElement === document.body) this.desk.chosen();
  }

  act(key) {
    return super.act(key) ?? (/^[1-9]$/.test(key) && this.digit(key));
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
