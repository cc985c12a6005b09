/* <time-left data-until="…">: counts down the minutes in its words; without scripts they stand still. */

const EVERY = 5_000; // milliseconds

class TimeLeft extends HTMLElement {
  connectedCallback() {
    this.until = Date.parse(this.dataset.until);
    this.clock = setInterval(() => this.tell(), EVERY);
    this.tell();
  }

  disconnectedCallback() {
    clearInterval(this.clock);
  }

  tell() {
    const seconds = Math.round((this.until - Date.now()) / 1000);
    if (seconds <= 0) {
      this.textContent = this.dataset.over;
      clearInterval(this.clock);
      return;
    }
    const unit = seconds < 60 ? "second" : "minute";
    const number = seconds < 60 ? seconds : Math.ceil(seconds / 60);
    const words = new Intl.NumberFormat(document.documentElement.lang || undefined, {
      style: "unit",
      unit,
      unitDisplay: "long",
    });
    this.querySelector("[data-left]").textContent = words.format(number);
  }
}

customElements.define("time-left", TimeLeft);
