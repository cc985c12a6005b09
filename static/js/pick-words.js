/* <pick-words for="form id" data-into="words">: words selected in this text go into the field of
   that name in the row that was worked on last, or in the first row where it is empty. */

class PickWords extends HTMLElement {
  connectedCallback() {
    this.form = document.getElementById(this.getAttribute("for"));
    this.form.addEventListener("focusin", (event) => {
      this.row = event.target.closest("fieldset");
    });
    for (const event of ["mouseup", "keyup", "touchend"]) {
      this.addEventListener(event, () => setTimeout(() => this.take()));
    }
  }

  take() {
    const selection = getSelection();
    const words = selection.toString().trim();
    if (!words || !this.contains(selection.anchorNode) || !this.contains(selection.focusNode)) return;
    const field = this.target();
    if (!field) return;
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  target() {
    const name = this.dataset.into;
    const named = `textarea[name$="${name}"]`;
    const all = [...this.form.querySelectorAll(named)];
    return this.row?.querySelector(named) ?? all.find((one) => !one.value) ?? all.at(-1);
  }
}

customElements.define("pick-words", PickWords);
