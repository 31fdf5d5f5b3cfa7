import { Section } from "@/components/ui/page";
import { Rows } from "@/components/ui/rows";
import type { PublicConfig } from "@/lib/env/public";
import { commonMessages } from "@/lib/i18n/common";
import { landingMessages } from "@/lib/i18n/landing";
import type { Locale } from "@/lib/i18n/locale";

/** The regulator's consumer hotline for insurance, the same for every insurer (R53). */
const REGULATOR_HOTLINE = "12378";

/** Who carries the risk and whom to call (R53). */
export function InsurerBlock({
  insurer,
  locale,
}: {
  insurer: PublicConfig["insurer"];
  locale: Locale;
}) {
  const words = landingMessages(locale);
  return (
    <Section
      title={words.insurerTitle}
      aside={insurer.isDemonstration && commonMessages(locale).demonstration}
      className="mb-6"
    >
      <Rows
        rows={[
          { label: words.insurer, value: insurer.name },
          { label: words.product, value: insurer.productName },
          { label: words.licence, value: insurer.licenceNo },
          { label: words.filing, value: insurer.filingNo },
          { label: words.claimsRatio, value: insurer.claimsRatio },
          { label: words.hotline, value: insurer.hotline },
          { label: words.regulator, value: REGULATOR_HOTLINE },
        ]}
      />
      <a
        href="/disclosure"
        className="mt-2 inline-flex min-h-11 items-center text-small text-accent-text underline underline-offset-4"
      >
        {words.more}
      </a>
    </Section>
  );
}
