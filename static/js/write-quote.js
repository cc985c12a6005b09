/* <write-quote for="form id">: words selected in this text go into the form, with their neighbours. */

const NEIGHBOURS = 60; // characters kept on each side

class WriteQuote extends HTMLElement {
  connectedCallback() {
    for (const event of ["mouseup", "keyup", "touchend"]) {
      this.addEventListener(event, () => setTimeout(() => this.take()));
    }
  }

  take() {
    const selection = getSelection();
    const words = selection.toString().trim();
    if (!words || !this.contains(selection.anchorNode) || !this.contains(selection.focusNode)) return;
    const fields = document.getElementById(this.getAttribute("for")).elements;
    const [before, after] = this.around(selection.getRangeAt(0));
    fields.words.value = words;
    fields.before.value = before.slice(-NEIGHBOURS);
    fields.after.value = after.slice(0, NEIGHBOURS);
  }

  around(range) {
    const before = document.createRange();
    before.selectNodeContents(this);
    before.setEnd(range.startContainer, range.startOffset);
    const after = document.createRange();
    after.selectNodeContents(this);
    after.setStart(range.endContainer, range.endOffset);
    return [before.toString(), after.toString()];
  }
}

customElements.define("write-quote", WriteQuote);
