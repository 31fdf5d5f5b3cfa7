/* The parts of WeChat's client that stand around the page. They live in one shadow root, so that the
   app's styles do not reach them nor theirs the app, and use a constructed stylesheet, which a strict
   content policy allows. Tests and screenshots do not see them: see `isVisible`. */
((sandbox) => {
  const root = document.documentElement;
  // Long enough to read one line, short enough not to cover the page.
  const toastMs = 4_000;

  /** Off by request, and off for automated browsers unless one asks for it with "on". */
  const isVisible = () => {
    const wish = root.dataset.sandboxChrome;
    return wish === "on" || (wish !== "off" && navigator.webdriver !== true);
  };

  let host = null;
  const shadow = () => {
    if (!host) {
      host = sandbox.element("weixin-sandbox", { "data-sandbox": "chrome" });
      const styles = new CSSStyleSheet();
      styles.replaceSync(sandbox.styles);
      host.attachShadow({ mode: "open" }).adoptedStyleSheets = [styles];
    }
    // A framework that renders the whole document may have dropped the host.
    if (!host.isConnected) document.body.append(host);
    return host.shadowRoot;
  };

  /* WeChat's title bar takes its height from the page's window. Here the page makes room for it: in a
     stylesheet of its own, which no framework that renders the document can drop or trip over. */
  const barHeight = "calc(44px + env(safe-area-inset-top))";
  // "dvh" still counts the bar; without the third rule every short page could be scrolled by its height.
  const roomStyles = `@media screen {
    html { scroll-padding-top: ${barHeight} }
    body { padding-top: ${barHeight} }
    .min-h-dvh { min-height: calc(100dvh - ${barHeight}) }
  }`;
  let pageStyles = null;
  const makeRoom = (isNeeded) => {
    if (!pageStyles) {
      if (!isNeeded) return;
      pageStyles = new CSSStyleSheet();
      pageStyles.replaceSync(roomStyles);
    }
    const others = [...document.adoptedStyleSheets].filter((sheet) => sheet !== pageStyles);
    document.adoptedStyleSheets = isNeeded ? [...others, pageStyles] : others;
  };

  const title = sandbox.element("div", { class: "title", "aria-hidden": "true" });
  const showTitle = () => {
    if (title.textContent !== document.title) title.textContent = document.title;
  };

  /** WeChat's bar over the page: the document's title, and the capsule at its right. */
  sandbox.createTitleBar = (capsule) =>
    sandbox.element("div", { class: "title-bar", "data-sandbox": "title-bar" }, title, capsule);

  const parts = [];
  const refresh = () => {
    makeRoom(isVisible());
    if (!isVisible()) {
      if (host) host.remove();
      return;
    }
    showTitle();
    for (const part of parts) if (!part.isConnected) shadow().append(part);
    shadow();
  };

  /** Adds a lasting part (the title bar). */
  sandbox.addChrome = (part) => {
    parts.push(part);
    // After load, so that the app has hydrated before the body gets one more child.
    if (document.readyState === "complete") refresh();
  };

  /** Shows a part until the function it returns is called. */
  sandbox.showLayer = (layer) => {
    shadow().append(layer);
    return () => layer.remove();
  };

  /** WeChat's grey bubble in the middle of the screen. */
  sandbox.toast = (text) => {
    if (!isVisible()) return;
    const remove = sandbox.showLayer(
      sandbox.element("div", { class: "toast", role: "status", "data-sandbox": "toast" }, text),
    );
    setTimeout(remove, toastMs);
  };

  // At once, so that the page does not jump when the bar follows after load.
  makeRoom(isVisible());
  window.addEventListener("load", () => setTimeout(refresh, 0));
  new MutationObserver(refresh).observe(root, { attributeFilter: ["data-sandbox-chrome"] });
  // A page that moves on without loading changes its title, or puts another one in its place.
  if (document.head) {
    const changes = { childList: true, characterData: true, subtree: true };
    new MutationObserver(showTitle).observe(document.head, changes);
  }
})(window.__wechatSandbox);
