/* Marks in the text: <marks-switch> shows or hides them and remembers it; a mark opens what it leads to
   in its place, by press or Enter. Without this they are plain links to the end of the page. */

const KEPT = "marks";
const HIDDEN = "hidden";
const BLOCKS = "p, li, h2, h3, h4, td, th, dd, dt, figcaption, blockquote, pre";

/* Browsers that keep nothing still show and hide. */
function remembered() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem(KEPT, value);
  } catch {
    /* It lasts as long as the page. */
  }
}

class MarksSwitch extends HTMLElement {
  connectedCallback() {
    const [button, details] = this.querySelectorAll("template");
    this.details = details;
    this.button = button.content.firstElementChild.cloneNode(true);
    this.append(this.button);
    this.show(remembered() !== HIDDEN);
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.button.addEventListener("click", () => this.turn());
    document.addEventListener("click", (event) => this.press(event), { signal });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close(), { signal });
  }

  disconnectedCallback() {
    this.stop.abort();
    this.button.remove();
  }

  turn() {
    const shown = this.button.getAttribute("aria-pressed") !== "true";
    remember(shown ? "shown" : HIDDEN);
    this.close();
    this.show(shown);
  }

  show(shown) {
    this.button.setAttribute("aria-pressed", String(shown));
    document.documentElement.toggleAttribute("data-marks-hidden", !shown);
  }

  /* Whoever wants the end of the page in a tab of its own still gets it. */
  press(event) {
    const mark = event.target.closest?.(".mark-ref");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const [, id] = mark.getAttribute("href").split("#");
    const said = id && document.getElementById(id)?.querySelector("[data-said]");
    if (!said) return;
    event.preventDefault();
    const wasOpen = this.mark === mark;
    this.close();
    if (!wasOpen) this.open(mark, said);
  }

  open(mark, said) {
    const panel = this.details.content.firstElementChild.cloneNode(true);
    panel.id = `${mark.id}-details`;
    panel.querySelector(".mark-details__said").append(...said.cloneNode(true).childNodes);
    panel.querySelector("a").href = mark.hash;
    panel.querySelector("a").addEventListener("click", () => this.close({ stays: true }));
    panel.querySelector("button").addEventListener("click", () => this.close());
    (mark.closest(BLOCKS) ?? mark.parentElement).append(panel);
    mark.setAttribute("aria-expanded", "true");
    mark.setAttribute("aria-controls", panel.id);
    Object.assign(this, { mark, panel });
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  }

  close({ stays = false } = {}) {
    if (!this.mark) return;
    this.mark.setAttribute("aria-expanded", "false");
    this.mark.removeAttribute("aria-controls");
    this.panel.remove();
    if (!stays) this.mark.focus();
    this.mark = this.panel = null;
  }
}

customElements.define("marks-switch", MarksSwitch);
