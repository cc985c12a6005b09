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
    if (selection.isCollapsed || !this.contains(selection.anchorNode)) return;
    const ends = this.contains(selection.focusNode);
    const range = ends ? selection.getRangeAt(0) : this.within(selection.getRangeAt(0));
    const words = (ends ? selection : range).toString().trim();
    if (!words) return;
    const fields = document.getElementById(this.getAttribute("for")).elements;
    const [before, after] = this.around(range);
    fields.words.value = words;
    fields.before.value = before.slice(-NEIGHBOURS);
    fields.after.value = after.slice(0, NEIGHBOURS);
  }

  /* A third click on the last paragraph selects to the beginning of what follows the text. */
  within(range) {
    const inside = range.cloneRange();
    const whole = document.createRange();
    whole.selectNodeContents(this);
    if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) {
      inside.setStart(whole.startContainer, whole.startOffset);
    }
    if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) {
      inside.setEnd(whole.endContainer, whole.endOffset);
    }
    return inside;
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
