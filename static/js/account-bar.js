/* <account-bar data-from="address">: for whoever is signed in, the plain link to the account
   becomes a menu of the same size. Nobody else asks for anything. */

class AccountBar extends HTMLElement {
  async connectedCallback() {
    if (!document.cookie.split("; ").includes("signed_in=1")) return;
    const here = encodeURIComponent(location.pathname);
    const answer = await fetch(`${this.dataset.from}?at=${here}`).catch(() => null);
    if (answer?.ok) this.show(await answer.text());
  }

  show(html) {
    const menu = new DOMParser().parseFromString(html, "text/html").querySelector("details");
    if (!menu) return;
    const hadFocus = this.contains(document.activeElement);
    this.replaceChildren(menu);
    if (hadFocus) menu.firstElementChild.focus();
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.close(menu));
    document.addEventListener("click", (event) => this.contains(event.target) || this.close(menu));
  }

  close(menu) {
    if (!menu.open) return;
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (hadFocus) menu.firstElementChild.focus();
  }
}

customElements.define("account-bar", AccountBar);
