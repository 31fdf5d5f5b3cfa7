import { notices } from "@/lib/i18n/messages/zh-CN/notices";
import { reminders } from "@/lib/i18n/messages/zh-CN/reminders";
import { give, insure } from "@/tests/support/e2e-api";
import { leaveNight, listMessages, type Person, sandboxUrl } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, type Page, test } from "@/tests/support/e2e-test";

let insured: Person;
let friend: Person;
let code: string;

test.beforeEach(async () => {
  await leaveNight();
  [insured, friend] = await createPeople("等消息的人", "添一格的人");
  code = await insure(insured);
});

/** The button of WeChat's own in our page, and the dialog that it opens. */
const askButton = (page: Page) =>
  page.getByRole("button", { name: reminders.offers.supported.button() });
const dialogOf = (page: Page) => page.getByTitle("订阅通知（沙箱）").contentFrame();

test("a tap, WeChat's dialog, a friend's yuan: the phone tells of it, and one tap stops it", async ({
  openPhone,
}) => {
  const phone = await openPhone(`/me/policies/${code}`, { person: insured, isSignedIn: true });
  await askButton(phone).click();
  await expect(dialogOf(phone).getByText("好友互助提醒")).toBeVisible();
  await dialogOf(phone).getByRole("button", { name: "允许" }).click();
  await expect(phone.getByText(reminders.accepted)).toBeVisible();

  await give(friend, code);
  await expect.poll(() => listMessages(insured), { timeout: 20_000 }).toHaveLength(1);
  const [message] = await listMessages(insured);
  expect(message?.lines[1]?.value).toBe(reminders.messages.supported.text.replace("{seq}", "2"));
  await test.step("the sandbox shows it as WeChat would", async () => {
    const panel = await openPhone(`${sandboxUrl()}/`);
    const list = panel.getByRole("region", { name: /服务通知/ });
    await expect(list.getByText("好友互助提醒").first()).toBeVisible();
  });

  await test.step("its link leads to the news, with the stop on top", async () => {
    await phone.goto(message?.page ?? "");
    const seq = notices.events.unit_received_anonymous.split("{seq}")[0] ?? "";
    await expect(phone.getByText(seq)).toBeVisible();
    const stop = phone.getByRole("switch", { name: reminders.stop.label });
    await expect(stop).toBeChecked();
    await stop.click();
    await expect(phone.getByText(reminders.stop.off)).toBeVisible();
    await phone.reload();
    await expect(stop).not.toBeChecked();
    await expect(phone.getByText(reminders.terms)).toBeHidden();
  });
});

test("whoever declines in WeChat's dialog is asked nothing more, and loses nothing", async ({
  openPhone,
}) => {
  const phone = await openPhone(`/me/policies/${code}`, { person: insured, isSignedIn: true });
  await askButton(phone).click();
  await dialogOf(phone).getByRole("button", { name: "取消" }).click();
  await expect(phone.getByText(reminders.declined)).toBeVisible();
  await expect(askButton(phone)).toBeHidden();
});

test("the button works by keyboard, and the dialog closes with Escape", async ({ openPhone }) => {
  const phone = await openPhone(`/me/policies/${code}`, { person: insured, isSignedIn: true });
  await askButton(phone).focus();
  await phone.keyboard.press("Enter");
  await expect(dialogOf(phone).getByRole("button", { name: "允许" })).toBeVisible();
  await dialogOf(phone).getByRole("button", { name: "取消" }).press("Escape");
  await expect(phone.getByText(reminders.declined)).toBeVisible();
});
