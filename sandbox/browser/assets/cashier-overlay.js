/* Opens the sandbox's cashier over the page. One at a time: like the real client, a second call
   while it is open is dropped without an answer. */
((sandbox) => {
  // A page that is served locally shows within a second; after this the person needs a way out.
  const shownWithinMs = 8_000;
  let isOpen = false;

  const fullScreen = {
    position: "fixed",
    inset: "0",
    width: "100%",
    height: "100%",
    border: "0",
    zIndex: "2147483647",
  };

  const createFrame = (url) => {
    const isDark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    return sandbox.element("iframe", {
      src: url,
      title: "微信支付（沙箱）",
      "data-sandbox": "cashier-frame",
      // The frame is see-through only while its colour scheme equals that of the document in it.
      style: { ...fullScreen, background: "transparent", colorScheme: isDark ? "dark" : "light" },
    });
  };

  const createEscape = (onclick) =>
    sandbox.element(
      "button",
      {
        type: "button",
        "data-sandbox": "cashier-escape",
        onclick,
        style: {
          ...fullScreen,
          inset: "auto auto 24px 24px",
          width: "auto",
          height: "auto",
          padding: "12px 18px",
          borderRadius: "10px",
          background: "#2b2320",
          color: "#fff",
          font: "16px/1.4 sans-serif",
        },
      },
      "收银台没有打开 · 关闭",
    );

  /**
   * @param params the six values of getBrandWCPayRequest
   * @param settle called once with (result, message), or never: a person may pay and walk away
   */
  sandbox.openCashier = (params, settle) => {
    if (isOpen) return;
    isOpen = true;
    const pageUrl = location.href.split("#")[0];
    const query = new URLSearchParams({ ...params, pageUrl });
    const frame = createFrame(`${sandbox.sandboxUrl}/__sandbox/cashier?${query}`);
    const overlay = sandbox.element(
      "div",
      {
        role: "dialog",
        "aria-modal": "true",
        "aria-label": "微信支付（沙箱）",
        "data-sandbox": "cashier",
        style: fullScreen,
      },
      frame,
    );
    const focusedBefore = document.activeElement;
    const overflowBefore = document.documentElement.style.overflow;

    const close = (result, message) => {
      window.removeEventListener("message", listen);
      clearTimeout(escapeTimer);
      overlay.remove();
      document.documentElement.style.overflow = overflowBefore;
      isOpen = false;
      if (focusedBefore?.isConnected) focusedBefore.focus();
      if (result !== "closed") settle(result, message);
    };
    const listen = (event) => {
      const isCashier =
        event.origin === new URL(sandbox.sandboxUrl).origin &&
        event.source === frame.contentWindow &&
        event.data?.source === "wechat-sandbox-cashier";
      if (!isCashier) return;
      if (event.data.result === "shown") clearTimeout(escapeTimer);
      if (["ok", "cancel", "fail", "closed"].includes(event.data.result)) {
        close(event.data.result, event.data.message);
      }
    };
    const escapeTimer = setTimeout(
      () => overlay.append(createEscape(() => close("fail", "沙箱收银台没有打开"))),
      shownWithinMs,
    );

    window.addEventListener("message", listen);
    document.documentElement.style.overflow = "hidden";
    document.body.append(overlay);
    frame.focus();
  };
})(window.__wechatSandbox);
