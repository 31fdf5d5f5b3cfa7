import { Section } from "@/components/ui/page";
import { Rows } from "@/components/ui/rows";
import { formatFullDay } from "@/lib/format/dates";
import type { Locale } from "@/lib/i18n/locale";
import { ownerMessages } from "@/lib/i18n/owner";
import type { OwnerPolicy } from "@/lib/policies/views";
import { addDays } from "@/lib/pricing/calendar";

/** The policy's own facts and the papers it refers to. */
export function PolicyDocuments({ policy, locale }: { policy: OwnerPolicy; locale: Locale }) {
  const words = ownerMessages(locale);
  const links = [
    { href: "/documents/terms", label: words.documents.terms },
    { href: "/documents/exemptions", label: words.documents.exemptions },
    { href: "/disclosure", label: words.documents.disclosure },
  ];
  // A policy that ended early covered no longer than that, and one that never began not at all.
  const lastDayOn = policy.endedOn ? addDays(policy.endedOn, -1) : policy.lastDayOn;
  const rows = [
    ...(policy.number ? [{ label: words.facts.number, value: policy.number }] : []),
    ...(policy.effectiveOn && lastDayOn && policy.effectiveOn <= lastDayOn
      ? [
          {
            label: words.facts.term,
            value: words.facts.termDays(
              formatFullDay(policy.effectiveOn, locale),
              formatFullDay(lastDayOn, locale),
            ),
          },
        ]
      : []),
  ];
  return (
    <Section title={words.documents.title} className="mb-6">
      <Rows rows={rows} className="border-y border-line [&>div]:py-3!" />
      <ul>
        {links.map((link) => (
          <li key={link.href} className="border-b border-line">
            <a href={link.href} className="flex min-h-12 items-center justify-between text-small">
              {link.label}
              <span aria-hidden="true" className="text-soft">
                ›
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
