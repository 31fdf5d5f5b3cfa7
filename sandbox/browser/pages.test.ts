import { describe, expect, test } from "vitest";
import { type CashierView, cashierPage } from "./cashier-page";
import { panelPage } from "./panel-page";
import { pickerPage } from "./picker-page";

const hostile = `"><img src=x onerror=alert(1)>'</script><script>alert(2)</script>`;
// Either of these in a page means that data became markup.
const injected = /<img src=x|<script>alert/;

const order: CashierView = {
  ok: true,
  prepayId: "wx22110000",
  openid: "oFriend",
  payerNickname: "大海",
  merchantName: "示例人寿保险有限公司",
  description: "微互助",
  amountFen: 100,
  outTradeNo: "WH20261122000001",
};

describe("the cashier", () => {
  test.each([
    [1, "0.01"],
    [100, "1.00"],
    [12_345, "123.45"],
  ])("shows %i fen as ¥%s", (amountFen, shown) => {
    expect(cashierPage({ ...order, amountFen })).toContain(`<span>¥</span>${shown}</p>`);
  });

  test("has the two buttons that tests press, and says that no money moves", () => {
    const page = cashierPage(order);
    expect(page).toContain(`data-action="pay">立即支付</button>`);
    expect(page).toContain(`aria-label="取消支付"`);
    expect(page).toContain("沙箱 · 不动真钱");
  });

  test("a refusal shows WeChat's words and offers nothing to pay", () => {
    const page = cashierPage({ ok: false, message: "支付验证签名失败" });
    expect(page).toContain("支付验证签名失败");
    expect(page).not.toContain("立即支付");
  });

  test("no text of an order or a refusal becomes markup", () => {
    const everywhere = {
      ...order,
      prepayId: hostile,
      openid: hostile,
      payerNickname: hostile,
      merchantName: hostile,
      description: hostile,
      outTradeNo: hostile,
    };
    expect(cashierPage(everywhere)).not.toMatch(injected);
    expect(cashierPage({ ok: false, message: hostile })).not.toMatch(injected);
  });
});

describe("the picker", () => {
  const view = {
    personas: [{ openid: "oFriend", nickname: "大海", isSnapshotUser: false }],
    continueUrl: (openid: string) => `/connect?persona=${openid}&state=s`,
    createAction: "/__sandbox/picker",
    returnTo: "/connect?state=s",
    appName: "微互助",
  };

  test("each person is a link back into the authorisation", () => {
    expect(pickerPage(view)).toContain(`href="/connect?persona=oFriend&amp;state=s"`);
  });

  test("the form of a new person carries the way back", () => {
    const page = pickerPage({ ...view, personas: [] });
    expect(page).toContain(`<form method="post" action="/__sandbox/picker">`);
    expect(page).toContain(`name="returnTo" value="/connect?state=s"`);
    expect(page).toContain("还没有人");
  });

  test("a nickname without characters still has a face", () => {
    const personas = [{ openid: "o1", nickname: "  ", isSnapshotUser: true }];
    expect(pickerPage({ ...view, personas })).toContain(">·</span>");
  });

  test("no nickname, openid or address becomes markup", () => {
    const page = pickerPage({
      personas: [{ openid: hostile, nickname: hostile, isSnapshotUser: false }],
      continueUrl: (openid) => openid,
      createAction: hostile,
      returnTo: hostile,
      appName: hostile,
    });
    expect(page).not.toMatch(injected);
  });
});

describe("the control panel", () => {
  test("addresses lose their trailing slash once and cannot leave the script", () => {
    const page = panelPage({
      sandboxUrl: "http://localhost:4010/",
      appUrl: "http://localhost:3000/",
    });
    expect(page).toContain(`"sandboxUrl":"http://localhost:4010"`);
    expect(page).toContain(`href="http://localhost:3000/"`);
    expect(panelPage({ sandboxUrl: hostile, appUrl: hostile })).not.toMatch(injected);
  });
});
