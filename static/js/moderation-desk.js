/* <moderation-desk>: decides about comments without leaving the page. The cursor is the focus; it
   moves on before the site answers. What the site refuses comes back into the list with its
   sentence. Decisions are sent one after the other, so that undoing always finds what was done. */

const LOAD_BELOW = 10; // cards that are ready to slide in

class ModerationDesk extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("[data-cards]");
    this.live = this.querySelector("[data-live]");
    this.undoButton = this.querySelector("[data-undo]");
    this.undos = [];
    this.pending = 0;
    this.sending = Promise.resolve();
    this.addEventListener("submit", (event) => this.onSubmit(event));
    this.addEventListener("click", (event) => this.onClick(event));
    this.addEventListener("keydown", (event) => this.onKey(event));
    addEventListener("beforeunload", (event) => {
      if (this.pending) event.preventDefault();
    });
    this.showMore();
  }

  /* --- where we are --- */

  cards() {
    return [...this.list.querySelectorAll("li[data-comment]:not([hidden])")];
  }

  get current() {
    return document.activeElement?.closest?.("li[data-comment]") ?? null;
  }

  /* The card that a key is about. When none is in focus the key only brings the cursor there:
     nobody decides about what they do not look at. */
  chosen() {
    if (this.current) return this.current;
    this.focusOn(this.cards()[0]);
    return null;
  }

  focusOn(item) {
    if (item) item.querySelector("article").focus();
    else if (!this.cards().length) this.showEmpty();
  }

  step(by) {
    const cards = this.cards();
    const at = cards.indexOf(this.current);
    if (at < 0) return this.focusOn(cards[0]);
    if (at + by >= cards.length) this.reveal(LOAD_BELOW);
    this.focusOn(this.cards()[Math.max(0, at + by)] ?? cards[at]);
  }

  /* --- deciding --- */

  onSubmit(event) {
    const form = event.target;
    if (!form.matches(".card__decide")) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    const item = form.closest("li[data-comment]");
    if (event.submitter?.hasAttribute("data-stays")) this.send(form.action, body, { item, stays: true });
    else this.decide(item, form.action, body);
  }

  decide(item, url, body) {
    const place = document.createComment("");
    const next = this.after(item);
    this.say(item, "");
    item.before(place);
    item.remove();
    this.reveal(1);
    this.focusOn(next ?? this.cards().at(-1));
    this.send(url, body, { item, place });
  }

  after(item) {
    const cards = this.cards();
    const at = cards.indexOf(item);
    if (!cards[at + 1]) this.reveal(1);
    return this.cards()[at + 1] ?? cards[at - 1];
  }

  send(url, body, about) {
    this.pending += 1;
    this.sending = this.sending.then(async () => {
      const answer = await this.ask(url, body);
      this.pending -= 1;
      if (answer.refused) this.failed(about, answer.said);
      else this.done(about, answer);
    });
    return this.sending;
  }

  async ask(url, body) {
    try {
      const headers = { Accept: "application/json" };
      const response = await fetch(url, { method: "POST", body, headers, keepalive: true });
      if (response.redirected) return { refused: true, said: this.dataset.away };
      return { refused: !response.ok, ...(await response.json()) };
    } catch {
      return { refused: true, said: this.dataset.lost };
    }
  }

  done({ item, place, stays, undone }, answer) {
    this.tell(answer.said);
    this.showNumbers(answer.numbers);
    if (undone) return this.putBack(item, place, true);
    if (stays) this.close(item, true);
    if (answer.undo) this.undos.push({ ...answer.undo, item, place });
    this.undoButton.hidden = !this.undos.length;
  }

  failed({ item, place, undone }, sentence) {
    this.tell(sentence);
    if (undone) return;
    if (place) this.putBack(item, place, false);
    this.say(item, sentence);
  }

  putBack(item, place, isWanted) {
    if (place) place.replaceWith(item);
    item.hidden = false;
    this.close(item, false);
    this.showEmpty();
    if (isWanted || !this.current) this.focusOn(item);
  }

  /* Undoing waits for what is still on its way: then it is known how. */
  undo() {
    this.sending = this.sending.then(() => {
      const last = this.undos.pop();
      this.undoButton.hidden = !this.undos.length;
      if (!last) return this.tell(this.dataset.none);
      const body = new FormData(last.item.querySelector(".card__decide"));
      for (const name of [...body.keys()]) {
        if (!["csrfmiddlewaretoken", "place"].includes(name)) body.delete(name);
      }
      for (const [name, value] of Object.entries(last.fields)) body.set(name, value);
      this.send(last.url, body, { item: last.item, place: last.place, undone: true });
    });
  }

  /* --- panels in a card: why not, and an answer --- */

  open(item, name) {
    const panel = item?.querySelector(`[data-panel="${name}"]`);
    if (!panel) return false;
    this.close(item, false);
    panel.open = true;
    panel.querySelector(name === "reply" ? "textarea" : "[data-enter]").focus();
    return true;
  }

  close(item, andEmpty) {
    for (const panel of item.querySelectorAll("[data-panel][open]")) {
      panel.open = false;
      if (andEmpty) panel.querySelectorAll("textarea").forEach((area) => (area.value = ""));
    }
  }

  onKey(event) {
    const panel = event.target.closest?.("[data-panel][open]");
    if (!panel) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      panel.querySelector("[data-enter]").click();
    }
    if (event.key === "Escape") {
      panel.open = false;
      this.focusOn(panel.closest("li[data-comment]") ?? this.cards()[0]);
    }
  }

  onClick(event) {
    if (event.target.closest("[data-undo]")) this.undo();
    if (event.target.closest("[data-next]") && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const seen = this.cards().length;
      this.reveal(LOAD_BELOW);
      this.focusOn(this.cards()[seen]);
    }
  }

  /* --- what slides in --- */

  reveal(count) {
    const ready = [...this.list.querySelectorAll("li[data-comment][hidden]")];
    ready.slice(0, count).forEach((item) => (item.hidden = false));
    this.showMore();
    if (ready.length - count < LOAD_BELOW) this.load();
  }

  async load() {
    const end = this.list.querySelector("[data-loaded]");
    if (this.loading || !end || end.dataset.loaded === "0") return;
    this.loading = true;
    try {
      const response = await fetch(`${this.dataset.more}&after=${end.dataset.loaded}`);
      if (!response.ok || response.redirected) return;
      end.outerHTML = await response.text();
      this.forgetTwins();
      if (!this.cards().length) this.reveal(1);
      if (document.activeElement?.matches("[data-empty]")) this.focusOn(this.cards()[0]);
    } catch {
      this.tell(this.dataset.lost);
    } finally {
      this.loading = false;
      this.showEmpty();
      this.showMore();
    }
  }

  forgetTwins() {
    const seen = new Set();
    for (const item of this.list.querySelectorAll("li[data-comment]")) {
      if (seen.has(item.dataset.comment)) item.remove();
      seen.add(item.dataset.comment);
    }
  }

  /* --- what is said --- */

  tell(sentence) {
    this.live.textContent = sentence;
  }

  say(item, sentence) {
    const said = item.querySelector("[data-said]");
    said.textContent = sentence;
    said.hidden = !sentence;
  }

  showNumbers(numbers = {}) {
    for (const [name, number] of Object.entries(numbers)) {
      const shown = document.querySelector(`[data-number="${name}"]`);
      if (shown) shown.textContent = number;
    }
  }

  showMore() {
    const next = this.querySelector("[data-next]");
    const isMore = this.list.querySelector("li[data-comment][hidden]") || this.hasMoreToLoad();
    if (next) next.hidden = !isMore;
  }

  hasMoreToLoad() {
    const end = this.list.querySelector("[data-loaded]");
    return Boolean(end && end.dataset.loaded !== "0");
  }

  showEmpty() {
    const note = this.querySelector("[data-empty]");
    const isEmpty = !this.cards().length && !this.hasMoreToLoad();
    note.hidden = !isEmpty;
    if (isEmpty && !this.contains(document.activeElement)) note.focus();
  }

  /* Somebody else, or the site, moved a comment: it stays in its place and says so. */
  goStale({ comment, state, kept, said }) {
    const item = this.list.querySelector(`li[data-comment="${comment}"]`);
    if (!item || (kept && !("waits" in this.dataset))) return;
    const isBack = item.dataset.state === state && !kept;
    if (isBack && !("stale" in item.dataset)) return;
    if (isBack) delete item.dataset.stale;
    else item.dataset.stale = "";
    this.say(item, isBack ? "" : said);
  }
}

customElements.define("moderation-desk", ModerationDesk);
