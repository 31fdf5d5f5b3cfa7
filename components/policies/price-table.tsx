import { Card } from "@/components/ui/card";
import { Section } from "@/components/ui/page";
import { formatYuan } from "@/lib/format/money";
import { landingMessages } from "@/lib/i18n/landing";
import type { Locale } from "@/lib/i18n/locale";
import type { PlanOut } from "@/lib/plans/contract";

/** Cover per yuan by age, and where it ends (R11, R14). */
export function PriceTable({ plan, locale }: { plan: PlanOut; locale: Locale }) {
  const words = landingMessages(locale);
  return (
    <Section title={words.priceTitle}>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-3">
        {plan.bands.map((band) => {
          const fullYuan = Math.min(plan.unitsMax * band.coverPerUnitYuan, plan.coverYuanMax);
          return (
            <Card key={band.ageFrom}>
              <h3 className="text-small text-soft">{words.priceAge(band.ageFrom, band.ageTo)}</h3>
              <p className="text-lead font-semibold figure-numbers">
                {words.priceUnit(formatYuan(band.coverPerUnitYuan))}
              </p>
              <p className="text-small text-soft figure-numbers">
                {words.priceMax(formatYuan(fullYuan))}
              </p>
            </Card>
          );
        })}
      </div>
      <p className="mt-3 text-fine text-soft">{words.priceNote}</p>
    </Section>
  );
}
