/* The cashier sheet: sends the person's decision to the sandbox and its result to the page above. */
((sandbox) => {
  const problem = document.getElementById("problem");
  const buttons = Array.from(document.querySelectorAll("button"));

  const pageOrigin = () => {
    const pageUrl = new URLSearchParams(location.search).get("pageUrl");
    // Without a page to name, anybody may hear the result: it carries nothing secret.
    return pageUrl && URL.canParse(pageUrl) ? new URL(pageUrl).origin : "*";
  };
  const tell = (result, message) => {
    window.parent.postMessage({ source: "wechat-sandbox-cashier", result, message }, pageOrigin());
  };
  const setBusy = (isBusy) => {
    for (const button of buttons) button.disabled = isBusy;
  };
  const decide = (action) =>
    sandbox.request("POST", "/__sandbox/cashier", { ...sandbox.cashier, action });

  const showSilent = () => {
    document.getElementById("order").hidden = true;
    const silent = document.getElementById("silent");
    silent.hidden = false;
    document.querySelector(".close").dataset.action = "leave";
    document.querySelector(".close").setAttribute("aria-label", "返回");
    silent.querySelector("h1").focus();
  };

  const actions = {
    pay: async () => {
      await decide("pay");
      tell("ok");
    },
    pay_silently: async () => {
      await decide("pay_silently");
      setBusy(false);
      showSilent();
    },
    // Closing must always work, even when the order is gone: the refusal is only information.
    cancel: async () => {
      await decide("cancel").catch(() => null);
      tell("cancel");
    },
    lie_ok: async () => tell("ok"),
    lie_fail: async () => tell("fail", "沙箱：按要求回调失败"),
    fail: async () => tell("fail", sandbox.refusal),
    leave: async () => tell("closed"),
  };

  const run = async (action) => {
    setBusy(true);
    if (problem) problem.hidden = true;
    try {
      await actions[action]();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
      setBusy(false);
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-action]");
    if (button) run(button.dataset.action);
  });
  document.addEventListener("keydown", (event) => {
    const close = document.querySelector(".close");
    if (event.key === "Escape" && !close.disabled) run(close.dataset.action);
  });
  tell("shown");
})(window.__wechatSandbox);
