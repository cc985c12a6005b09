/* Signs and keys of the editor that its library does not know: a link typed as [words](address),
   Ctrl K for a link. The rest (##, -, 1., >, **words**, ---) it knows. */

const LINK = /\[([^[\]]+)\]\((https?:\/\/[^\s()]+|mailto:[^\s()]+|\/[^\s()]*)\)$/;

export function signs(kit, askLink) {
  const link = (editor) =>
    new kit.InputRule({
      find: LINK,
      handler: ({ state, range, match }) => {
        const mark = editor.schema.marks.link.create({ href: match[2] });
        const words = editor.schema.text(match[1], [mark]);
        state.tr.replaceWith(range.from, range.to, words).removeStoredMark(mark);
      },
    });
  return kit.Extension.create({
    name: "signs",
    addInputRules() {
      return [link(this.editor)];
    },
    addKeyboardShortcuts() {
      return {
        "Mod-k": () => (askLink(), true),
      };
    },
  });
}

/* The library's numbered list without its rule for "1." begins with that rule again. */
export function numbered(kit) {
  return kit.OrderedList.extend({
    addInputRules() {
      return [kit.wrappingInputRule({ find: /^1[.)]\s$/, type: this.type })];
    },
  });
}

const WORDS_A_MINUTE = 230; // as on the server (blog/counting.py)

/* Shows how long the text is, where the page has places for it. */
export function count(text, page = document) {
  const words = text.split(/\s+/).filter(Boolean).length;
  const places = { "[data-words-count]": words, "[data-minutes-count]": Math.ceil(words / WORDS_A_MINUTE) };
  for (const [place, number] of Object.entries(places)) {
    const found = page.querySelector(place);
    if (found && found.textContent !== String(number)) found.textContent = number;
  }
}
