/** The product's handlers on a socket, the way `server.ts` hosts its fast lane, without Next. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { POST as createApplication } from "@/app/api/applications/route";
import { POST as logOut } from "@/app/api/auth/logout/route";
import { GET as finishSignIn } from "@/app/api/auth/wechat/callback/route";
import { GET as startSignIn } from "@/app/api/auth/wechat/route";
import { POST as setElderMode } from "@/app/api/elder-mode/route";
import { GET as getHealth } from "@/app/api/health/route";
import { GET as getBoard } from "@/app/api/leaderboards/[board]/route";
import { POST as setLocale } from "@/app/api/locale/route";
import { GET as getMyCertificate } from "@/app/api/me/appraisal/certificate/route";
import { GET as getMyAppraisal } from "@/app/api/me/appraisal/route";
import { GET as listFriends } from "@/app/api/me/friends/route";
import { POST as addMessageConsents } from "@/app/api/me/message-consents/route";
import { POST as markNoticesRead } from "@/app/api/me/notices/read/route";
import { GET as listNotices } from "@/app/api/me/notices/route";
import { GET as getProfile, POST as updateProfile } from "@/app/api/me/profile/route";
import { POST as setReminders } from "@/app/api/me/reminders/route";
import { GET as getMe } from "@/app/api/me/route";
import { POST as setAnonymity } from "@/app/api/orders/[outTradeNo]/anonymity/route";
import { POST as reopenCashier } from "@/app/api/orders/[outTradeNo]/cashier/route";
import { GET as getOrder } from "@/app/api/orders/[outTradeNo]/route";
import { GET as getStory } from "@/app/api/orders/[outTradeNo]/story/route";
import { POST as syncOrder } from "@/app/api/orders/[outTradeNo]/sync/route";
import { POST as withdraw } from "@/app/api/orders/[outTradeNo]/withdrawal/route";
import { POST as writeWish } from "@/app/api/orders/[outTradeNo]/words/route";
import { GET as getPlan } from "@/app/api/plans/current/route";
import { GET as getCertificate } from "@/app/api/policies/[code]/appraisal/certificate/route";
import { GET as getAppraisal } from "@/app/api/policies/[code]/appraisal/route";
import { GET as getAsking } from "@/app/api/policies/[code]/asking/route";
import { GET as getCard } from "@/app/api/policies/[code]/card/route";
import { POST as celebrate } from "@/app/api/policies/[code]/celebrations/route";
import { POST as createContribution } from "@/app/api/policies/[code]/contributions/route";
import { POST as previewDiagnosis } from "@/app/api/policies/[code]/diagnosis/preview/route";
import { POST as reportDiagnosis } from "@/app/api/policies/[code]/diagnosis/route";
import { POST as writeNote } from "@/app/api/policies/[code]/note/route";
import { GET as getPoster } from "@/app/api/policies/[code]/poster/route";
import { GET as getPolicy } from "@/app/api/policies/[code]/route";
import { GET as getSupporters } from "@/app/api/policies/[code]/supporters/route";
import {
  GET as previewSurrender,
  POST as surrender,
} from "@/app/api/policies/[code]/surrender/route";
import { POST as thank } from "@/app/api/policies/[code]/thanks/route";
import { GET as getThumb } from "@/app/api/policies/[code]/thumb/route";
import { POST as refuseUnit } from "@/app/api/policies/[code]/units/[seq]/refusal/route";
import { GET as findShortCode } from "@/app/api/short-codes/[shortCode]/route";
import { GET as getJsConfig } from "@/app/api/wechat/js-config/route";
import { POST as receiveNotify } from "@/app/api/wechat/pay/notify/route";
import { GET as getReactions, POST as react } from "@/app/api/words/[id]/reaction/route";
import { stampClientAddress } from "@/lib/http/client-address";
import { createLane } from "@/lib/http/fast-lane";

export const lane = createLane([
  { method: "POST", path: "/api/applications", handler: createApplication },
  { method: "POST", path: "/api/auth/logout", handler: logOut },
  { method: "GET", path: "/api/auth/wechat", handler: startSignIn },
  { method: "GET", path: "/api/auth/wechat/callback", handler: finishSignIn },
  { method: "POST", path: "/api/elder-mode", handler: setElderMode },
  { method: "GET", path: "/api/health", handler: getHealth },
  { method: "POST", path: "/api/locale", handler: setLocale },
  { method: "GET", path: "/api/me", handler: getMe },
  { method: "GET", path: "/api/me/appraisal", handler: getMyAppraisal },
  { method: "GET", path: "/api/me/appraisal/certificate", handler: getMyCertificate },
  { method: "GET", path: "/api/me/friends", handler: listFriends },
  { method: "GET", path: "/api/me/notices", handler: listNotices },
  { method: "POST", path: "/api/me/notices/read", handler: markNoticesRead },
  { method: "POST", path: "/api/me/message-consents", handler: addMessageConsents },
  { method: "POST", path: "/api/me/reminders", handler: setReminders },
  { method: "GET", path: "/api/me/profile", handler: getProfile },
  { method: "POST", path: "/api/me/profile", handler: updateProfile },
  { method: "GET", path: "/api/leaderboards/{board}", handler: getBoard },
  { method: "GET", path: "/api/orders/{outTradeNo}", handler: getOrder },
  { method: "POST", path: "/api/orders/{outTradeNo}/cashier", handler: reopenCashier },
  { method: "GET", path: "/api/orders/{outTradeNo}/story", handler: getStory },
  { method: "POST", path: "/api/orders/{outTradeNo}/sync", handler: syncOrder },
  { method: "POST", path: "/api/orders/{outTradeNo}/withdrawal", handler: withdraw },
  { method: "POST", path: "/api/orders/{outTradeNo}/words", handler: writeWish },
  { method: "POST", path: "/api/orders/{outTradeNo}/anonymity", handler: setAnonymity },
  { method: "POST", path: "/api/policies/{code}/thanks", handler: thank },
  { method: "POST", path: "/api/policies/{code}/note", handler: writeNote },
  { method: "GET", path: "/api/words/{id}/reaction", handler: getReactions },
  { method: "POST", path: "/api/words/{id}/reaction", handler: react },
  { method: "GET", path: "/api/plans/current", handler: getPlan },
  { method: "GET", path: "/api/policies/{code}/appraisal", handler: getAppraisal },
  {
    method: "GET",
    path: "/api/policies/{code}/appraisal/certificate",
    handler: getCertificate,
  },
  { method: "GET", path: "/api/policies/{code}/poster", handler: getPoster },
  { method: "GET", path: "/api/policies/{code}/card", handler: getCard },
  { method: "GET", path: "/api/policies/{code}/thumb", handler: getThumb },
  { method: "POST", path: "/api/policies/{code}/celebrations", handler: celebrate },
  { method: "GET", path: "/api/policies/{code}/asking", handler: getAsking },
  { method: "POST", path: "/api/policies/{code}/contributions", handler: createContribution },
  { method: "GET", path: "/api/policies/{code}", handler: getPolicy },
  { method: "POST", path: "/api/policies/{code}/diagnosis/preview", handler: previewDiagnosis },
  { method: "POST", path: "/api/policies/{code}/diagnosis", handler: reportDiagnosis },
  { method: "GET", path: "/api/policies/{code}/supporters", handler: getSupporters },
  { method: "GET", path: "/api/policies/{code}/surrender", handler: previewSurrender },
  { method: "POST", path: "/api/policies/{code}/surrender", handler: surrender },
  { method: "POST", path: "/api/policies/{code}/units/{seq}/refusal", handler: refuseUnit },
  { method: "GET", path: "/api/short-codes/{shortCode}", handler: findShortCode },
  { method: "GET", path: "/api/wechat/js-config", handler: getJsConfig },
  { method: "POST", path: "/api/wechat/pay/notify", handler: receiveNotify },
]);

export interface AppServer {
  url: string;
  /** Listens again on the same port, after `stop`. */
  listen(): Promise<void>;
  /** Cuts every connection and stops listening; again is harmless. */
  stop(): Promise<void>;
}

/** Starts on a free port. */
export async function startAppServer(): Promise<AppServer> {
  const run = getRequestListener(async (request) => {
    const handler = lane(request.method, new URL(request.url).pathname);
    return handler ? handler(request) : new Response(null, { status: 404 });
  });
  const server = createServer((request, response) => {
    stampClientAddress(request);
    void run(request, response);
  });
  const port = await listenOn(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    listen: async () => void (await listenOn(server, port)),
    async stop() {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
