/* Orders trouble: which call, what kind, how often. Kinds that mean nothing at a call are not offered. */
((sandbox) => {
  const { element, panel } = sandbox;
  const form = document.getElementById("fault-form");
  const list = document.getElementById("faults");
  const clear = document.getElementById("faults-clear");
  const fields = form.elements;

  const choiceOf = (endpoint) => sandbox.faultChoices.find((one) => one.endpoint === endpoint);
  const labelOf = (fault) => {
    const choice = choiceOf(fault.endpoint);
    const kind = choice?.kinds.find((one) => one.kind === fault.kind);
    return `${choice?.label ?? fault.endpoint} · ${kind?.label ?? fault.kind}`;
  };

  const showFields = () => {
    for (const label of form.querySelectorAll("[data-for]")) {
      label.hidden = !label.dataset.for.split(" ").includes(fields.kind.value);
    }
  };
  const offerKinds = () => {
    const options = choiceOf(fields.endpoint.value).kinds.map(({ kind, label }) =>
      element("option", { value: kind }, label),
    );
    fields.kind.replaceChildren(...options);
    showFields();
  };

  const readFault = () => {
    const fault = {
      endpoint: fields.endpoint.value,
      kind: fields.kind.value,
      count: Number(fields.count.value),
    };
    for (const name of ["delayMs", "copies", "status", "code", "outTradeNo"]) {
      const field = fields[name];
      const value = field.value.trim();
      if (!value || field.closest("label").hidden) continue;
      fault[name] = field.type === "number" ? Number(value) : value;
    }
    return fault;
  };

  const drawFault = (fault) =>
    element(
      "li",
      {},
      element("span", {}, labelOf(fault)),
      element(
        "small",
        { class: "num" },
        `还有 ${fault.count} 次${fault.outTradeNo ? ` · ${fault.outTradeNo}` : ""}`,
      ),
    );

  panel.addSection("/__sandbox/faults", (answer) => {
    const faults = sandbox.itemsOf(answer);
    list.replaceChildren(...faults.map(drawFault));
    clear.hidden = faults.length === 0;
  });
  clear.addEventListener("click", () =>
    panel.change(clear, "故障都取消了。", () => sandbox.request("DELETE", "/__sandbox/faults")),
  );
  fields.endpoint.addEventListener("change", offerKinds);
  fields.kind.addEventListener("change", showFields);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fault = readFault();
    panel.change(form.querySelector("button"), `等着坏：${labelOf(fault)}。`, () =>
      sandbox.request("POST", "/__sandbox/faults", fault),
    );
  });
  offerKinds();
})(window.__wechatSandbox);
