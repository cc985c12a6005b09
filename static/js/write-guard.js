/* <write-guard>: asks before a page with unsaved words is left. */

class WriteGuard extends HTMLElement {
  connectedCallback() {
    this.isUnsaved = this.hasAttribute("data-unsaved");
    this.addEventListener("input", () => (this.isUnsaved = true));
    this.addEventListener("submit", () => (this.isUnsaved = false));
    addEventListener("beforeunload", (event) => {
      if (this.isUnsaved) event.preventDefault();
    });
  }
}

customElements.define("write-guard", WriteGuard);
