import { insure, signIn } from "@/tests/support/e2e-api";
import { appUrl } from "@/tests/support/e2e-sandbox";
import { createPeople, expect, test } from "@/tests/support/e2e-test";

interface Answer {
  status: number;
  nonce: string;
  /** With the nonce blanked. */
  html: string;
}

async function read(response: {
  status(): number;
  text(): Promise<string>;
  headers(): Record<string, string>;
}): Promise<Answer> {
  const policy = response.headers()["content-security-policy"] ?? "";
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
  const html = await response.text();
  expect(html, "scripts carry the nonce of their own answer").toContain(`nonce="${nonce}"`);
  return { status: response.status(), nonce, html: html.replaceAll(nonce, "") };
}

test("the shared page is the same for everybody, under a nonce of its own", async ({ request }) => {
  const [insured, friend] = await createPeople("求助的人", "看一看的人");
  const code = await insure(insured);
  const [asInsured, asFriend] = [await signIn(insured), await signIn(friend)];
  const options = { headers: { "accept-language": "zh-CN" } };
  const url = `${appUrl()}/p/${code}`;
  const answers = [
    await read(await asInsured.get(url, options)),
    await read(await asFriend.get(url, options)),
    await read(await request.get(url, options)),
  ];
  await asInsured.dispose();
  await asFriend.dispose();

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(answers.map(({ nonce }) => nonce)).size, "a nonce is used once").toBe(3);
  expect(new Set(answers.map(({ html }) => html)).size, "no viewer stands in the page").toBe(1);
  const html = answers[0]?.html ?? "";
  expect(html).toContain("小川");
  expect(html, "no more of the name than friends may see (R42)").not.toContain("林小川");
  expect(html).not.toContain("13800138000");
});

test("a link that was cut off says so before any script runs", async ({ request }) => {
  const answer = await request.get(`${appUrl()}/p/${"0".repeat(22)}`, {
    headers: { "accept-language": "zh-CN" },
  });
  expect(answer.status()).toBe(404);
  const words = (await answer.text()).replace(/<script[\s\S]*?<\/script>/g, "");
  expect(words).toContain("这里没有内容</h1>");
});
