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
