/* <desk-keys>: what the keys of every desk share, and a help that shows them. Letters do nothing in
   text fields, with Ctrl, Alt or Meta, or while the help is open. What they do is said by elements
   that extend this one: `acts()` by key, `begin()` once. A script of a page is loaded after this. */

const WRITING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

class DeskKeys extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    const help = this.querySelector("[data-help]");
    help.hidden = false;
    help.addEventListener("click", () => this.dialog.showModal());
    document.addEventListener("keydown", (event) => this.onKey(event));
    this.begin();
  }

  begin() {}

  acts() {
    return {};
  }

  act(key) {
    return key === "?" ? () => this.dialog.showModal() : this.acts()[key];
  }

  isWriting(element) {
    return Boolean(element.closest?.(WRITING));
  }

  onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (this.dialog.open || this.isWriting(event.target)) return;
    const act = this.act(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  }
}

customElements.define("desk-keys", DeskKeys);
