/* `<wx-open-subscribe template="id,id">`: WeChat's own button for 订阅通知 (wechat.md §3.3). As in its
   client nothing is drawn before wx.config has been accepted with the tag in `openTagList`; what is
   drawn comes from `<script type="text/wxtag-template">` (or `<template>`), in a shadow of its own. */
((sandbox) => {
  const tag = "wx-open-subscribe";
  // The unit tests' browser has none, nor had WeChat before 7.0.12.
  if (!window.customElements) return;

  const fullScreen = {
    position: "fixed",
    inset: "0",
    width: "100%",
    height: "100%",
    border: "0",
    zIndex: "2147483647",
    background: "transparent",
  };

  /** One dialog at a time; `settle` hears (result, statuses) once. */
  let isOpen = false;
  const openDialog = (template, settle) => {
    if (isOpen) return;
    isOpen = true;
    const query = new URLSearchParams({ template, pageUrl: location.href.split("#")[0] });
    const isDark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    const frame = sandbox.element("iframe", {
      src: `${sandbox.sandboxUrl}/__sandbox/subscribe?${query}`,
      title: "订阅通知（沙箱）",
      "data-sandbox": "subscribe-frame",
      style: { ...fullScreen, colorScheme: isDark ? "dark" : "light" },
    });
    const listen = (event) => {
      const isDialog =
        event.origin === new URL(sandbox.sandboxUrl).origin &&
        event.source === frame.contentWindow &&
        event.data?.source === "wechat-sandbox-subscribe";
      if (!isDialog) return;
      window.removeEventListener("message", listen);
      frame.remove();
      isOpen = false;
      settle(event.data.result, event.data.statuses);
    };
    window.addEventListener("message", listen);
    document.body.append(frame);
    frame.focus();
  };

  const contentOf = (element, isStyle) =>
    Array.from(element.children)
      .filter((child) => /^(script|template)$/i.test(child.tagName))
      .filter((child) => (child.getAttribute("slot") === "style") === isStyle)
      .map((child) => (/^template$/i.test(child.tagName) ? child.innerHTML : child.textContent))
      .join("");

  class WxOpenSubscribe extends HTMLElement {
    connectedCallback() {
      window.wx.ready(() => this.draw());
    }

    draw() {
      if (this.isDrawn || !sandbox.isTagAllowed(tag)) return;
      this.isDrawn = true;
      const shadow = this.attachShadow({ mode: "open" });
      shadow.innerHTML = contentOf(this, true) + contentOf(this, false);
      shadow.addEventListener("click", () => this.ask());
      this.emit("ready", {});
    }

    ask() {
      openDialog(this.getAttribute("template") || "", (result, statuses) => {
        if (result !== "ok") {
          this.emit("error", { errMsg: "subscribe:fail invalid template", errCode: 10003 });
          return;
        }
        // As the client does it: JSON in a string, and each template's answer once more so.
        const details = Object.entries(statuses).map(([id, status]) => [
          id,
          JSON.stringify({ status }),
        ]);
        const subscribeDetails = JSON.stringify(Object.fromEntries(details));
        this.emit("success", { errMsg: "subscribe:ok", subscribeDetails });
      });
    }

    emit(name, detail) {
      this.dispatchEvent(new CustomEvent(name, { detail }));
    }
  }
  window.customElements.define(tag, WxOpenSubscribe);
})(window.__wechatSandbox);
