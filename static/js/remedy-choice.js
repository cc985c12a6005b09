/* <remedy-choice>: offers only the remedies that may follow the finding, suggests the notice, and
   names the result on the button. The server decides all of it again; without scripts it refuses. */

const WHOLE = ["retraction", "removal"];
const LEAVES_WORDS = [...WHOLE, "concern"];

class RemedyChoice extends HTMLElement {
  connectedCallback() {
    this.allowed = JSON.parse(this.dataset.allowed);
    this.notice = this.field("notice");
    this.addEventListener("change", () => this.follow());
    this.follow();
  }

  field(name) {
    return this.querySelector(`[name$="-${name}"]`);
  }

  chosen(name) {
    return this.querySelector(`[name$="-${name}"]:checked`)?.value ?? "";
  }

  follow() {
    const allowed = this.allowed[this.chosen("finding")];
    for (const radio of this.querySelectorAll('[name$="-remedy"]')) {
      radio.disabled = allowed !== undefined && !allowed.includes(radio.value);
      if (radio.disabled) radio.checked = false;
    }
    const remedy = this.chosen("remedy");
    for (const part of this.querySelectorAll('[data-for~="told"]')) part.hidden = remedy === "no_change";
    for (const part of this.querySelectorAll('[data-for~="words"]'))
      part.hidden = LEAVES_WORDS.includes(remedy) || (part.matches('[data-for~="told"]') && remedy === "no_change");
    for (const part of this.querySelectorAll('[data-for="whole"]')) part.hidden = !WHOLE.includes(remedy);
    this.querySelector('[data-for="already_addressed"]').hidden =
      this.chosen("finding") !== "already_addressed";
    this.suggest(remedy);
    this.nameButton(remedy);
  }

  /* Choose by one key: the finding stays if it allows the remedy. Gives the field to write in. */
  choose(finding, remedy) {
    const allowed = this.allowed[this.chosen("finding")] ?? [];
    if (remedy === "no_change" || !allowed.includes(remedy)) this.check("finding", finding);
    this.follow();
    this.check("remedy", remedy);
    this.follow();
    return this.wanted();
  }

  check(name, value) {
    this.querySelector(`[name$="-${name}"][value="${value}"]`).checked = true;
  }

  /* The words that the chosen remedy cannot do without. */
  wanted() {
    return this.field(this.chosen("remedy") === "no_change" ? "reason" : "notice");
  }

  /* What still has to be done here: a choice (this element), a field to fill, or nothing. */
  missing(gap) {
    if (!this.chosen("remedy")) return this;
    const field = this.wanted();
    return !field.value || field.value.includes(gap) ? field : null;
  }

  suggest(remedy) {
    const texts = [...this.querySelectorAll("[data-suggestion]")];
    const text = (one) => one?.content.textContent ?? "";
    const isOurs = this.notice.value === "" || texts.some((one) => text(one) === this.notice.value);
    if (isOurs) this.notice.value = text(texts.find((one) => one.dataset.suggestion === remedy));
  }

  nameButton(remedy) {
    if (!("namesButton" in this.dataset)) return;
    const name = this.querySelector(`[data-button="${remedy}"]`);
    if (name) this.closest("form").querySelector("[data-result]").textContent = name.content.textContent;
  }
}

customElements.define("remedy-choice", RemedyChoice);
