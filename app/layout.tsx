import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { readIsElder, readLocale } from "@/app/viewer";
import { publicConfig } from "@/lib/env/public";
import { commonMessages } from "@/lib/i18n/common";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const words = commonMessages(await readLocale());
  return {
    metadataBase: new URL(publicConfig().publicUrl),
    title: { default: `${words.brand} · ${words.tagline}`, template: `%s · ${words.brand}` },
    description: words.description,
    // Phone numbers and dates are marked up by us where they help; guesses would recolour amounts.
    formatDetection: { telephone: false, date: false, address: false, email: false },
    referrer: "strict-origin-when-cross-origin",
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbf6ee" },
    { media: "(prefers-color-scheme: dark)", color: "#171412" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, isElder] = await Promise.all([readLocale(), readIsElder()]);
  return (
    <html lang={locale} data-elder={isElder ? "" : undefined}>
      <body>{children}</body>
    </html>
  );
}
