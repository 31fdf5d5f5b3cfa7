/* Small helpers shared by every page of the sandbox: build elements from data (text is always set
   as text, never as markup), draw a person, talk to the control API. */
((sandbox) => {
  /** Creates an element; `on…` properties are listeners, `style` is set through CSSOM for strict CSPs. */
  sandbox.element = (tag, properties, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (name === "style") Object.assign(node.style, value);
      else node.setAttribute(name, value === true ? "" : String(value));
    }
    const present = children.flat().filter((child) => child || child === 0);
    node.append(...present.map((child) => (typeof child === "number" ? String(child) : child)));
    return node;
  };

  sandbox.avatarColour = (openid) => {
    let hash = 0;
    for (const character of openid) hash = (hash * 31 + character.codePointAt(0)) >>> 0;
    return sandbox.avatarColours[hash % sandbox.avatarColours.length];
  };

  sandbox.avatar = (person) => {
    const initial = Array.from((person.nickname || "").trim())[0] || "·";
    const style = { background: sandbox.avatarColour(person.openid || "") };
    return sandbox.element("span", { class: "avatar", "aria-hidden": "true", style }, initial);
  };

  /** The control API may answer `[…]` or `{items: […]}`. */
  sandbox.itemsOf = (answer) => {
    if (Array.isArray(answer)) return answer;
    return answer && Array.isArray(answer.items) ? answer.items : [];
  };

  const errorTextOf = (answer, status) => {
    const body = answer && typeof answer === "object" ? answer : {};
    const text = body.message || body.detail || body.errmsg || body.error || body.title;
    return typeof text === "string" && text ? text : `沙箱没有接受这个请求（HTTP ${status}）`;
  };

  /** JSON in, JSON out; a refusal becomes an Error with a sentence that can be shown. */
  sandbox.request = async (method, url, body) => {
    const hasBody = body !== undefined;
    const response = await fetch(url, {
      method,
      headers: hasBody ? { "content-type": "application/json" } : {},
      body: hasBody ? JSON.stringify(body) : undefined,
      cache: "no-store",
    }).catch(() => {
      throw new Error("连不上沙箱，请看看它是否还在运行。");
    });
    const answer = await response.json().catch(() => null);
    if (!response.ok) throw new Error(errorTextOf(answer, response.status));
    return answer;
  };

  /** The address that makes this phone belong to another person and comes back to the app. */
  sandbox.becomeUrl = (openid, appOrigin, path) => {
    const next = `${appOrigin}/api/auth/wechat?relogin=1&next=${encodeURIComponent(path)}`;
    const query = new URLSearchParams({ openid, next });
    return `${sandbox.sandboxUrl}/__sandbox/become?${query}`;
  };
})(window.__wechatSandbox);
