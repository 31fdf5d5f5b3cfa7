import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { createChaos } from "../chaos";
import { defaultDelayMs } from "../fault-kinds";
import { listPlatformCertificates, rotatePlatformCertificate } from "../pay/platform-certificates";
import { randomHex } from "../random";
import type { Sandbox } from "../sandbox";
import { chaosSchema, createFaultSchema } from "./input";
import { readBody } from "./read-body";

type App = Hono<{ Bindings: HttpBindings }>;

function mountFaults(app: App, sandbox: Sandbox): void {
  app.get("/__sandbox/faults", (context) => context.json(sandbox.state.faults));
  app.post("/__sandbox/faults", async (context) => {
    const body = await readBody(context, createFaultSchema);
    if (body instanceof Response) return body;
    const delayMs = body.delayMs ?? defaultDelayMs(body.kind);
    const fault = { id: `flt_${randomHex(12)}`, ...body, delayMs };
    sandbox.state.faults.push(fault);
    sandbox.touch();
    return context.json(fault, 201);
  });
  app.delete("/__sandbox/faults", (context) => {
    sandbox.state.faults.length = 0;
    sandbox.touch();
    return context.body(null, 204);
  });
}

function mountChaos(app: App, sandbox: Sandbox): void {
  const serializeChaos = () => {
    const { seed = null, rates = {}, delayMs = null, injected = {} } = sandbox.state.chaos ?? {};
    return { seed, rates, delayMs, injected };
  };
  app.get("/__sandbox/chaos", (context) => context.json(serializeChaos()));
  app.post("/__sandbox/chaos", async (context) => {
    const body = await readBody(context, chaosSchema);
    if (body instanceof Response) return body;
    sandbox.state.chaos = createChaos(body);
    sandbox.touch();
    return context.json(serializeChaos(), 201);
  });
  // The counts stay, so that they can still be read when all has become quiet.
  app.delete("/__sandbox/chaos", (context) => {
    if (sandbox.state.chaos) sandbox.state.chaos.rates = {};
    sandbox.touch();
    return context.body(null, 204);
  });
}

/** What goes wrong on purpose: ordered faults, seeded chaos, a new platform certificate. */
export function mountTrouble(app: App, sandbox: Sandbox): void {
  mountFaults(app, sandbox);
  mountChaos(app, sandbox);
  app.post("/__sandbox/rotate-certificate", async (context) => {
    const { serial } = await rotatePlatformCertificate(sandbox);
    const serials = listPlatformCertificates(sandbox).map((one) => one.serial);
    return context.json({ serial, serials }, 201);
  });
}
