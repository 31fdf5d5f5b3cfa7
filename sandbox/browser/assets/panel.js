/* The panel's frame: one status line, one refresh loop, and a list of sections that draw themselves
   from one control call each. */
((sandbox) => {
  // Calm enough for a laptop, quick enough to watch a retry arrive.
  const refreshMs = 2_000;
  const status = document.getElementById("status");
  const sections = [];
  let statusOwner = null;

  const panel = {
    /** Registers a section: `draw` runs only when the answer of GET `path` has changed. */
    addSection(path, draw) {
      sections.push({ path, draw, drawn: null });
    },
    say(text, isProblem, owner) {
      status.textContent = text;
      status.classList.toggle("problem", Boolean(isProblem));
      status.hidden = !text;
      statusOwner = owner || null;
    },
    /** Runs one change with its button disabled, then shows what came of it. */
    async change(control, doneText, run) {
      if (control) control.disabled = true;
      try {
        await run();
        panel.say(doneText, false);
      } catch (error) {
        panel.say(error.message, true);
      } finally {
        if (control) control.disabled = false;
      }
      await panel.refresh();
    },
    /** Who is who, from the section of people; it is drawn first because records show names. */
    nicknames: new Map(),
    async refresh() {
      const answers = await Promise.allSettled(
        sections.map(({ path }) => sandbox.request("GET", path)),
      );
      const failure = answers.find((answer) => answer.status === "rejected");
      sections.forEach((section, index) => {
        if (answers[index].status === "fulfilled") drawIfChanged(section, answers[index].value);
      });
      if (failure) panel.say(failure.reason.message, true, "refresh");
      else if (statusOwner === "refresh") panel.say("");
    },
    /** 2026-11-22T… or milliseconds → milliseconds, or null. */
    instantMs(item, name) {
      const value = item[name] ?? item[`${name}Ms`];
      if (value === undefined || value === null) return null;
      const ms = typeof value === "number" ? value : Date.parse(value);
      return Number.isNaN(ms) ? null : ms;
    },
    formatMoment(ms) {
      return ms === null ? "" : momentFormat.format(ms);
    },
  };

  const momentFormat = new Intl.DateTimeFormat("zh-CN", {
    timeZone: "Asia/Shanghai",
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });

  // An unchanged section is left alone: focus, selection and opened details survive the refresh.
  const drawIfChanged = (section, answer) => {
    const drawn = JSON.stringify([answer, [...panel.nicknames]]);
    if (drawn === section.drawn) return;
    section.drawn = drawn;
    section.draw(answer);
  };

  const loop = async () => {
    if (!document.hidden) await panel.refresh();
    setTimeout(loop, refreshMs);
  };

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) panel.refresh();
  });
  document.getElementById("reset").addEventListener("click", (event) => {
    if (!window.confirm("清空沙箱里的人、交易、通知，并把时间拨回现在？")) return;
    panel.change(event.currentTarget, "沙箱已清空。", () =>
      sandbox.request("POST", "/__sandbox/reset", {}),
    );
  });

  sandbox.panel = panel;
  // The sections register in the scripts that follow this one.
  setTimeout(loop, 0);
})(window.__wechatSandbox);
