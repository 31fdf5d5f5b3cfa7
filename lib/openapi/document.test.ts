import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openapiDocument } from "./document";
import { OPERATIONS } from "./operations";

/** Every method that a file under app/api exports, as "GET /api/…/{param}". */
function routesInTree(): string[] {
  return readdirSync("app/api", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .flatMap((file) => {
      const path = `/api/${file.replaceAll("\\", "/").replace(/\/route\.ts$/, "")}`;
      const source = readFileSync(`app/api/${file}`, "utf8");
      const methods = [...source.matchAll(/^export const (GET|POST|PUT|PATCH|DELETE) =/gm)];
      return methods.map((match) => `${match[1]} ${path.replace(/\[(\w+)\]/g, "{$1}")}`);
    })
    .sort();
}

describe("the OpenAPI document", () => {
  it("describes exactly the routes of the tree", () => {
    const described = OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(described.sort()).toEqual(routesInTree());
  });

  it("carries the contracts: required fields, key header, problem codes", () => {
    const document = JSON.parse(
      JSON.stringify(openapiDocument({ version: "1", publicUrl: "http://x" })),
    );
    const apply = document.paths["/api/applications"].post;
    expect(apply.requestBody.content["application/json"].schema.required).toContain(
      "healthAnswers",
    );
    expect(apply.parameters).toContainEqual(expect.objectContaining({ name: "Idempotency-Key" }));
    expect(apply.responses["409"].description).toContain("already_insured");
    expect(apply.responses["201"].content["application/json"].schema.required).toEqual([
      "policyCode",
      "order",
    ]);
  });
});
