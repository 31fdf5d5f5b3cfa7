/* What WeChat saw: transactions, refunds, and its calls to the app, newest first. */
((sandbox) => {
  const { element, panel } = sandbox;
  // Few enough that all three tables meet the eye; the rest comes in pieces a page can carry.
  const rowsFirst = 8;
  const rowsMore = 50;
  // More than a person reads; a day of tens of thousands must not travel every two seconds.
  const rowsMax = 500;
  const openNotifications = new Set();

  const states = {
    SUCCESS: ["good", "成功"],
    NOTPAY: ["wait", "待付款"],
    CLOSED: ["quiet", "已关闭"],
    REFUND: ["quiet", "已退款"],
    PROCESSING: ["wait", "处理中"],
    ABNORMAL: ["bad", "异常"],
    ACCEPTED: ["wait", "已受理"],
    WAIT_USER_CONFIRM: ["wait", "待收款"],
    TRANSFERING: ["wait", "转账中"],
    CANCELING: ["wait", "撤销中"],
    CANCELLED: ["quiet", "已撤销"],
    FAIL: ["bad", "失败"],
    pending: ["wait", "在路上"],
    acknowledged: ["good", "已收到"],
    given_up: ["bad", "放弃了"],
  };
  const chip = (state) => {
    const [tone, text] = states[state] ?? ["quiet", state || "未知"];
    return element("span", { class: `chip ${tone}`, title: state }, text);
  };

  const field = (item, ...names) => {
    for (const name of names)
      if (item[name] !== undefined && item[name] !== null) return item[name];
    return null;
  };
  const amountOf = (item) => {
    const amount = item.amount || {};
    const fen = field(item, "amountFen", "totalFen") ?? amount.refund ?? amount.total;
    return typeof fen === "number" ? `¥${(fen / 100).toFixed(2)}` : "";
  };
  const momentOf = (item, ...names) => {
    const name = names.find((one) => panel.instantMs(item, one) !== null);
    return name ? panel.formatMoment(panel.instantMs(item, name)) : "";
  };
  const orderNoOf = (item) => field(item, "outTradeNo", "out_trade_no") ?? "";
  const payerOf = (item) => {
    const openid = field(item, "openid", "payerOpenid") ?? item.payer?.openid ?? "";
    const nickname = panel.nicknames.get(openid) ?? item.payerNickname;
    if (!nickname) return openid;
    return element("span", { class: "payer" }, sandbox.avatar({ openid, nickname }), nickname);
  };
  const mono = (text) => element("span", { class: "mono num" }, text);

  const cell = ([label, content]) =>
    element("td", { role: "cell", "data-label": label }, content === "" ? "–" : content);
  const drawTable = (caption, rows) => {
    const labels = rows[0].map(([label]) => label);
    const heads = labels.map((label) =>
      element("th", { role: "columnheader", scope: "col" }, label),
    );
    return element(
      "table",
      { role: "table" },
      element("caption", {}, caption),
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, heads)),
      element(
        "tbody",
        { role: "rowgroup" },
        rows.map((row) => element("tr", { role: "row" }, row.map(cell))),
      ),
    );
  };

  const createdMs = (item) =>
    panel.instantMs(item, "createdAt") ??
    panel.instantMs(item, "sentAt") ??
    panel.instantMs(item, "createTime") ??
    0;

  const addRecords = (id, caption, drawRow) => {
    const place = document.getElementById(id);
    const count = document.getElementById(`${id}-count`);
    let items = [];
    let rowsShown = rowsFirst;

    const createButton = (text, rows) =>
      element(
        "button",
        {
          type: "button",
          class: "button small",
          "aria-label": `${text}：${caption}`,
          onclick: () => {
            rowsShown = rows;
            drawItems();
            // The pressed button is gone with the old drawing; a keyboard must not lose its place.
            place.querySelector(".more button")?.focus();
          },
        },
        text,
      );
    const drawMore = () => {
      const left = items.length - rowsShown;
      if (items.length <= rowsFirst) return [];
      const more = left > 0 && createButton("更多", rowsShown + rowsMore);
      const less = rowsShown > rowsFirst && createButton("收起", rowsFirst);
      const rest = left > 0 && element("span", { class: "soft num" }, `还有更早的 ${left} 条`);
      return [element("div", { class: "more" }, more, less, rest)];
    };
    const drawItems = () => {
      const rows = items.slice(0, rowsShown).map(drawRow);
      place.replaceChildren(drawTable(caption, rows), ...drawMore());
    };

    panel.addSection(`/__sandbox/${id}?last=${rowsMax}`, (answer) => {
      // The sandbox lists the newest last; reversing first keeps that order within one instant.
      items = [...sandbox.itemsOf(answer)].reverse().sort((a, b) => createdMs(b) - createdMs(a));
      count.textContent = items.length === rowsMax ? `${rowsMax}+` : items.length || "";
      if (items.length === 0) {
        place.replaceChildren(element("p", { class: "empty" }, place.dataset.empty));
        return;
      }
      drawItems();
    });
  };

  addRecords("transactions", "微信看到的交易", (item) => [
    ["状态", chip(field(item, "tradeState", "trade_state", "state"))],
    ["金额", amountOf(item)],
    ["商户单号", mono(orderNoOf(item))],
    ["付款人", payerOf(item)],
    ["时间", momentOf(item, "paidAt", "successTime", "createdAt")],
  ]);

  addRecords("refunds", "微信看到的退款", (item) => [
    ["状态", chip(field(item, "status", "state"))],
    ["金额", amountOf(item)],
    ["退款单号", mono(field(item, "outRefundNo", "out_refund_no") ?? "")],
    ["商户单号", mono(orderNoOf(item))],
    ["时间", momentOf(item, "successAt", "createdAt")],
    ["操作", panel.drawRefundActions(item)],
  ]);

  addRecords("transfers", "微信看到的转账", (item) => [
    ["状态", chip(item.state)],
    ["金额", amountOf(item)],
    ["商家单号", mono(item.outBillNo)],
    ["收款人", payerOf({ ...item, payerNickname: item.payeeNickname })],
    ["时间", momentOf(item, "updatedAt", "createdAt")],
    ["操作", panel.drawTransferActions(item)],
  ]);

  const drawMessage = (item) =>
    element(
      "span",
      { class: "message" },
      element("b", {}, item.title),
      item.lines.map(({ label, value }) => element("span", {}, `${label}  ${value}`)),
      item.page && element("a", { href: item.page, target: "_blank", rel: "noopener" }, "查看 ›"),
    );

  addRecords("messages", "微信里的服务通知", (item) => [
    ["收到的人", payerOf({ ...item, payerNickname: item.nickname })],
    ["服务通知", drawMessage(item)],
    ["时间", momentOf(item, "sentAt")],
  ]);

  const drawAttempt = (attempt) => {
    const result = attempt.status ? `HTTP ${attempt.status}` : attempt.error || "没有回答";
    const fault = attempt.fault ? ` · 故障 ${attempt.fault}` : "";
    const moment = panel.formatMoment(panel.instantMs(attempt, "at"));
    return element("li", { class: "num" }, `${moment} · ${result}${fault}`);
  };

  const drawAttempts = (item) => {
    const attempts = Array.isArray(item.attempts) ? item.attempts : [];
    if (attempts.length === 0) return String(item.attempts ?? item.attemptCount ?? 0);
    const summary = element("summary", {}, `${attempts.length} 次`);
    const list = element("ol", {}, attempts.map(drawAttempt));
    const details = element("details", { open: openNotifications.has(item.id) }, summary, list);
    details.addEventListener("toggle", () => {
      if (details.open) openNotifications.add(item.id);
      else openNotifications.delete(item.id);
    });
    return details;
  };

  const drawResend = (item) => {
    const button = element(
      "button",
      { type: "button", class: "button small", "aria-label": `重发 ${item.id}` },
      "重发",
    );
    button.addEventListener("click", () =>
      panel.change(button, "已重发。", () =>
        sandbox.request(
          "POST",
          `/__sandbox/notifications/${encodeURIComponent(item.id)}/resend`,
          {},
        ),
      ),
    );
    return button;
  };

  addRecords("notifications", "微信发给 App 的通知", (item) => [
    ["状态", chip(item.state)],
    ["事件", field(item, "summary", "eventType", "event_type") ?? ""],
    ["商户单号", mono(orderNoOf(item))],
    ["尝试", drawAttempts(item)],
    ["下一次", item.state === "pending" ? momentOf(item, "nextAttemptAt") : ""],
    ["操作", drawResend(item)],
  ]);
})(window.__wechatSandbox);
