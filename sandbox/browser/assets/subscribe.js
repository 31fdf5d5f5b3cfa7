/* The dialog of 订阅通知: records what the person allows and tells the page above. */
((sandbox) => {
  const form = document.getElementById("subscribe");

  const pageOrigin = () => {
    const pageUrl = new URLSearchParams(location.search).get("pageUrl");
    return pageUrl && URL.canParse(pageUrl) ? new URL(pageUrl).origin : "*";
  };
  const tell = (result, statuses) => {
    const message = { source: "wechat-sandbox-subscribe", result, statuses };
    window.parent.postMessage(message, pageOrigin());
  };
  const boxes = () => Array.from(form?.querySelectorAll("[name=template]") ?? []);
  const statusesOf = (statusOf) =>
    Object.fromEntries(boxes().map((box) => [box.value, statusOf(box)]));

  const answers = {
    cancel: () =>
      tell(
        "ok",
        statusesOf(() => "cancel"),
      ),
    fail: () => tell("fail", {}),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-answer]");
    if (button) answers[button.dataset.answer]();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") answers[form ? "cancel" : "fail"]();
  });
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const templates = boxes()
      .filter((box) => box.checked)
      .map((box) => box.value);
    try {
      if (templates.length > 0) {
        const openid = new FormData(form).get("openid");
        await sandbox.request("POST", "/__sandbox/consents", { openid, templates });
      }
      tell(
        "ok",
        statusesOf((box) => (box.checked ? "accept" : "reject")),
      );
    } catch (error) {
      const problem = document.getElementById("problem");
      problem.textContent = error.message;
      problem.hidden = false;
    }
  });
})(window.__wechatSandbox);
