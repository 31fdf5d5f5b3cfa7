/* Who lives in this WeChat, and the door into the app as each of them. */
((sandbox) => {
  const { element, panel } = sandbox;
  const list = document.getElementById("people");
  const form = document.getElementById("people-form");

  const drawPerson = (person) => {
    const note = person.isSnapshotUser ? "快照页访客 · 不能付款" : person.openid;
    return element(
      "li",
      {},
      sandbox.avatar(person),
      element(
        "div",
        { class: "who" },
        element("b", {}, person.nickname),
        element("small", {}, note),
      ),
      element(
        "a",
        {
          class: "button",
          href: sandbox.becomeUrl(person.openid, sandbox.appUrl, "/"),
          target: "_blank",
          rel: "noopener",
          "aria-label": `以TA打开：${person.nickname}`,
        },
        "以TA打开",
      ),
    );
  };

  panel.addSection("/__sandbox/personas", (answer) => {
    const people = sandbox.itemsOf(answer);
    panel.nicknames = new Map(people.map((person) => [person.openid, person.nickname]));
    const empty = element("li", { class: "empty" }, "还没有人，先加一位。");
    list.replaceChildren(...(people.length ? people.map(drawPerson) : [empty]));
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const nickname = form.elements.nickname.value.trim();
    const isSnapshotUser = form.elements.isSnapshotUser.checked;
    panel.change(form.querySelector("button"), `${nickname} 来了。`, async () => {
      const body = isSnapshotUser ? { nickname, isSnapshotUser } : { nickname };
      await sandbox.request("POST", "/__sandbox/personas", body);
      form.reset();
    });
  });
})(window.__wechatSandbox);
