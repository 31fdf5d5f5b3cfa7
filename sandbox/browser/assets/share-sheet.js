/* The "···" in WeChat's title bar and what opens from it: the card as a friend will see it, and the
   sandbox's own wish, to open the same link as somebody else. */
((sandbox) => {
  const { element } = sandbox;
  let removeSheet = null;

  const isWeb = (url) => /^https?:\/\//i.test(url);

  /** What WeChat shows when the page has set nothing: its title and its address, no picture. */
  const defaultCard = () => {
    const url = location.href.split("#")[0];
    return { title: document.title || url, desc: url, link: url, imgUrl: "" };
  };

  const currentCard = () => {
    const own = window.__weixinShareCard || window.__weixinTimelineCard;
    const merged = { ...defaultCard(), ...(own || {}) };
    const isForeign = new URL(merged.link || location.href, location.href).host !== location.host;
    return { ...merged, isOwn: Boolean(own), isForeign, link: merged.link || location.href };
  };

  const drawCard = (card) => {
    const thumbnail = isWeb(card.imgUrl)
      ? element("img", { src: card.imgUrl, alt: "", width: 52, height: 52 })
      : element("span", { class: "no-picture", "aria-hidden": "true" }, "⌁");
    return element(
      "div",
      { class: "chat", "data-sandbox": "share-card" },
      element(
        "div",
        { class: "bubble" },
        element("p", { class: "card-title" }, card.title),
        element("div", { class: "card-row" }, element("p", {}, card.desc || ""), thumbnail),
      ),
      sandbox.avatar({ openid: "me", nickname: "我" }),
    );
  };

  const warningsOf = (card) => [
    !card.isOwn && "页面还没有设置分享卡片，微信会显示标题和网址。",
    card.isForeign && "链接不在本站域名下，真的微信会拒绝它。",
    card.isOwn && !isWeb(card.imgUrl) && "图片要用完整的 http(s) 地址，现在看不到图。",
    sandbox.hiddenMenuItems.has("menuItem:share:appMessage") && "页面隐藏了「发送给朋友」。",
  ];

  const copyLink = async (link, button) => {
    try {
      await navigator.clipboard.writeText(link);
      button.textContent = "已复制";
    } catch {
      // Plain http on a local network has no clipboard; the person can still copy by hand.
      window.prompt("复制这个链接", link);
    }
  };

  const pathOf = (link) => {
    const url = new URL(link, location.href);
    return url.pathname + url.search;
  };

  const drawPeople = (card, people) => {
    const links = people.map((person) => {
      const href = sandbox.becomeUrl(person.openid, location.origin, pathOf(card.link));
      const name = element("span", { class: "person-name" }, person.nickname || "无名");
      return element("a", { href, class: "person" }, sandbox.avatar(person), name);
    });
    const add = element(
      "button",
      { type: "button", class: "person", onclick: () => addPerson(card) },
      element("span", { class: "avatar add", "aria-hidden": "true" }, "＋"),
      element("span", { class: "person-name" }, "新朋友"),
    );
    // First, because the list scrolls: whoever is new lands beside it, on top.
    return [add, ...links];
  };

  const addPerson = async (card) => {
    const nickname = window.prompt("新朋友叫什么？", "新朋友");
    if (!nickname) return;
    try {
      const person = await sandbox.request("POST", `${sandbox.sandboxUrl}/__sandbox/personas`, {
        nickname,
      });
      location.href = sandbox.becomeUrl(person.openid, location.origin, pathOf(card.link));
    } catch (error) {
      sandbox.toast(error.message);
    }
  };

  const loadPeople = async (card, list) => {
    try {
      const answer = await sandbox.request("GET", `${sandbox.sandboxUrl}/__sandbox/personas`);
      list.replaceChildren(...drawPeople(card, sandbox.itemsOf(answer)));
    } catch (error) {
      list.replaceChildren(element("p", { class: "note" }, error.message));
    }
  };

  const close = () => {
    removeSheet?.();
    removeSheet = null;
    dots.focus();
  };

  const open = () => {
    if (removeSheet) return;
    sandbox.emitBridgeEvent("menu:share:appmessage");
    const card = currentCard();
    const list = element("div", { class: "people" }, element("p", { class: "note" }, "正在找人…"));
    const canCopy = !sandbox.hiddenMenuItems.has("menuItem:copyUrl");
    const copy = element(
      "button",
      { type: "button", class: "wide", onclick: () => copyLink(card.link, copy) },
      "复制链接",
    );
    const closeButton = element(
      "button",
      { type: "button", class: "close", "aria-label": "关闭", onclick: close },
      "×",
    );
    const warnings = warningsOf(card).filter(Boolean);
    const sheet = element(
      "div",
      { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": "分享（微信沙箱）" },
      element(
        "header",
        {},
        element("h2", {}, "朋友会看到"),
        element("span", { class: "mark" }, "微信沙箱"),
        closeButton,
      ),
      drawCard(card),
      warnings.map((text) => element("p", { class: "note warning" }, text)),
      element("h2", {}, "换个人打开"),
      list,
      canCopy && copy,
      element("a", { class: "note link", href: `${sandbox.sandboxUrl}/` }, "沙箱控制台 ›"),
    );
    const scrim = element("div", { class: "scrim", onclick: close });
    const layer = element("div", { "data-sandbox": "share-sheet" }, scrim, sheet);
    layer.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
    });
    removeSheet = sandbox.showLayer(layer);
    closeButton.focus();
    loadPeople(card, list);
  };

  const dots = element(
    "button",
    {
      type: "button",
      class: "dots",
      "aria-label": "更多（微信沙箱）",
      "data-sandbox": "menu-button",
      onclick: open,
    },
    element("i"),
    element("i"),
    element("i"),
  );
  sandbox.addChrome(sandbox.createTitleBar(dots));

  /** In WeChat the page would be gone; a browser's tab stays, so say so. */
  sandbox.showClosedWindow = () => {
    const again = element("button", { type: "button", class: "wide" }, "重新打开");
    again.addEventListener("click", () => location.reload());
    const text = element("p", {}, "在微信里，这个页面已经关闭了。");
    sandbox.showLayer(
      element("div", { class: "closed", "data-sandbox": "closed-window" }, text, again),
    );
  };
})(window.__wechatSandbox);
