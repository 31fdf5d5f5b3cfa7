import type { MetadataRoute } from "next";
import { commonMessages } from "@/lib/i18n/common";
import { DEFAULT_LOCALE } from "@/lib/i18n/locale";

/** One manifest for everyone; it is fetched without cookies, so it speaks the default language. */
export default function manifest(): MetadataRoute.Manifest {
  const words = commonMessages(DEFAULT_LOCALE);
  return {
    name: words.brand,
    short_name: words.brand,
    description: words.description,
    lang: DEFAULT_LOCALE,
    start_url: "/",
    display: "browser",
    background_color: "#fbf6ee",
    theme_color: "#fbf6ee",
    icons: [
      { src: "/icon.svg", type: "image/svg+xml", sizes: "any" },
      { src: "/apple-icon.png", type: "image/png", sizes: "300x300" },
    ],
  };
}
