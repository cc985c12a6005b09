/* <moderation-together data-here data-changes data-after>: says every 15 seconds that somebody is at
   the desk, shows who else is, and lets comments that others decided about go stale in place. */

const HERE_EVERY = 15_000; // milliseconds
const LOOK_EVERY = 5_000;

class ModerationTogether extends HTMLElement {
  connectedCallback() {
    this.after = this.dataset.after;
    this.names = this.querySelector("[data-names]");
    this.timers = [
      setInterval(() => this.sayHere(), HERE_EVERY),
      setInterval(() => this.look(), LOOK_EVERY),
    ];
    this.sayHere();
  }

  disconnectedCallback() {
    this.timers.forEach(clearInterval);
  }

  async sayHere() {
    if (document.hidden) return;
    const body = new FormData(this.querySelector("form"));
    const { names } = await this.ask(this.dataset.here, { method: "POST", body });
    if (names) this.names.textContent = names.length ? this.dataset.words + names.join(", ") : "";
  }

  async look() {
    if (document.hidden) return;
    const found = await this.ask(`${this.dataset.changes}?after=${this.after}`);
    const desk = document.querySelector("moderation-desk");
    if (!found.changes || desk.pending) return;
    this.after = found.after;
    found.changes.forEach((change) => desk.goStale(change));
    desk.showNumbers(found.numbers);
  }

  /* A poll that fails is asked again; there is nothing to tell. */
  async ask(url, options) {
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" }, ...options });
      return response.ok && !response.redirected ? await response.json() : {};
    } catch {
      return {};
    }
  }
}

customElements.define("moderation-together", ModerationTogether);
