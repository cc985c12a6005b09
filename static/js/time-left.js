/* <time-left data-until="…">: counts down the time in its words; without scripts they stand still. */

const EVERY = 5_000; // milliseconds
const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];
const FEWEST = { day: 3, hour: 2, minute: 1, second: 0 };

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
    const [unit, long] = UNITS.find(([name, length]) => seconds >= FEWEST[name] * length);
    const number = (unit === "day" ? Math.floor : Math.ceil)(seconds / long);
    const words = new Intl.NumberFormat(document.documentElement.lang || undefined, {
      style: "unit",
      unit,
      unitDisplay: "long",
    });
    this.querySelector("[data-left]").textContent = words.format(number);
  }
}

customElements.define("time-left", TimeLeft);
