import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { z } from "zod";
import { type BillPlant, isPlantFor, plantSchema } from "../pay/bills/plants";
import { availableFen, moveFunds } from "../pay/funds";
import { randomHex } from "../random";
import type { Sandbox } from "../sandbox";
import type { SandboxContext } from "../wire";
import { readBody } from "./read-body";

type App = Hono<{ Bindings: HttpBindings }>;

/** A day of 20,000 orders with every one of them spoiled, and as much again. */
const PLANTS_MAX = 50_000;
const AMOUNT_FEN_MAX = 100_000_000_000;

/** One plant or many. */
const plantBodySchema = z.preprocess(
  (body) => (Array.isArray(body) ? body : [body]),
  z.array(plantSchema).max(PLANTS_MAX),
);

const fundsSchema = z
  .strictObject({
    depositFen: z.int().min(1).max(AMOUNT_FEN_MAX).optional(),
    withdrawFen: z.int().min(1).max(AMOUNT_FEN_MAX).optional(),
  })
  .refine((body) => (body.depositFen === undefined) !== (body.withdrawFen === undefined), {
    error: "depositFen or withdrawFen",
  });

const conflict = (context: SandboxContext, code: string, message: string) =>
  context.json({ code, message }, 409);

/** Why a plant would never show, or null. */
function findPlantProblem(sandbox: Sandbox, plant: BillPlant): string | null {
  const bills = [...sandbox.state.bills.values()];
  const generated = bills.find(
    ({ billDate, kind }) => billDate === plant.billDate && isPlantFor(plant, kind),
  );
  if (generated) {
    return `the ${generated.kind} bill ${generated.type} of ${plant.billDate} is already generated`;
  }
  const isUnknown =
    plant.kind === "add_refund" && !sandbox.state.orders.get(plant.outTradeNo)?.transactionId;
  return isUnknown ? `${plant.outTradeNo} is not a paid order` : null;
}

function mountPlants(app: App, sandbox: Sandbox): void {
  const { state } = sandbox;
  app.post("/__sandbox/bills/plant", async (context) => {
    const body = await readBody(context, plantBodySchema);
    if (body instanceof Response) return body;
    const plants = body.map(
      (plant): BillPlant => ({ ...plant, id: `plt_${randomHex(12)}`, isApplied: false }),
    );
    // All or nothing: half a set of differences would prove nothing.
    for (const plant of plants) {
      const problem = findPlantProblem(sandbox, plant);
      if (problem) return conflict(context, "not_plantable", problem);
    }
    // Not `push(...plants)`: so many arguments overflow the stack.
    state.billPlants = state.billPlants.concat(plants);
    sandbox.touch();
    return context.json({ planted: plants.length }, 201);
  });

  app.get("/__sandbox/bills", (context) =>
    context.json({
      bills: [...state.bills.values()].map(({ gzipBase64: _, generatedAtMs, ...bill }) => ({
        ...bill,
        generatedAt: new Date(generatedAtMs).toISOString(),
      })),
      plants: state.billPlants,
    }),
  );
}

function mountFunds(app: App, sandbox: Sandbox): void {
  const serializeFunds = () => ({
    availableFen: availableFen(sandbox),
    openingBalanceFen: sandbox.state.settings.openingBalanceFen,
    feeRateBasisPoints: sandbox.state.settings.feeRateBasisPoints,
    movements: sandbox.state.fundMovements.map(({ atMs, ...movement }) => ({
      ...movement,
      at: new Date(atMs).toISOString(),
    })),
  });
  app.get("/__sandbox/funds", (context) => context.json(serializeFunds()));
  app.post("/__sandbox/funds", async (context) => {
    const body = await readBody(context, fundsSchema);
    if (body instanceof Response) return body;
    const { depositFen, withdrawFen = 0 } = body;
    if (withdrawFen > availableFen(sandbox)) {
      return conflict(context, "not_enough", `only ${availableFen(sandbox)} fen are there`);
    }
    if (depositFen !== undefined) moveFunds(sandbox, "deposit", depositFen);
    else moveFunds(sandbox, "withdrawal", withdrawFen);
    return context.json(serializeFunds());
  });
}

/** Bills and accounts: differences planted for reconciliation, money put in and taken out. */
export function mountBillControl(app: App, sandbox: Sandbox): void {
  mountPlants(app, sandbox);
  mountFunds(app, sandbox);
}
