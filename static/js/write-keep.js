/* <write-keep>: nothing that was typed is lost, by a closed tab, a lost connection, an expired
   session or another person. Words go to the server some seconds after the last key, and into
   this browser at once; there they stay until the server has them. Its sentences stand in a
   template, its addresses in data attributes. */

import { Drawer } from "./write-drawer.js";

const LOCAL_PAUSE = 400; // milliseconds after the last key
const PAUSE = 2000;
const LONGEST_PAUSE = 15000; // of somebody who does not stop typing
const LONGEST_SENDING = 10000; // then the button works again
const HEARTBEAT = 20000;
const FIRST_WAIT = 2000; // before trying again; then twice as long each time
const LONGEST_WAIT = 60000;
const LARGEST_FAREWELL = 60000; // bytes that a browser sends for a page that is gone
const WORDS = ["title", "summary", "body", "version", "sitting"];

class SignedOut extends Error {}
class Refused extends Error {}

class WriteKeep extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#writing");
    this.line = this.querySelector("[data-status]");
    this.said = this.querySelector("[data-sentences]").content;
    this.drawer = new Drawer(this.dataset.drawer, this.form.elements.sitting.value);
    this.tries = 0;
    this.isUnsaved = this.hasAttribute("data-unsaved");
    this.drawer.setAside(this.words());
    this.listen();
    this.bringBack();
    this.knock();
  }

  listen() {
    this.form.addEventListener("input", () => this.typed());
    this.form.addEventListener("submit", (event) => this.send(event));
    this.form.addEventListener("keydown", (event) => this.saveByKey(event));
    addEventListener("online", () => this.retry());
    addEventListener("offline", () => this.isUnsaved && this.tell("offline"));
    addEventListener("pageshow", () => (this.isSending = false));
    addEventListener("pagehide", () => this.leave());
    addEventListener("beforeunload", (event) => {
      if (this.isUnsaved && !this.drawer.works && !this.isSending) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.leave();
      else this.retry();
    });
    setInterval(() => document.visibilityState === "visible" && this.knock(), HEARTBEAT);
  }

  saveByKey(event) {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  words() {
    const { elements } = this.form;
    return Object.fromEntries(WORDS.map((name) => [name, elements[name].value]));
  }

  typed() {
    this.isUnsaved = true;
    this.isSending = false;
    this.waitsSince ??= Date.now();
    clearTimeout(this.local);
    this.local = setTimeout(() => this.drawer.put(this.words()), LOCAL_PAUSE);
    if (this.tries) return; // the next try takes these words along
    this.tell("typing");
    const left = LONGEST_PAUSE - (Date.now() - this.waitsSince);
    clearTimeout(this.remote);
    this.remote = setTimeout(() => this.keep(), Math.max(0, Math.min(PAUSE, left)));
  }

  async keep() {
    if (this.isKeeping || !this.waitsSince || this.isSending) return;
    const since = this.waitsSince;
    const words = this.words();
    this.isKeeping = true;
    this.waitsSince = null;
    this.tell("saving");
    try {
      const news = await this.post(this.dataset.keep, words);
      this.tries = 0;
      this.drawer.empty(words);
      this.show(news);
      if (!this.waitsSince) this.tell("kept", news.at);
    } catch (error) {
      this.waitsSince ??= since;
      this.drawer.put(this.words());
      this.fail(error);
    } finally {
      this.isKeeping = false;
    }
  }

  fail(error) {
    this.tries += 1;
    if (error instanceof SignedOut) this.tell("signed-out");
    else if (error instanceof Refused) return this.tell("refused", error.message);
    else this.tell(navigator.onLine === false || error instanceof TypeError ? "offline" : "silent");
    clearTimeout(this.remote);
    const wait = Math.min(FIRST_WAIT * 2 ** (this.tries - 1), LONGEST_WAIT);
    this.remote = setTimeout(() => this.keep(), wait);
  }

  retry() {
    if (!this.waitsSince) return this.knock();
    clearTimeout(this.remote);
    return this.keep();
  }

  /* The page may be gone in a moment: the browser keeps the words, and sends them if they fit. */
  leave() {
    if (!this.waitsSince || this.isSending) return;
    const words = this.words();
    this.drawer.put(words);
    const body = this.packed(words);
    const length = new TextEncoder().encode(words.body).length;
    if (length > LARGEST_FAREWELL || !this.canSend()) return;
    fetch(this.dataset.keep, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => {});
  }

  canSend() {
    return navigator.onLine !== false && !this.tries;
  }

  packed(words) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    for (const [name, value] of Object.entries(words)) body.set(name, value);
    return body;
  }

  async post(address, words) {
    let answer = await this.ask(address, words);
    if (answer.status === 403 && !isJson(answer)) {
      await this.renewKey();
      answer = await this.ask(address, words);
    }
    if ([401, 410].includes(answer.status)) throw new SignedOut();
    if ([400, 403, 404, 409, 413].includes(answer.status)) throw new Refused(await saidIn(answer));
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  ask(address, words) {
    return fetch(address, { method: "POST", body: this.packed(words), redirect: "manual" });
  }

  /* Whoever signs in again in another window gets another key there. */
  async renewKey() {
    const answer = await fetch(this.dataset.key, { redirect: "manual" });
    if (!answer.ok) throw new SignedOut();
    const { key } = await answer.json();
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = key;
  }

  /* Says that somebody is here; hears who else is. */
  async knock() {
    try {
      const { version, sitting } = this.words();
      this.show(await this.post(this.dataset.here, { version, sitting }));
      if (this.tries && this.waitsSince) this.retry();
    } catch (error) {
      if (error instanceof SignedOut) this.tell("signed-out");
    }
  }

  show(news) {
    const list = this.querySelector("[data-others]");
    const sentences = [...news.others, news.moved].filter(Boolean);
    const now = sentences.join("\n");
    if (list.dataset.now === now) return;
    list.dataset.now = now;
    list.replaceChildren(...sentences.map(paragraph));
    list.hidden = !sentences.length;
  }

  /* Before a form is sent the site is asked whether it would take it: a page that cannot be
     reached, or that asks to sign in, would swallow the words. */
  async send(event) {
    if (this.isAsked) return this.sent();
    event.preventDefault();
    if (this.isAsking || this.isSending) return; // pressed twice
    this.isAsking = true;
    const { submitter } = event;
    this.drawer.put(this.words());
    this.tell("saving");
    try {
      const { version, sitting } = this.words();
      await this.post(this.dataset.here, { version, sitting });
    } catch (error) {
      this.waitsSince ??= Date.now();
      return this.fail(error);
    } finally {
      this.isAsking = false;
    }
    this.isAsked = true;
    this.form.requestSubmit(submitter);
    this.isAsked = false;
  }

  sent() {
    this.isSending = true;
    setTimeout(() => (this.isSending = false), LONGEST_SENDING);
    clearTimeout(this.local); // else these words would be put in as unsent
    clearTimeout(this.remote);
    this.drawer.put(this.words(), { isSent: true });
  }

  /* What only this browser has is given to the server, whose page then offers it. */
  async bringBack() {
    if (this.hasAttribute("data-unsaved")) return;
    const found = this.drawer.others(Number(this.form.elements.version.value));
    const offer = document.querySelector("[data-offer]");
    if (offer) offer.hidden = found.length > 0; // until it holds all that there is
    let isNew = false;
    for (const { key, words } of found) {
      try {
        const news = await this.post(this.dataset.keep, words);
        isNew ||= news.isNew;
        this.drawer.remove(key);
      } catch {
        break;
      }
    }
    if (isNew && !this.isUnsaved) location.reload();
    else if (offer) offer.hidden = false;
  }

  tell(state, words = "") {
    this.line.dataset.state = state;
    const sentence = this.said.querySelector(`[data-sentence="${state}"]`).cloneNode(true);
    sentence.querySelector("[data-words]")?.replaceChildren(words);
    const now = [...sentence.childNodes];
    if (this.line.textContent !== sentence.textContent) this.line.replaceChildren(...now);
  }
}

function isJson(answer) {
  return (answer.headers.get("content-type") ?? "").startsWith("application/json");
}

async function saidIn(answer) {
  return isJson(answer) ? ((await answer.json()).said ?? "") : "";
}

function paragraph(sentence) {
  const made = document.createElement("p");
  made.textContent = sentence;
  return made;
}

customElements.define("write-keep", WriteKeep);
