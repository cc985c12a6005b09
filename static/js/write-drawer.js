/* What this browser keeps of words that the server does not have yet: one entry for each sitting
   (a page opened for writing) of one person in one post. */

const LONGEST = 30 * 24 * 60 * 60 * 1000; // milliseconds; whoever did not ask for it by then will not

export class Drawer {
  constructor(name, sitting) {
    this.name = `${name}.`;
    this.key = this.name + sitting;
    this.works = this.test();
  }

  test() {
    try {
      localStorage.setItem(`${this.name}test`, "");
      localStorage.removeItem(`${this.name}test`);
      return true;
    } catch {
      return false;
    }
  }

  put(words, { isSent = false } = {}) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ words, isSent, at: Date.now() }));
    } catch {
      this.works = false;
    }
  }

  /* Forgets these words, unless others were typed meanwhile. */
  empty(words) {
    const kept = this.read(this.key)?.words;
    if (kept?.body === words.body && kept.title === words.title && kept.summary === words.summary) {
      this.remove(this.key);
    }
  }

  /* Words of this very sitting that are not those of the page: they go on as another sitting. */
  setAside(words) {
    const kept = this.read(this.key);
    if (!kept || kept.isSent || kept.words.body === words.body) return;
    const sitting = crypto.getRandomValues(new BigUint64Array(1))[0].toString(16).padStart(16, "0");
    localStorage.setItem(this.name + sitting, JSON.stringify({ ...kept, words: { ...kept.words, sitting } }));
    this.remove(this.key);
  }

  remove(key) {
    if (this.works) localStorage.removeItem(key);
  }

  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  /* Words of other sittings; those that were sent, and are in the post by now, are forgotten. */
  others(version) {
    if (!this.works) return [];
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.name));
    const found = [];
    for (const key of keys) {
      const kept = this.read(key);
      const isDone = kept?.isSent && Number(kept.words.version) < version;
      if (!kept || isDone || Date.now() - kept.at > LONGEST) this.remove(key);
      else if (key !== this.key) found.push({ key, words: kept.words });
    }
    return found;
  }
}
