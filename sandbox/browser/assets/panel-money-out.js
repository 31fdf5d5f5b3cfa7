/* Money going out, decided by a person: what refunds become, whether a payee takes a transfer. */
((sandbox) => {
  const { element, panel } = sandbox;
  const form = document.getElementById("refund-outcome-form");
  const list = document.getElementById("refund-outcomes");
  const ends = { SUCCESS: "成功", ABNORMAL: "异常", CLOSED: "关闭" };

  const createAction = (text, label, path, body) => {
    const button = element(
      "button",
      { type: "button", class: "button small", "aria-label": `${label}：${text}` },
      text,
    );
    button.addEventListener("click", () =>
      panel.change(button, `${label}：${text}。`, () => sandbox.request("POST", path, body)),
    );
    return button;
  };

  /** One that is under way can end in any way, an abnormal one can still turn out well. */
  panel.drawRefundActions = (refund) => {
    const possible = { PROCESSING: ["SUCCESS", "ABNORMAL", "CLOSED"], ABNORMAL: ["SUCCESS"] };
    const path = `/__sandbox/refunds/${encodeURIComponent(refund.outRefundNo)}/finish`;
    const actions = (possible[refund.status] ?? []).map((status) =>
      createAction(ends[status], `退款 ${refund.outRefundNo}`, path, { status }),
    );
    return actions.length ? element("span", { class: "actions" }, actions) : "";
  };

  panel.drawTransferActions = (transfer) => {
    if (transfer.state !== "WAIT_USER_CONFIRM") return "";
    const { outBillNo, openid } = transfer;
    const path = `/__sandbox/transfers/${encodeURIComponent(outBillNo)}/confirm`;
    const draw = (text, action) =>
      createAction(text, `转账 ${outBillNo}`, path, { openid, action });
    return element("span", { class: "actions" }, draw("收款", "confirm"), draw("拒收", "refuse"));
  };

  panel.addSection("/__sandbox/refund-outcomes", (answer) => {
    const drawOutcome = ({ status, count, outTradeNo }) =>
      element(
        "li",
        {},
        element("span", {}, `接下来的退款 · ${ends[status]}`),
        element("small", { class: "num" }, `${count} 笔${outTradeNo ? ` · ${outTradeNo}` : ""}`),
      );
    list.replaceChildren(...sandbox.itemsOf(answer).map(drawOutcome));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const status = form.elements.status.value;
    const count = Number(form.elements.count.value);
    panel.change(form.querySelector("button"), `接下来的退款会${ends[status]}。`, () =>
      sandbox.request("POST", "/__sandbox/refund-outcomes", { status, count }),
    );
  });
})(window.__wechatSandbox);
