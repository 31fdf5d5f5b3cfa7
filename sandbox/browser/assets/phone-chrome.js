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

  const parts = [];
  const refresh = () => {
    if (!isVisible()) {
      if (host) host.remove();
      return;
    }
    for (const part of parts) if (!part.isConnected) shadow().append(part);
    shadow();
  };

  /** Adds a lasting part (the "···" button). */
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

  window.addEventListener("load", () => setTimeout(refresh, 0));
  new MutationObserver(refresh).observe(root, { attributeFilter: ["data-sandbox-chrome"] });
})(window.__wechatSandbox);
