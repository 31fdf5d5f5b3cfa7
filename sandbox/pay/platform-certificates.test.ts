import { createPublicKey, X509Certificate } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { buildResponseMessage, decryptResource, isMessageSignedBy } from "../crypto";
import { isNotifySigned } from "../testing/notify-reader";
import type { ReceivedNotify } from "../testing/notify-receiver";
import { startTestWorld, type TestWorld, type WireAnswer } from "../testing/world";

/** F13: the platform certificate changes while everything runs (wechat.md §1.4). */

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld();
  await world.control("POST", "/settings", { keyMode: "certificate" });
});
afterEach(() => world.close());

interface Listed {
  serial_no: string;
  encrypt_certificate: { ciphertext: string; associated_data: string; nonce: string };
}

async function listCertificates(): Promise<{ answer: WireAnswer; pems: Map<string, string> }> {
  const answer = await world.call("GET", "/v3/certificates");
  const pems = (answer.json.data as Listed[]).map((one): [string, string] => [
    one.serial_no,
    decryptResource(one.encrypt_certificate, world.keys.apiV3Key),
  ]);
  return { answer, pems: new Map(pems) };
}

function findSigner(answer: WireAnswer, pems: Map<string, string>): string | null {
  const { headers, text } = answer;
  const serial = headers["wechatpay-serial"] ?? "";
  const timestamp = headers["wechatpay-timestamp"] ?? "";
  const message = buildResponseMessage(timestamp, headers["wechatpay-nonce"] ?? "", text);
  const key = createPublicKey(pems.get(serial) ?? "");
  return isMessageSignedBy(message, headers["wechatpay-signature"] ?? "", key) ? serial : null;
}

it("F13 after a rotation both are listed for a day, and the new one signs", async () => {
  const old = world.keys.platformSerial;
  expect([...(await listCertificates()).pems.keys()]).toEqual([old]);
  const rotated = await world.control("POST", "/rotate-certificate");
  const serial = String(rotated.json.serial);
  expect(rotated.json.serials).toEqual([serial, old]);
  const { answer, pems } = await listCertificates();
  expect([...pems.keys()]).toEqual([serial, old]);
  expect(new X509Certificate(pems.get(serial) ?? "").serialNumber).toBe(serial);
  expect(findSigner(answer, pems)).toBe(serial);

  await world.payOrder("ROTATE0001", await world.createPersona("小明"));
  const [notify] = world.receiver.received as [ReceivedNotify];
  expect(notify.headers["wechatpay-serial"]).toBe(serial);
  const newKeys = { ...world.keys, platformCertificatePem: pems.get(serial) ?? "" };
  expect([isNotifySigned(newKeys, notify), isNotifySigned(world.keys, notify)]).toEqual([
    true,
    false,
  ]);

  const ask = (wanted: string) =>
    world.call("GET", "/v3/certificates", undefined, { "Wechatpay-Serial": wanted });
  expect(findSigner(await ask(old), pems)).toBe(old);
  await world.advance(25 * 3_600);
  expect((await ask(old)).status).toBe(400);
  expect([...(await listCertificates()).pems.keys()]).toEqual([serial]);
});

it("F13 a reset brings the first certificate back", async () => {
  await world.control("POST", "/rotate-certificate");
  await world.control("POST", "/reset");
  await world.control("POST", "/settings", { keyMode: "certificate" });
  expect([...(await listCertificates()).pems.keys()]).toEqual([world.keys.platformSerial]);
});
