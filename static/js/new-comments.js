/* <new-comments data-from="address" data-after="id">: asks once a minute whether there are new
   comments and offers them; the page itself never moves. Rests while nobody looks at it. */

const EVERY = 60_000; // milliseconds

class NewComments extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "status");
    this.asked = Date.now();
    this.follow = () => this.wait();
    document.addEventListener("visibilitychange", this.follow);
    this.wait();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.follow);
    clearTimeout(this.timer);
  }

  wait() {
    clearTimeout(this.timer);
    if (document.hidden) return;
    const left = Math.max(0, this.asked + EVERY - Date.now());
    this.timer = setTimeout(() => this.ask(), left);
  }

  async ask() {
    this.asked = Date.now();
    try {
      const answer = await fetch(`${this.dataset.from}?after=${this.dataset.after}`);
      if (answer.ok) this.offer(await answer.json());
    } catch {
      // The network is away; the next minute may be better.
    }
    this.wait();
  }

  offer({ number, words, url }) {
    if (!number || this.querySelector("a")?.textContent === words) return;
    const link = document.createElement("a");
    link.className = "button";
    link.href = url;
    link.textContent = words;
    this.replaceChildren(link);
  }
}

customElements.define("new-comments", NewComments);
