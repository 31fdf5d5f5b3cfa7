/* The time machine. Between two answers of the sandbox the clock runs on by itself. */
((sandbox) => {
  const { panel } = sandbox;
  const timeNode = document.getElementById("clock-time");
  const dateNode = document.getElementById("clock-date");
  const form = document.getElementById("clock-form");
  // A smaller gap is the time of the request, not a journey.
  const journeyMsMin = 5_000;
  let offsetMs = null;

  const format = (options) =>
    new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hourCycle: "h23", ...options });
  const timeFormat = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const dateFormat = format({ year: "numeric", month: "long", day: "numeric", weekday: "long" });

  const describeJourney = () => {
    if (Math.abs(offsetMs) < journeyMsMin) return "和现实同步";
    const hours = Math.round(offsetMs / 3_600_000);
    const days = Math.trunc(hours / 24);
    const direction = offsetMs > 0 ? "比现实快" : "比现实慢";
    const parts = [days && `${Math.abs(days)} 天`, hours % 24 && `${Math.abs(hours % 24)} 小时`];
    const text = parts.filter(Boolean).join(" ");
    return `${direction} ${text || `${Math.round(Math.abs(offsetMs) / 60_000)} 分钟`}`;
  };

  const tick = () => {
    if (offsetMs === null) return;
    const now = Date.now() + offsetMs;
    timeNode.textContent = timeFormat.format(now);
    dateNode.textContent = `${dateFormat.format(now)} · 上海 · ${describeJourney()}`;
  };

  panel.addSection("/__sandbox/clock", (answer) => {
    const nowMs = panel.instantMs(answer, "now") ?? panel.instantMs(answer, "nowAt");
    if (nowMs !== null) offsetMs = nowMs - Date.now();
    tick();
  });
  setInterval(tick, 1_000);

  const advance = (control, advanceSeconds, text) =>
    panel.change(control, `已经往前 ${text}。`, () =>
      sandbox.request("POST", "/__sandbox/clock", { advanceSeconds }),
    );

  for (const button of document.querySelectorAll("[data-seconds]")) {
    button.addEventListener("click", () => {
      advance(button, Number(button.dataset.seconds), button.textContent.replace("+", ""));
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { amount, unit } = form.elements;
    const text = `${amount.value} ${unit.selectedOptions[0].textContent}`;
    advance(form.querySelector("button"), Number(amount.value) * Number(unit.value), text);
  });
})(window.__wechatSandbox);
